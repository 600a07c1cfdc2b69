from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from tests import factories
from tribuna.newsroom.actions import date_article
from tribuna.newsroom.models import ArticlePage

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def draft(newsroom):
    return factories.article(live=False, published_at=None)


@time_machine.travel(NOON, tick=False)
def test_a_story_without_a_date_gets_that_of_its_first_publication(draft):
    draft.save_revision().publish()
    draft.refresh_from_db()
    assert draft.published_at == NOON


@time_machine.travel(NOON, tick=False)
def test_the_date_is_in_the_form_when_the_editor_comes_back(draft):
    draft.save_revision().publish()
    assert draft.get_latest_revision_as_object().published_at == NOON


def test_a_second_publication_keeps_the_first_date(draft):
    with time_machine.travel(NOON, tick=False):
        draft.save_revision().publish()
    draft.refresh_from_db()
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        draft.get_latest_revision_as_object().save_revision().publish()
    draft.refresh_from_db()
    assert draft.published_at == NOON
    assert draft.updated_at == NOON + timedelta(days=1)


def test_a_date_that_was_typed_stays(newsroom):
    typed = datetime(2022, 12, 2, 9, tzinfo=UTC)
    story = factories.article(live=False, published_at=typed)
    story.save_revision().publish()
    story.refresh_from_db()
    assert story.published_at == typed


def test_an_alias_carries_the_date_of_its_original(newsroom, draft):
    draft.save_revision().publish()
    alias = draft.copy_for_translation(newsroom.homes["es"].locale, alias=True)
    draft.refresh_from_db()
    draft.title = "Ferry returns at last"
    draft.save_revision().publish()
    alias.refresh_from_db()
    assert (alias.title, alias.published_at) == ("Ferry returns at last", draft.published_at)


def test_a_story_that_waits_for_its_hour_has_no_date_yet(draft):
    with time_machine.travel(NOON, tick=False):
        draft.go_live_at = NOON + timedelta(hours=6)
        draft.save_revision().publish()
        draft.refresh_from_db()
        assert (draft.live, draft.published_at) == (False, None)
    with time_machine.travel(NOON + timedelta(hours=7), tick=False):
        call_command("publish_scheduled")
        draft.refresh_from_db()
        assert (draft.live, draft.published_at) == (True, NOON + timedelta(hours=7))


def test_a_story_leaves_when_its_time_is_over(newsroom):
    story = factories.article(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    story.refresh_from_db()
    assert (story.live, story.expired) == (False, True)


def test_a_story_whose_time_is_over_is_gone_even_if_the_clock_is_late(newsroom, client):
    kept = factories.article(title="Kept", expire_at=timezone.now() + timedelta(minutes=1))
    story = factories.article(expire_at=timezone.now() - timedelta(seconds=1))
    original = factories.article(title="Original")
    sister = original.copy_for_translation(newsroom.homes["es"].locale)
    sister.expire_at = story.expire_at
    sister.live = True
    sister.save()
    assert list(ArticlePage.objects.for_readers()) == [kept, original]
    assert [client.get(page.url).status_code for page in (story, kept, original)] == [404, 200, 200]
    assert 'hreflang="es" href="http' not in client.get(original.url).content.decode()


def test_a_section_whose_time_is_over_leaves_its_stories(newsroom, client):
    section, story = newsroom.sections["en"], factories.article()
    section.expire_at = timezone.now() - timedelta(seconds=1)
    section.save()
    assert client.get(section.url).status_code == 404
    assert client.get(story.url).status_code == 200


def test_a_story_without_revisions_is_dated_too(newsroom):
    story = factories.article(published_at=None)
    story.first_published_at = NOON
    date_article(story)
    story.refresh_from_db()
    assert story.published_at == NOON
