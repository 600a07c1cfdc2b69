from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from tests import factories
from tribuna.newsroom.models import ArticlePage
from tribuna.newsroom.queries import (
    CursorError,
    archive_months,
    articles_about,
    articles_by,
    articles_in,
    articles_of_month,
    front_page,
)
from tribuna.newsroom.queries.cursors import cursor_after, read_cursor

NOON = datetime(2026, 3, 15, 12, tzinfo=UTC)


def stories(number: int, **fields) -> list[ArticlePage]:
    """Return stories, the newest first, each an hour older than the one before."""
    return [factories.article(published_at=NOON - timedelta(hours=hours), **fields) for hours in range(number)]


# --- cursors ----------------------------------------------------------------------------------------------------------
def test_a_cursor_tells_the_place_of_a_story(newsroom):
    story = factories.article(published_at=NOON + timedelta(microseconds=7))
    assert read_cursor(cursor_after(story)) == (story.published_at, story.pk)
    assert len(cursor_after(story)) < 16


def test_a_story_without_a_date_has_no_place(newsroom):
    with pytest.raises(ValueError, match="Ferry returns has no date"):
        cursor_after(factories.article(published_at=None))


@pytest.mark.parametrize("cursor", ["x", "-", "1-", "-1", "1-ñ", "1-2-3", "z" * 12 + "-1", "1-" + "z" * 13, "1--1"])
def test_a_broken_cursor_is_refused(cursor):
    with pytest.raises(CursorError):
        read_cursor(cursor)


# --- lists ------------------------------------------------------------------------------------------------------------
def test_a_section_is_read_page_by_page(newsroom):
    one, two, three = stories(3)
    first = articles_in(newsroom.sections["en"], size=2)
    second = articles_in(newsroom.sections["en"], before=first.older, size=2)
    assert (first.items, second.items, second.older) == ([one, two], [three], None)


def test_a_list_that_just_fits_has_nothing_older(newsroom):
    stories(2)
    assert articles_in(newsroom.sections["en"], size=2).older is None


def test_a_story_that_appears_meanwhile_moves_nothing(newsroom):
    *_, three = stories(3)
    older = articles_in(newsroom.sections["en"], size=2).older
    factories.article(published_at=NOON + timedelta(hours=1))
    assert articles_in(newsroom.sections["en"], before=older, size=2).items == [three]


def test_stories_of_the_same_moment_are_all_read(newsroom):
    made = [factories.article(published_at=NOON) for _ in range(3)]
    first = articles_in(newsroom.sections["en"], size=2)
    assert [*first.items, *articles_in(newsroom.sections["en"], before=first.older).items] == made[::-1]


def test_a_place_that_no_story_can_have_is_the_end_or_the_beginning(newsroom):
    story = factories.article()
    section = newsroom.sections["en"]
    assert articles_in(section, before="1-1").items == []
    assert articles_in(section, before=f"{cursor_after(story).partition('-')[0]}-{'z' * 12}").items == [story]


def test_a_section_shows_neither_drafts_nor_other_sections(newsroom):
    shown = factories.article()
    factories.article(live=False)
    factories.article(parent=factories.section("Culture"))
    assert articles_in(newsroom.sections["en"]).items == [shown]


def test_an_author_has_what_stands_in_the_tree_of_this_page(newsroom):
    author = factories.author()
    autora = author.copy_for_translation(newsroom.homes["es"].locale)
    english, spanish = factories.article(authors=[author]), factories.article(language="es", authors=[author])
    factories.article()
    assert articles_by(author).items == [english]
    assert articles_by(autora).items == [spanish]


