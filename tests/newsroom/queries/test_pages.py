from __future__ import annotations

import pytest
from wagtail.models import Page, PageViewRestriction

from tests import factories
from tribuna.newsroom.models import ArticlePage, AuthorIndexPage
from tribuna.newsroom.queries import children_of, find_page, sections_of, translations_of, versions_of


def test_a_page_is_found_with_those_above_it(newsroom, django_assert_num_queries):
    story = factories.article(title="Ferry returns", language="es", story_language="en")
    with django_assert_num_queries(1):
        found = find_page("ciudad/ferry-returns/", root_path="/es/")
        assert type(found) is ArticlePage
        assert (found, found.title, found.language) == (story, "Ferry returns", "en")
        assert found.section == newsroom.sections["es"]
        assert found.section.get_parent() == newsroom.homes["es"]
        assert not found.get_view_restrictions()


def test_the_front_page_is_found_with_its_versions(newsroom, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = find_page("", root_path="/en/")
        assert versions_of(found) == list(newsroom.homes.values())
    assert found == newsroom.homes["en"]


def test_restrictions_are_found_where_there_are_any(newsroom):
    PageViewRestriction.objects.create(page=newsroom.sections["en"], restriction_type="login")
    factories.article(title="Ferry returns")
    assert find_page("city/ferry-returns/", root_path="/en/").get_view_restrictions().exists()


@pytest.mark.parametrize("path", ["nowhere/", "city/draft/", "city/nothing/", "ciudad/"])
def test_what_is_not_there_is_not_found(newsroom, path):
    factories.article(title="Draft", live=False)
    assert find_page(path, root_path="/en/") is None


def test_a_page_whose_way_is_broken_is_left_to_wagtail(newsroom):
    story = factories.article(title="Lost")
    type(story).objects.filter(pk=story.pk).update(url_path="/en/elsewhere/lost/")
    assert find_page("elsewhere/lost/", root_path="/en/") is None


def test_a_page_of_an_unknown_kind_comes_as_it_is(newsroom):
    home = newsroom.homes["en"]
    plain = home.add_child(instance=Page(title="Plain", locale=home.locale))
    assert find_page("plain/", root_path="/en/") == plain


def test_sections_are_those_of_one_language_in_the_order_of_the_editors(newsroom):
    city, culture, hidden = newsroom.sections["en"], factories.section("Culture"), factories.section("Hidden")
    hidden.unpublish()
    assert sections_of(newsroom.homes["en"]) == [city, culture]
    culture.move(city, pos="left")
    assert sections_of(newsroom.homes["en"].locale) == [culture, city]


def test_a_front_page_has_its_sections_and_lists_below_it(newsroom, django_assert_num_queries):
    home = newsroom.homes["en"]
    with django_assert_num_queries(1):
        assert [type(child).__name__ for child in children_of(home)] == [
            "AuthorIndexPage",
            "TopicIndexPage",
            "SectionPage",
        ]


@pytest.mark.parametrize("number", [1, 3])
def test_authors_come_by_name_with_their_portraits(newsroom, django_assert_num_queries, number):
    for each in range(number):
        portrait = factories.image()
        portrait.get_rendition("fill-40x20")
        factories.author(f"Ana {9 - each}", portrait=portrait)
    index = AuthorIndexPage.objects.child_of(newsroom.homes["en"]).get()
    with django_assert_num_queries(2):
        authors = children_of(index)
        assert all(author.portrait.get_rendition("fill-40x20") for author in authors)
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
