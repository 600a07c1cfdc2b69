"""The bar with breaking news: on every page of its edition, from its first moment to its last."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests import factories
from tests.newsroom.test_admin import editor  # noqa: F401 - a fixture
from tests.theme.factories import soup
from tribuna.newsroom.actions import next_turn_of_breaking_news, turn_breaking_news
from tribuna.newsroom.models import BreakingNews
from tribuna.newsroom.receivers import announce_bar
from tribuna.press.base import recorded
from tribuna.press.models import Purge
from tribuna.site.clock import Schedule

pytestmark = [pytest.mark.storage, pytest.mark.django_db]

NOON, HOUR = datetime(2026, 3, 1, 12, tzinfo=UTC), timedelta(hours=1)


@pytest.fixture
def now():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def bar(newsroom, text: str = "The ferry is late", *, edition: str = "en", **fields) -> BreakingNews:
    fields = {"since": NOON, "until": NOON + HOUR, **fields}
    return BreakingNews.objects.create(edition=newsroom.homes[edition].locale, text=text, **fields)


def shown(client, address: str = "/en/") -> str | None:
    found = soup(client.get(address)).find(class_="breaking")
    return found and " ".join(found.text.split())


def test_it_stands_on_every_page_of_its_edition(newsroom, client, now):
    story = factories.article()
    bar(newsroom)
    for address in ("/en/", "/en/city/", story.url, "/en/archive/", "/en/search/", "/en/nothing/"):
        assert shown(client, address) == "Breaking The ferry is late", address
    assert shown(client, "/es/") is None


def test_it_leads_to_its_story_while_readers_may_see_that(newsroom, client, now):
    story = factories.article(expire_at=NOON + HOUR / 2)
    made = bar(newsroom, story=story)
    assert str(made) == "The ferry is late"
    assert soup(client.get("/en/")).find(class_="breaking").a["href"] == story.url
    with recorded() as notes:
        client.get("/en/archive/")
    assert notes.until == story.expire_at
    now.shift(HOUR / 2)
    assert soup(client.get("/en/")).find(class_="breaking").a is None
    Purge.objects.all().delete()
    story.unpublish()
    assert any("breaking:en" in purge.tags and purge.withdrawn for purge in Purge.objects.all())


def test_it_appears_and_disappears_by_itself(newsroom, client, now):
    bar(newsroom, since=NOON + HOUR, until=NOON + 2 * HOUR)
    for text, end in ((None, NOON + HOUR), ("Breaking The ferry is late", NOON + 2 * HOUR), (None, None)):
        with recorded() as notes:
            assert shown(client) == text
        assert notes.until == end
        assert "breaking:en" in notes.tags
        now.shift(HOUR)


def test_of_several_the_one_that_began_last_is_shown(newsroom, client, now):
    bar(newsroom, "First", since=NOON - HOUR)
    bar(newsroom, "Second")
    bar(newsroom, "Not yet", since=NOON + HOUR / 4)
    with recorded() as notes:
        assert shown(client) == "Breaking Second"
    assert notes.until == NOON + HOUR / 4


def test_the_clock_says_when_it_turns(newsroom, now):
    assert next_turn_of_breaking_news() is None
    made = bar(newsroom, since=NOON + HOUR, until=NOON + 2 * HOUR)
    said = []
    for _ in range(3):
        Purge.objects.all().delete()
        Schedule().do_what_is_due()
        said.append([(purge.tags, purge.withdrawn) for purge in Purge.objects.all()])
        assert turn_breaking_news() == 0
        now.shift(HOUR)
    assert said == [[], [(["breaking:en"], False)], [(["breaking:en"], True)]]
    assert next_turn_of_breaking_news() is None
    made.refresh_from_db()
    made.until = NOON + 9 * HOUR
    made.save()
    assert next_turn_of_breaking_news() == NOON + HOUR
    assert turn_breaking_news() == 1
    assert next_turn_of_breaking_news() == NOON + 9 * HOUR


def test_whatever_is_done_to_it_is_said(newsroom, now):
    made = bar(newsroom, edition="es")
    made.text = "Another"
    made.save()
    announce_bar(made, raw=True)
    made.delete()
    said = [(purge.tags, purge.withdrawn) for purge in Purge.objects.order_by("pk")]
    assert [each for each in said if each[0] == ["breaking:es"]] == [
        (["breaking:es"], False),
        (["breaking:es"], False),
        (["breaking:es"], True),
    ]


def test_it_can_not_end_before_it_begins(newsroom, now):
    with pytest.raises(ValidationError, match="not after the first"):
        BreakingNews(text="x", since=NOON, until=NOON).clean()
    BreakingNews(text="x", until=None).clean()


def test_an_editor_writes_it(newsroom, editor, now):  # noqa: F811
    locale = newsroom.homes["en"].locale
    form = {
        "edition": locale.pk,
        "text": "The ferry is late",
        "story": "",
        "since": "2026-03-01 12:00",
        "until": "2026-03-01 13:00",
    }
    assert editor.get(reverse(BreakingNews.snippet_viewset.get_url_name("list"))).status_code == 200
    answer = editor.post(reverse(BreakingNews.snippet_viewset.get_url_name("add")), form)
    assert answer.status_code == 302
    assert BreakingNews.objects.get().until == NOON + HOUR