def test_a_topic_has_what_stands_in_the_tree_of_this_page(newsroom):
    topic = factories.topic()
    tema = topic.copy_for_translation(newsroom.homes["es"].locale)
    english, spanish = factories.article(topics=[topic]), factories.article(language="es", topics=[topic, tema])
    factories.article()
    assert articles_about(topic).items == [english]
    assert articles_about(tema).items == [spanish]


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_takes_as_many_queries_for_one_story_as_for_three(newsroom, django_assert_num_queries, number):
    author = factories.author()
    for each in range(number):
        image = factories.image()
        image.get_rendition("fill-40x20")
        factories.article(title=f"Story {each}", main_image=image, authors=[author], language="es", story_language="en")
    with django_assert_num_queries(5):  # articles, what goes live next, bylines, their authors in Spanish, pictures
        for story in articles_of_month(newsroom.homes["es"].locale, timezone.now().year, timezone.now().month).items:
            assert (story.byline, story.language) == ([author], "en")
            assert story.main_image.printed


def test_a_byline_leads_to_the_authors_page_in_the_language_of_the_tree(newsroom):
    author = factories.author()
    autora = author.copy_for_translation(newsroom.homes["es"].locale)
    factories.article(language="es", authors=[author])
    assert articles_in(newsroom.sections["es"]).items[0].byline == [author]
    autora.save_revision().publish()
    factories.article(language="es", authors=[author, autora])
    assert [story.byline for story in articles_in(newsroom.sections["es"]).items] == [[autora], [autora]]


# --- the archive ------------------------------------------------------------------------------------------------------
def test_a_month_has_what_was_published_in_it(newsroom):
    locale = newsroom.homes["en"].locale
    first = factories.article(published_at=datetime(2026, 12, 1, tzinfo=UTC))
    last = factories.article(published_at=datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC))
    factories.article(published_at=datetime(2027, 1, 1, tzinfo=UTC))
    factories.article(published_at=datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC))
    assert articles_of_month(locale, 2026, 12).items == [last, first]
    assert articles_of_month(locale, 2026, 12, before=cursor_after(last)).items == [first]


def test_months_begin_at_midnight_where_the_newsroom_is(newsroom, settings):
    settings.TIME_ZONE = "America/Lima"
    story = factories.article(published_at=datetime(2026, 4, 1, 3, tzinfo=UTC))  # 10 p.m. on 31 March
    assert articles_of_month(newsroom.homes["en"].locale, 2026, 3).items == [story]
    assert archive_months(newsroom.homes["en"].locale) == [date(2026, 3, 1)]


def test_the_archive_lists_the_months_of_one_language_with_something_in_them(newsroom):
    for day in (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC), datetime(2025, 11, 1, tzinfo=UTC)):
        factories.article(published_at=day)
    factories.article(language="es", published_at=datetime(2024, 1, 1, tzinfo=UTC))
    factories.article(live=False, published_at=datetime(2023, 1, 1, tzinfo=UTC))
    assert archive_months(newsroom.homes["en"].locale) == [date(2026, 3, 1), date(2025, 11, 1)]


# --- the front page ---------------------------------------------------------------------------------------------------
def test_an_empty_newsroom_has_an_empty_front_page(newsroom):
    front = front_page(newsroom.homes["en"])
    assert (front.lead, front.leads, front.sections) == (None, [], [])


def test_a_front_page_of_one_story_is_its_lead(newsroom):
    story = factories.article()
    factories.article(language="es")
    front = front_page(newsroom.homes["en"])
    assert (front.lead, front.leads, front.sections) == (story, [], [])


def test_the_newest_lead_and_the_rest_stand_by_section(newsroom):
    city, culture = newsroom.sections["en"], factories.section("Culture")
    made = stories(11)
    old = factories.article(parent=culture, published_at=NOON - timedelta(days=9))
    front = front_page(newsroom.homes["en"])
    assert (front.lead, front.leads) == (made[0], made[1:5])
    assert front.sections == [(city, made[5:9]), (culture, [old])]


def test_a_front_page_takes_the_same_queries_for_any_number_of_sections(newsroom, django_assert_num_queries):
    author = factories.author()
    for title in ("Culture", "Sport", "Harbour"):
        factories.article(parent=factories.section(title), authors=[author], main_image=factories.image())
    for image in factories.NewsImage.objects.all():
        image.get_rendition("fill-40x20")
    with django_assert_num_queries(5):  # what goes live next, sections, articles, bylines, pictures
        assert len(front_page(newsroom.homes["en"]).leads) == 2
