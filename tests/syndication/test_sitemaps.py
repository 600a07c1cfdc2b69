"""Sitemaps: what is public, with its versions, and when it last changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from tests import factories
from tests.syndication.reading import NEWS, SITEMAP, XHTML, moment, read_index, read_sitemap
from tests.theme.factories import DECEMBER
from tribuna.newsroom.models import HomePage, SectionPage
from tribuna.press.actions import recorded
from tribuna.syndication import checks

HOST = "http://testserver"


def locations(response):
    return [url.findtext(f"{SITEMAP}loc").removeprefix(HOST) for url in read_sitemap(response)]


def versions(response, address):
    url = next(url for url in read_sitemap(response) if url.findtext(f"{SITEMAP}loc") == f"{HOST}{address}")
    return {link.get("hreflang"): link.get("href").removeprefix(HOST) for link in url.findall(f"{XHTML}link")}


def test_the_index_leads_to_all_sitemaps(client, full):
    addresses = read_index(client.get("/sitemap.xml"))
    assert addresses == [  # nothing new in Spanish
        f"{HOST}/en/sitemap-1.xml",
        f"{HOST}/en/sitemap-news.xml",
        f"{HOST}/es/sitemap-1.xml",
    ]
    assert all(client.get(address.removeprefix(HOST)).status_code == 200 for address in addresses)


def test_an_edition_lists_its_pages_with_their_versions(client, full):
    english = client.get("/en/sitemap-1.xml")
    assert set(locations(english)) == {
        *("/en/", "/en/authors/", "/en/topics/", "/en/city/", "/en/city/older-story/"),
        *("/en/authors/harbour-desk/", "/en/topics/ferries/", full.url),
    }
    both = {"en": full.url, "es": "/es/ciudad/vuelve-el-barco/", "x-default": full.url}
    assert versions(english, full.url) == both
    assert versions(client.get("/es/sitemap-1.xml"), "/es/ciudad/vuelve-el-barco/") == both
    assert versions(english, "/en/city/older-story/") == {}


def test_only_of_stories_it_is_told_when_they_changed(client, full):
    changed = {
        url.findtext(f"{SITEMAP}loc").removeprefix(HOST): url.findtext(f"{SITEMAP}lastmod")
        for url in read_sitemap(client.get("/en/sitemap-1.xml"))
    }
    assert changed[full.url] == "2022-12-03T08:15:00+00:00"
    assert changed["/en/city/"] is None


def test_sitemaps_are_split(client, newsroom, settings):
    settings.TRIBUNA_SITEMAP_PAGES = 3  # the front page, authors, topics; then City and two stories
    stories = [factories.article(title=f"Story {number}") for number in range(3)]
    assert [address for address in read_index(client.get("/sitemap.xml")) if "/en/sitemap-" in address] == [
        f"{HOST}/en/sitemap-1.xml",
        f"{HOST}/en/sitemap-2.xml",
        f"{HOST}/en/sitemap-3.xml",
        f"{HOST}/en/sitemap-news.xml",
    ]
    parts = [locations(client.get(f"/en/sitemap-{number}.xml")) for number in (1, 2, 3)]
    assert [len(part) for part in parts] == [3, 3, 1]
    assert {story.url for story in stories} <= {address for part in parts for address in part}
    assert client.get("/en/sitemap-4.xml").status_code == 404
    assert client.get("/en/sitemap-0.xml").status_code == 404


def test_nobody_is_sent_to_what_is_not_public(client, newsroom):
    sport = factories.section("Sport")
    factories.article(title="Draft", live=False)
    factories.article(title="Over", expire_at=timezone.now() - timedelta(minutes=1))
    factories.article(title="Private", parent=sport)
    PageViewRestriction.objects.create(page=sport, restriction_type=PageViewRestriction.LOGIN)
    assert set(locations(client.get("/en/sitemap-1.xml"))) == {"/en/", "/en/authors/", "/en/topics/", "/en/city/"}


def test_an_alias_stands_nowhere_and_a_guest_has_no_versions(client, newsroom):
    story = factories.article(title="Port", story_language="fr")
    story.copy_for_translation(newsroom.homes["es"].locale, copy_parents=True, alias=True)
    assert versions(client.get("/en/sitemap-1.xml"), "/en/city/port/") == {}
    assert "/es/ciudad/port/" not in locations(client.get("/es/sitemap-1.xml"))


def test_without_the_first_language_somebody_else_is_the_default(client, newsroom, settings):
    settings.LANGUAGE_CODE = "fr"
    assert versions(client.get("/en/sitemap-1.xml"), "/en/")["x-default"] == "/en/"


def test_news_are_those_of_two_days(client, newsroom):
    factories.article(title="Old", published_at=timezone.now() - timedelta(days=2, minutes=1))
    factories.article(title="Yesterday & <co>", published_at=timezone.now() - timedelta(days=1))
    factories.article(title="Le port", story_language="fr")
    news = [url.find(f"{NEWS}news") for url in read_sitemap(client.get("/en/sitemap-news.xml"))]
    assert [each.findtext(f"{NEWS}title") for each in news] == ["Le port", "Yesterday & <co>"]
    papers = [each.find(f"{NEWS}publication") for each in news]
    assert [paper.findtext(f"{NEWS}name") for paper in papers] == ["The Tribune"] * 2
    assert [paper.findtext(f"{NEWS}language") for paper in papers] == ["fr", "en"]
    assert all(moment(each.findtext(f"{NEWS}publication_date")) for each in news)


def test_where_there_is_no_news_there_is_no_sitemap_of_it(client, newsroom):
    factories.article(published_at=DECEMBER)
    with time_machine.travel(DECEMBER + timedelta(hours=47), tick=False), recorded() as notes:
        assert f"{HOST}/en/sitemap-news.xml" in read_index(client.get("/sitemap.xml"))
    assert notes.until == DECEMBER + timedelta(days=2)  # then the index is printed again
    with time_machine.travel(DECEMBER + timedelta(hours=49), tick=False):
        assert f"{HOST}/en/sitemap-news.xml" not in read_index(client.get("/sitemap.xml"))
        assert client.get("/en/sitemap-news.xml").status_code == 404


def test_without_any_page_there_is_no_index(client, newsroom):
    for home in newsroom.homes.values():
        home.unpublish()
    assert client.get("/sitemap.xml").status_code == 404


def test_news_are_right_until_the_first_of_them_is_old(client, newsroom):
    factories.article(title="Newer", published_at=DECEMBER + timedelta(hours=5))
    factories.article(title="Older", published_at=DECEMBER)
    with time_machine.travel(DECEMBER + timedelta(hours=6), tick=False), recorded() as notes:
        client.get("/en/sitemap-news.xml")
    assert notes.until == DECEMBER + timedelta(days=2)


def test_a_sitemap_is_right_until_something_in_it_is_over(client, newsroom):
    end = timezone.now() + timedelta(hours=1)
    factories.article(expire_at=end)
    with recorded() as notes:
        client.get("/en/sitemap-1.xml")
    assert notes.until == end


def test_a_version_of_another_paper_is_none_of_ours(client, newsroom):
    story = factories.article()
    locale = Locale.objects.create(language_code="fr")
    other = Page.get_first_root_node().add_child(instance=HomePage(title="Autre", slug="autre", locale=locale))
    rubric = other.add_child(instance=SectionPage(title="Ville", locale=locale))
    factories.article(parent=rubric, translation_key=story.translation_key)
    assert versions(client.get("/en/sitemap-1.xml"), story.url) == {}


@pytest.mark.parametrize("address", ["/en/sitemap-1.xml", "/en/sitemap-news.xml"])
def test_without_a_front_page_there_is_no_sitemap(client, newsroom, address):
    newsroom.homes["en"].unpublish()
    assert client.get(address).status_code == 404
    assert all("/es/" in address for address in read_index(client.get("/sitemap.xml")))


@pytest.mark.storage
@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        # Sites, frame, terms; for each edition what goes live, what is private, how much there is, the newest story.
        ("/sitemap.xml", 11),
        ("/en/sitemap-1.xml", 9),  # sites, frame, terms; what goes live, twice; what is private, twice; pages, versions
        ("/en/sitemap-news.xml", 5),
    ],
)
def test_a_sitemap_asks_as_much_for_one_story_as_for_three(
    client, newsroom, django_assert_num_queries, number, address, queries
):
    for each in range(number):
        factories.article(title=f"Story {each}")
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(("number", "ids"), [(1, []), (50_000, []), (50_001, ["E003"]), (0, ["E003"])])
def test_no_sitemap_is_longer_than_anybody_reads(settings, number, ids):
    settings.TRIBUNA_SITEMAP_PAGES = number
    assert [error.id.removeprefix("tribuna.syndication.") for error in checks.sitemaps_are_short()] == ids
