"""The sites and the few pages that every page stands in."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.models.sites import get_site_for_hostname

from tests import factories
from tribuna.newsroom.queries import frame_of
from tribuna.newsroom.queries.frame import frame_at

SITES = [
    [("testserver", 80, True)],
    [("testserver", 80, False)],
    [("a.example", 80, True), ("testserver", 80, False)],
    [("a.example", 80, True), ("testserver", 8000, False)],
    [("a.example", 80, True), ("testserver", 8000, False), ("testserver", 9000, False)],
    [("testserver", 8000, True), ("testserver", 9000, False)],
    [("testserver", 8000, False), ("testserver", 9000, False)],
    [("a.example", 80, True)],
    [("a.example", 80, False)],
    [],
]


@pytest.mark.parametrize("sites", SITES)
def test_the_site_at_a_host_is_the_one_that_wagtail_would_find(newsroom, sites):
    Site.objects.all().delete()
    for hostname, port, is_default in sites:
        Site.objects.create(hostname=hostname, port=port, is_default_site=is_default, root_page=newsroom.homes["en"])
    try:
        expected = get_site_for_hostname("testserver", 80)
    except Site.DoesNotExist:
        expected = None
    assert frame_at("testserver", 80).site == expected


def test_the_front_pages_are_those_that_wagtail_knows(newsroom):
    assert sorted(frame_at("testserver", 80).roots) == sorted(Site.get_site_root_paths())


def test_a_request_asks_twice_and_wagtail_no_more(newsroom, django_assert_num_queries):
    request = RequestFactory().get("/en/")
    story = factories.article()
    with django_assert_num_queries(2):
        frame = frame_of(request)
        assert frame_of(request) is frame
        assert Site.find_for_request(request) == newsroom.site
        assert story.get_url(request) == "/en/city/ferry-returns/"


def test_what_stands_below_a_front_page_is_its_own(newsroom):
    frame = frame_at("testserver", 80)
    home = frame.home("es")
    assert [place.title for place in frame.below(home)][-1] == "Ciudad"
    assert all(place.language == "es" for place in frame.below(home))
    assert frame.at("/es/ciudad/").pk == newsroom.sections["es"].pk
    assert (frame.at("/es/nada/"), frame.home("fr")) == (None, None)


def test_a_site_that_begins_with_another_kind_of_page_is_left_to_wagtail(newsroom):
    home = newsroom.homes["en"]
    plain = home.get_parent().add_child(instance=Page(title="Plain", slug="plain", locale=home.locale))
    Site.objects.create(hostname="plain.example", root_page=plain)
    request = RequestFactory().get("/en/", headers={"host": "plain.example"})
    frame = frame_of(request)
    assert (frame.is_whole, frame.home("en")) == (False, None)
    assert not hasattr(request, "_wagtail_cached_site_root_paths")
    assert plain.get_full_url(request).startswith("http://plain.example/")


def test_a_private_page_anywhere_is_known(newsroom):
    assert not frame_at("testserver", 80).may_be_private
    PageViewRestriction.objects.create(page=newsroom.sections["es"], restriction_type="login")
    assert frame_at("testserver", 80).may_be_private
