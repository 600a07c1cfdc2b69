"""The index is as the stories are, whatever is done to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tests import factories
from tribuna.newsroom.models import ArticlePage
from tribuna.search import receivers
from tribuna.search.actions import catch_up, index_due, index_stories
from tribuna.search.base import place_of
from tribuna.search.models import Entry
from tribuna.search.queries import Asked, find_stories
from tribuna.search.stores import shelf_in
from tribuna.site.clock import Schedule

pytestmark = [pytest.mark.storage, pytest.mark.django_db]

NOON = datetime(2026, 3, 15, 12, tzinfo=UTC)


def titles(newsroom, text: str, language: str = "en") -> list[str]:
    return [story.title for story in find_stories(newsroom.homes[language].locale, Asked(text)).stories]


def words_kept() -> int:
    """Return how many stories have words in the index."""
    table = "search_entry WHERE vector IS NOT NULL" if connection.vendor == "postgresql" else "search_words"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_ids_are_in_the_order_of_dates():
    moments = [NOON - timedelta(days=365 * 900), NOON, NOON + timedelta(seconds=1), datetime(9999, 12, 31, tzinfo=UTC)]
    ids = [place_of(moment, 33_000_000) for moment in moments]
    assert ids == sorted(ids)
    assert all(-(2**63) < number < 2**63 for number in ids)
    assert place_of(NOON, 1) < place_of(NOON, 2)


def test_a_publication_is_indexed_once(newsroom, monkeypatch):
    told = []
    monkeypatch.setattr(receivers, "index_stories", lambda stories: told.append(list(stories)))
    story = factories.article(live=False, published_at=None, authors=[factories.author()])
    told.clear()
    story.save_revision().publish()
    assert told == [[story.pk]]
    ArticlePage.objects.get().save()
    assert told == [[story.pk]] * 2


def test_a_story_is_found_from_its_publication_to_its_withdrawal(newsroom):
    story = factories.article(title="Ferry", live=False, published_at=None)
    assert titles(newsroom, "ferry") == []
    story.save_revision().publish()
    assert titles(newsroom, "ferry") == ["Ferry"]
    story.refresh_from_db()
    story.title = "Boat"
    revision = story.save_revision()
    assert titles(newsroom, "ferry") == ["Ferry"]
    revision.publish()
    assert (titles(newsroom, "ferry"), titles(newsroom, "boat")) == ([], ["Boat"])
    story.refresh_from_db()
    story.unpublish()
    assert titles(newsroom, "boat") == []
    assert (Entry.objects.count(), words_kept()) == (0, 0)


def test_a_deleted_story_leaves_no_words(newsroom):
    story = factories.article(title="Ferry", authors=[factories.author()], topics=[factories.topic()])
    assert (Entry.objects.count(), words_kept()) == (1, 1)
    assert str(Entry.objects.get()) == str(story.pk)
    story.delete()
    assert (Entry.objects.count(), words_kept()) == (0, 0)


def test_a_story_that_moves_is_found_in_its_new_section(newsroom):
    culture = factories.section("Culture")
    story = factories.article(title="Ferry")
    story.move(culture, pos="last-child")
    locale = newsroom.homes["en"].locale
    assert find_stories(locale, Asked("ferry", section=culture)).stories == [story]
    assert find_stories(locale, Asked("ferry", section=newsroom.sections["en"])).stories == []


def test_a_story_that_expires_is_gone_from_the_index(newsroom):
    story = factories.article(title="Ferry")
    ArticlePage.objects.filter(pk=story.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    Schedule().do_what_is_due()
    assert (Entry.objects.count(), words_kept()) == (0, 0)


def test_a_story_goes_live_with_its_words(newsroom):
    story = factories.article(title="Ferry", live=False)
    story.go_live_at = timezone.now() + timedelta(hours=1)
    story.save_revision().publish()
    assert titles(newsroom, "ferry") == []
    story.refresh_from_db()
    story.go_live_at = None
    story.save_revision().publish()
    assert titles(newsroom, "ferry") == ["Ferry"]


def test_a_name_that_changes_is_found_soon(newsroom):
    author, topic = factories.author("Harbour desk"), factories.topic("Boats")
    story = factories.article(title="News", authors=[author], topics=[topic])
    index_due()
    author.title, topic.title = "Quay desk", "Vessels"
    author.save_revision().publish()
    topic.save_revision().publish()
    assert index_due() == 1
    assert index_due() == 0
    assert titles(newsroom, "quay vessels") == ["News"]
    topic.articles.remove(story)
    index_due()
    assert titles(newsroom, "vessel") == []


def test_what_was_written_past_us_is_caught_up_with(newsroom):
    gone, missing = factories.article(title="Gone"), factories.article(title="Missing")
    ArticlePage.objects.filter(pk=gone.pk).update(live=False)
    Entry.objects.filter(story=missing).delete()
    assert catch_up() == 2
    assert catch_up() == 0
    assert (titles(newsroom, "missing"), Entry.objects.count()) == (["Missing"], 1)


def test_nothing_is_written_where_nothing_differs(newsroom):
    story = factories.article(title="Ferry")
    ArticlePage.objects.filter(pk=story.pk).update(kicker="Harbour")
    assert index_stories([story.pk, 999_999]) == 1
    assert index_stories([story.pk]) == 0
    story.save(update_fields=["draft_title"])
    assert titles(newsroom, "harbour") == ["Ferry"]


def test_a_fixture_is_left_alone(newsroom):
    story = factories.article(authors=[factories.author()])
    index_due()
    receivers.follow_byline(story.authors.get(), raw=True)
    receivers.follow_story(story, raw=True)
    assert index_due() == 0


def test_the_command_says_what_it_did(newsroom):
    story = factories.article(title="Ferry")
    ArticlePage.objects.filter(pk=story.pk).update(kicker="Harbour")
    said = StringIO()
    for options in ([], ["--all"], ["--anew"]):
        call_command("index_stories", *options, stdout=said)
    assert said.getvalue().splitlines() == [
        f"{number} entries changed; 1 stories can be found." for number in (0, 1, 1)
    ]
    assert titles(newsroom, "harbour") == ["Ferry"]


def test_a_shelf_can_be_taken_away_and_made_again(newsroom):
    shelf = shelf_in(connection)
    shelf.unmake()
    shelf.make()
    Entry.objects.all().delete()
    factories.article(title="Ferry")
    assert titles(newsroom, "ferry") == ["Ferry"]
