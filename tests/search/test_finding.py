"""What is found, on whichever database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from wagtail.models import PageViewRestriction

from tests import factories
from tribuna.newsroom.models import ArticlePage
from tribuna.search.actions import index_due
from tribuna.search.queries import Asked, Found, find_stories, finding

pytestmark = [pytest.mark.storage, pytest.mark.django_db]

NOON = datetime(2026, 3, 15, 12, tzinfo=UTC)


def found(newsroom, text: str = "", edition: str = "en", **asked) -> list[ArticlePage]:
    index_due()
    return find_stories(newsroom.homes[edition].locale, Asked(text, **asked)).stories


def test_words_are_found_wherever_they_stand(newsroom):
    story = factories.article(
        title="Ferry returns",
        kicker="Harbour",
        standfirst="After nine months in dock",
        body=[("paragraph", "<p>The captain was relieved.</p>"), ("heading", "Timetable")],
        authors=[factories.author("Ana Ruiz")],
        topics=[factories.topic("Shipyards")],
        live=False,
    )
    story.save_revision().publish()
    factories.article(title="Another story")
    for text in ("ferries", "HARBOUR", "nine dock", "captains ferry", "timetable", "ruiz", "shipyard", '"nine months"'):
        assert found(newsroom, text) == [story], text
    assert found(newsroom, '"months nine"') == []


def test_accents_and_endings_make_no_difference(newsroom):
    story = factories.article(title="Vuelven los camiones al rincón", language="es")
    for text in ("camion", "CAMIÓN", "rincon", "rincónes", "vuélven"):
        assert found(newsroom, text, "es") == [story], text


def test_a_story_is_found_in_the_language_it_is_written_in(newsroom):
    story = factories.article(title="Ferries are running", language="es", story_language="en")
    assert found(newsroom, "runs ferry", "es") == [story]
    assert found(newsroom, "ferry", "en") == []


def test_the_title_counts_most_and_then_the_newest(newsroom):
    said = [("paragraph", "<p>The ferry is in the harbour, says the harbour.</p>")]
    body = factories.article(title="Old news", body=said, published_at=NOON)
    head = factories.article(title="Other news", standfirst="The ferry.", published_at=NOON - timedelta(days=9))
    title = factories.article(title="The ferry", published_at=NOON - timedelta(days=99))
    newer = factories.article(title="The ferry", published_at=NOON - timedelta(days=98))
    assert found(newsroom, "ferry") == [newer, title, head, body]


def test_where_nothing_has_all_words_some_will_do(newsroom):
    story = factories.article(title="Ferry returns")
    answer = find_stories(newsroom.homes["en"].locale, Asked("ferry sinks"))
    assert (answer.stories, answer.total, answer.is_any) == ([story], 1, True)
    assert find_stories(newsroom.homes["en"].locale, Asked("boat sinks")) == Found(hits=[])


def test_a_search_can_be_narrowed_down(newsroom):
    author, topic, culture = factories.author(), factories.topic(), factories.section("Culture")
    fields = {"title": "Ferry", "published_at": NOON}
    plain = factories.article(**fields)
    theirs = factories.article(**fields, authors=[author])
    about = factories.article(**fields, topics=[topic])
    there = factories.article(**fields, parent=culture)
    french = factories.article(**fields, story_language="fr")
    old = factories.article(title="Ferry", published_at=NOON - timedelta(days=40))
    for asked, expected in (
        ({"author": author}, [theirs]),
        ({"topic": topic}, [about]),
        ({"section": culture}, [there]),
        ({"language": "fr"}, [french]),
        ({"last_day": date(2026, 3, 14)}, [old]),
        ({"first_day": date(2026, 3, 15), "last_day": date(2026, 3, 15), "section": culture}, [there]),
        ({"first_day": date(2026, 3, 16)}, []),
        ({"last_day": date.max, "author": author}, [theirs]),
    ):
        assert found(newsroom, "ferry", **asked) == found(newsroom, **asked) == expected, asked
    assert len(found(newsroom, "ferry")) == 6
    assert plain in found(newsroom, "ferry", language="en")


def test_nothing_is_asked_and_nothing_found(newsroom):
    factories.article(title="Ferry")
    assert found(newsroom) == found(newsroom, "…", section=newsroom.sections["en"]) == []


def test_what_readers_may_not_see_is_not_found(newsroom):
    factories.article(title="Ferry draft", live=False)
    hidden = factories.section("Hidden")
    restriction = PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    story = factories.article(title="Ferry hidden", parent=hidden)
    assert found(newsroom, "ferry") == []
    restriction.delete()
    assert found(newsroom, "ferry") == [story]


def test_a_story_whose_time_is_over_is_not_shown_however_late_the_clock_is(newsroom):
    story = factories.article(title="Ferry")
    ArticlePage.objects.filter(pk=story.pk).update(expire_at=NOON - timedelta(days=999))
    assert found(newsroom, "ferry") == []


def test_hits_stand_on_pages(newsroom):
    for hours in range(3):
        factories.article(title="Ferry", published_at=NOON - timedelta(hours=hours))
    locale = newsroom.homes["en"].locale
    one, two = (find_stories(locale, Asked("ferry"), page=page, size=2) for page in (1, 2))
    assert (len(one.hits), len(two.hits), one.total, two.first_number) == (2, 1, 3, 3)
    assert not set(one.stories) & set(two.stories)


def test_where_too_many_are_found_the_newest_and_all_titles_are_compared(newsroom, monkeypatch):
    for module in (
        "tribuna.search.stores.sqlite",
        "tribuna.search.stores.postgresql",
        "tribuna.search.queries.finding",
    ):
        monkeypatch.setattr(f"{module}.CEILING", 2)
    title = factories.article(title="Ferry", published_at=NOON - timedelta(days=9))
    said = [("paragraph", "<p>A ferry.</p>")]
    made = [factories.article(title=f"News {n}", body=said, published_at=NOON - timedelta(days=n)) for n in range(4)]
    answer = find_stories(newsroom.homes["en"].locale, Asked("ferry"))
    assert (answer.stories, answer.total, answer.is_cut) == ([title, made[0]], 2, True)
    assert finding.CEILING == 2
    assert find_stories(newsroom.homes["en"].locale, Asked(section=newsroom.sections["en"])).stories == made[:2]


@pytest.mark.parametrize(
    "text", ["", "  ", '"', "'", "*", "(", "NEAR(", "-", "%", "💥", "\\", "a'b", 'x"y', "title:x", "1=1; --", "ñ" * 200]
)
def test_a_search_for_anything_at_all_is_answered(newsroom, text):
    factories.article(title="Boat")
    assert found(newsroom, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "ferry AND",
        "AND ferry",
        "ferry OR NOT",
        "ferry*",
        "^ferry",
        "{title} : ferry",
        "ferry & | !",
        "ferry:A",
        "+ferry",
    ],
)
def test_no_syntax_is_understood(newsroom, text):
    story = factories.article(title="Ferry")
    assert found(newsroom, text) == [story]


def test_hits_are_marked(newsroom):
    factories.article(
        title="Ferries <b>", standfirst="Nine months.", body=[("paragraph", "<p>The ferry & the dock</p>")]
    )
    (hit,) = find_stories(newsroom.homes["en"].locale, Asked("ferry dock")).hits
    assert hit.title == "<mark>Ferries</mark> &lt;b&gt;"
    assert hit.text == "The <mark>ferry</mark> &amp; the <mark>dock</mark>"
    (hit,) = find_stories(newsroom.homes["en"].locale, Asked("months")).hits
    assert hit.text == "Nine <mark>months</mark>."
    (hit,) = find_stories(newsroom.homes["en"].locale, Asked(section=newsroom.sections["en"])).hits
    assert (hit.title, hit.text) == ("Ferries &lt;b&gt;", "Nine months.")


@pytest.mark.parametrize("number", [1, 3])
def test_a_search_takes_as_many_queries_for_one_hit_as_for_three(newsroom, django_assert_max_num_queries, number):
    for _ in range(number):
        factories.article(title="Ferry")
    with django_assert_max_num_queries(4):  # the index (twice on SQLite), stories, bylines
        assert find_stories(newsroom.homes["en"].locale, Asked("ferry")).total == number
