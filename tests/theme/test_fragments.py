"""The parts of a story's page that are stored by themselves: what they spare, and what takes them away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.comments.factories import comment
from tests.press.conftest import front, own_store
from tests.press.printing import ask, asked
from tribuna.comments.models import CommentSettings
from tribuna.newsroom.models import BreakingNews
from tribuna.press.actions import changed

__all__ = ["front", "own_store"]

QUERIES_AT_MOST = 12  # of an article with everything there is, of which nothing is stored


@pytest.fixture
def read(front, full, django_capture_on_commit_callbacks):
    """Return the story's page after something was done."""

    def page(act=lambda: None):
        with django_capture_on_commit_callbacks(execute=True):
            act()
        answer = ask(front, asked(full.url))
        assert answer.status == 200
        return answer.body.decode()

    return page


def about(queries, table):
    return [query for query in queries if f'FROM "{table}"' in query]


def test_a_story_is_printed_with_few_queries_and_again_with_fewer(full, read, own_store):
    read()
    own_store.forget({f"page:{full.pk}", "fragments"})
    with CaptureQueriesContext(connection) as cold:
        first = read()
    own_store.forget({f"versions:{full.translation_key}"})
    with CaptureQueriesContext(connection) as again:
        assert read() == first
    assert len(again) < len(cold) <= QUERIES_AT_MOST
    queries = [query["sql"] for query in again.captured_queries]
    assert about(queries, "comments_comment") == about(queries, "newsroom_relatedstory") == []
    assert "Welcome back!" in first
    assert "Older story" in first


def test_what_was_written_or_changed_is_seen_at_once(full, read):
    related = full.related.get().story
    assert "Welcome back!" in read()

    def rename():
        related.title = "Oldest story"
        related.save()

    assert "And the third of May" in read(lambda: comment(full, "And the third of May?"))
    assert "Oldest story" in read(rename)
    assert "Oldest story" not in read(related.unpublish)


def test_what_only_the_settings_change_is_another_fragment(read):
    def close():
        CommentSettings.objects.update_or_create(pk=1, defaults={"policy": "closed"})
        changed("site")

    assert "?reply_to=" in read()
    closed = read(close)
    assert "?reply_to=" not in closed
    assert "Welcome back!" in closed


def test_breaking_news_leads_to_where_its_story_has_moved(full, read):
    story, now = full.related.get().story, timezone.now()
    edition, hour = full.locale, timedelta(hours=1)
    BreakingNews.objects.create(edition=edition, text="Fog!", story=story, since=now - hour, until=now + hour)

    def move():
        story.slug = "moved"
        story.save()

    def link(page):
        return BeautifulSoup(page, "html.parser").find(class_="breaking").find("a")["href"]

    before = link(read())
    own = f"page:{full.pk}"
    assert link(read(lambda: (move(), changed(own)))) == before.replace(before.split("/")[-2], "moved")
