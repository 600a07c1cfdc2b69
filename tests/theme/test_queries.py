"""What stands around a page, in every kind of place."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import resolve
from django.utils.translation import override
from wagtail.models import Site

from tests import factories
from tribuna.newsroom.models import ArticlePage
from tribuna.newsroom.queries import frame_of
from tribuna.theme.queries import Link, chrome_of, site_name


def asked(path, **headers):
    """A request as it is when a view of ours draws a page."""
    request = RequestFactory().get(path, **headers)
    with override(path.split("/")[1]):
        request.resolver_match = resolve(request.path_info)
    return request


def fresh(page):
    """The page as the database has it, with no idea of what is above it."""
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def story(newsroom):
    return factories.article()


@pytest.fixture
def twin(story):
    return factories.article(title="Vuelve el barco", language="es", translation_key=story.translation_key)


def editions(chrome):
    return {edition.code: edition.url for edition in chrome.editions}


def test_a_story_is_surrounded_by_the_chrome_of_its_language(story):
    factories.section("Opinion")
    chrome = chrome_of(asked("/en/city/ferry-returns/"), fresh(story))
    assert chrome.name == "The Tribune"
    assert chrome.home_url == "/en/"
    assert chrome.sections == (Link("City", "/en/city/", "true"), Link("Opinion", "/en/opinion/", ""))
    assert [link.url for link in chrome.indexes] == ["/en/authors/", "/en/topics/"]


def test_a_section_knows_that_it_is_the_page_itself(newsroom):
    chrome = chrome_of(asked("/en/city/"), fresh(newsroom.sections["en"]))
    assert [link.current for link in chrome.sections] == ["page"]


def test_the_front_page_is_no_section(newsroom):
    chrome = chrome_of(asked("/en/"), fresh(newsroom.homes["en"]))
    assert [link.current for link in chrome.sections] == [""]


def test_a_draft_section_is_in_no_menu(newsroom):
    newsroom.sections["en"].unpublish()
    assert chrome_of(asked("/en/"), fresh(newsroom.homes["en"])).sections == ()


def test_the_other_edition_of_a_story_is_its_translation(story, twin):
    chrome = chrome_of(asked("/en/city/ferry-returns/"), fresh(story))
    assert editions(chrome) == {"en": "/en/city/ferry-returns/", "es": "/es/ciudad/vuelve-el-barco/"}
    assert [(edition.title, edition.is_current) for edition in chrome.editions] == [
        ("English", True),
        ("Español", False),
    ]
    assert {version.code: version.address for version in chrome.versions} == {
        "en": "http://testserver/en/city/ferry-returns/",
        "es": "http://testserver/es/ciudad/vuelve-el-barco/",
    }


def test_the_other_edition_of_a_story_without_translation_is_the_front_page(story):
    chrome = chrome_of(asked("/en/city/ferry-returns/"), fresh(story))
    assert editions(chrome) == {"en": "/en/city/ferry-returns/", "es": "/es/"}


def test_a_preview_has_no_place_of_its_own_and_is_shown_as_a_page(story, twin):
    chrome = chrome_of(RequestFactory().get("/"), fresh(story))
    assert editions(chrome)["es"] == "/es/ciudad/vuelve-el-barco/"
    assert len(chrome.versions) == 2


def test_a_view_about_a_story_is_at_the_same_address_in_the_other_language(story, twin):
    path = f"/es/articles/{story.pk}/comments/new/?reply_to=7"
    with override("es"):
        chrome = chrome_of(asked(path), fresh(story))
    assert editions(chrome) == {"en": path.replace("/es/", "/en/"), "es": path}
    assert [link.title for link in chrome.sections] == ["Ciudad"]
    assert chrome.versions == ()


def test_an_address_where_nothing_is_leads_to_the_front_pages(newsroom):
    assert editions(chrome_of(asked("/es/nada/"))) == {"en": "/en/", "es": "/es/"}


def test_without_a_newsroom_there_is_still_a_way_home(db):
    chrome = chrome_of(asked("/en/archive/"))
    assert (chrome.sections, chrome.indexes, chrome.home_url) == ((), (), "/en/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_chrome_of_a_story_costs_as_much_with_many_sections(story, number, django_assert_num_queries):
    for each in range(number):
        factories.section(f"Section {each}")
    request, page = asked("/en/city/ferry-returns/"), fresh(story)
    with django_assert_num_queries(4):  # the sites, what stands on every page, the versions, the terms
        chrome_of(request, page)


def test_the_chrome_of_a_view_costs_three_queries(newsroom, django_assert_num_queries):
    request = asked("/en/archive/")
    with django_assert_num_queries(3):
        chrome_of(request)


def test_the_steps_to_a_story_are_its_section(story):
    steps = chrome_of(asked("/en/city/ferry-returns/"), fresh(story)).steps
    assert steps == (Link("City", "/en/city/"),)


def test_a_section_and_a_front_page_have_no_steps(newsroom):
    assert chrome_of(asked("/en/city/"), fresh(newsroom.sections["en"])).steps == ()
    assert chrome_of(asked("/en/"), fresh(newsroom.homes["en"])).steps == ()


def test_the_newsrooms_name_is_the_sites_or_else_the_operators(newsroom, settings):
    settings.WAGTAIL_SITE_NAME = "From the environment"
    assert site_name(frame_of(asked("/en/"))) == "The Tribune"
    Site.objects.update(site_name="")
    assert site_name(frame_of(asked("/en/"))) == "From the environment"
    Site.objects.all().delete()
    assert site_name(frame_of(asked("/en/"))) == "From the environment"


def test_without_a_site_there_are_no_sections_and_a_page_has_no_address(story):
    Site.objects.all().delete()
    chrome = chrome_of(asked("/en/city/ferry-returns/"), ArticlePage.objects.get(pk=story.pk))
    assert editions(chrome)["en"] == ""
    assert set(editions(chrome)) == {code for code, _name in settings.LANGUAGES}
