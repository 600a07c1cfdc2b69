from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from tests import factories
from tribuna.newsroom.models import ArticlePage, AuthorIndexPage
from tribuna.newsroom.queries import children_of, find_page, sections_of, translations_of, versions_of
from tribuna.newsroom.queries.frame import frame_at


def found(path, language="en"):
    return find_page(path, frame=frame_at("testserver", 80), language=language)


def test_a_page_is_found_in_one_query(newsroom, django_assert_num_queries):
    story = factories.article(title="Ferry returns", language="es", story_language="en")
    frame = frame_at("testserver", 80)
    with django_assert_num_queries(1):
        page = find_page("ciudad/ferry-returns/", frame=frame, language="es")
        assert type(page) is ArticlePage
        assert (page, page.title, page.language) == (story, "Ferry returns", "en")
        assert not page.get_view_restrictions()
    assert page.section == newsroom.sections["es"]


def test_the_front_page_is_found_with_its_versions(newsroom, django_assert_num_queries):
    frame = frame_at("testserver", 80)
    with django_assert_num_queries(1):
        page = find_page("", frame=frame, language="en")
        assert versions_of(page) == list(newsroom.homes.values())
    assert page == newsroom.homes["en"]


@pytest.mark.parametrize("kind", ["author", "topic"])
def test_authors_and_topics_and_their_lists_are_found(newsroom, kind):
    page = getattr(factories, kind)("Harbour")
    assert found(f"{kind}s/harbour/") == page
    assert found(f"{kind}s/") == page.get_parent().specific


def test_restrictions_are_found_where_there_are_any(newsroom):
    PageViewRestriction.objects.create(page=newsroom.sections["en"], restriction_type="login")
    factories.article(title="Ferry returns")
    assert found("city/ferry-returns/").get_view_restrictions().exists()


@pytest.mark.parametrize("path", ["nowhere/", "city/draft/", "city/nothing/", "ciudad/", "no/where/", "city/over/"])
def test_what_is_not_there_is_not_found(newsroom, path):
    factories.article(title="Draft", live=False)
    factories.article(title="Over", expire_at=timezone.now() - timedelta(seconds=1))
    assert found(path) is None


def test_nothing_is_found_in_a_language_without_a_front_page(newsroom):
    assert found("city/", language="fr") is None


def test_a_page_whose_way_is_broken_is_left_to_wagtail(newsroom):
    story = factories.article(title="Lost")
    type(story).objects.filter(pk=story.pk).update(url_path="/en/elsewhere/lost/")
    assert found("elsewhere/lost/") is None


def test_a_page_of_an_unknown_kind_is_left_to_wagtail(newsroom):
    home = newsroom.homes["en"]
    home.add_child(instance=Page(title="Plain", locale=home.locale))
    assert found("plain/") is None


def test_sections_are_those_of_one_language_in_the_order_of_the_editors(newsroom):
    city, culture, hidden = newsroom.sections["en"], factories.section("Culture"), factories.section("Hidden")
    hidden.unpublish()
    assert sections_of(newsroom.homes["en"]) == [city, culture]
    culture.move(city, pos="left")
    assert sections_of(newsroom.homes["en"].locale) == [culture, city]


@pytest.mark.parametrize("number", [1, 3])
def test_authors_come_by_name_with_their_portraits(newsroom, django_assert_num_queries, number):
    for each in range(number):
        portrait = factories.image()
        portrait.get_rendition("fill-40x20")
        factories.author(f"Ana {9 - each}", portrait=portrait)
    index = AuthorIndexPage.objects.child_of(newsroom.homes["en"]).get()
    with django_assert_num_queries(3):  # what goes live next, authors, pictures
        authors = children_of(index)
        assert all(author.portrait.printed for author in authors)
    assert [author.title for author in authors] == [f"Ana {9 - each}" for each in reversed(range(number))]


def test_an_author_may_have_no_portrait(newsroom):
    factories.author()
    assert children_of(AuthorIndexPage.objects.child_of(newsroom.homes["en"]).get())[0].portrait is None


def test_a_story_and_its_translation_are_versions_in_their_languages(newsroom, django_assert_num_queries):
    story = factories.article()
    translation = story.copy_for_translation(newsroom.homes["es"].locale)
    assert translations_of(ArticlePage.objects.get(pk=story.pk)) == [("en", story)]
    translation.save_revision().publish()
    story = ArticlePage.objects.get(pk=story.pk)
    with django_assert_num_queries(1):
        assert versions_of(story) == [story, translation]
        assert translations_of(story) == [("en", story), ("es", translation)]


def test_a_story_shown_on_a_page_of_another_language_is_a_version_but_no_translation(newsroom):
    story = factories.article()
    alias = story.copy_for_translation(newsroom.homes["es"].locale, alias=True)
    assert versions_of(alias) == [story, alias]
    assert translations_of(alias) == [("en", story)]


def test_an_english_story_that_was_made_for_a_spanish_page_is_no_translation_either(newsroom):
    assert translations_of(factories.article(language="es", story_language="en")) == []


def test_front_pages_are_translations_of_each_other(newsroom):
    assert translations_of(newsroom.homes["es"]) == list(newsroom.homes.items())
