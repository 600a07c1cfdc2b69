"""Where documents stand, and that they are printed ahead."""

from __future__ import annotations

import pytest
from wagtail.models import PageViewRestriction, Site

from tests import factories
from tribuna.newsroom.models import HomePage
from tribuna.syndication.queries import FEEDS, document_addresses

pytestmark = pytest.mark.django_db
HOST = "http://testserver"


def paths():
    found = document_addresses()
    assert all(address.startswith(HOST) for address in found)
    return [address.removeprefix(HOST) for address in found]


def test_every_document_has_its_address_and_answers(full, client):
    found = paths()
    assert found[:8] == [
        *("/robots.txt", "/.well-known/tdmrep.json", "/license.xml", "/sitemap.xml", "/llms.txt"),
        *(f"/{name}" for name in FEEDS),
    ]
    assert found[8:10] == ["/en/sitemap-1.xml", "/en/sitemap-news.xml"]
    assert found[-1].endswith("/index.md")
    for page in ("/en/", "/es/", "/en/city/", "/en/authors/harbour-desk/", "/en/topics/ferries/", "/en/languages/en/"):
        assert {f"{page}{name}" for name in FEEDS} <= set(found)
    assert f"{full.url}index.md" in found
    assert len(set(found)) == len(found)
    for path in found:
        assert client.get(path).status_code == 200, path


def test_only_what_all_readers_may_see_has_documents(newsroom):
    shown, private = factories.article(title="Shown"), factories.article(title="Private")
    factories.article(title="Draft", live=False)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert [path for path in paths() if path.endswith("index.md")] == [f"{shown.url}index.md"]


def test_languages_that_stories_are_in_have_feeds(newsroom):
    factories.article(title="Porto", story_language="pt")
    languages = [path for path in paths() if "/languages/" in path and path.endswith("rss.xml")]
    assert languages == ["/en/languages/en/rss.xml", "/en/languages/pt/rss.xml", "/es/languages/es/rss.xml"]


def test_a_large_edition_has_several_sitemaps(newsroom, settings):
    settings.TRIBUNA_SITEMAP_PAGES = 2
    pages = HomePage.objects.get(locale__language_code="en").get_descendants(inclusive=True).count()
    found = [path for path in paths() if path.startswith("/en/sitemap-") and "news" not in path]
    assert found == [f"/en/sitemap-{number}.xml" for number in range(1, -(-pages // 2) + 1)]


@pytest.mark.parametrize("count", [1, 3])
def test_documents_cost_as_much_to_find_for_any_number_of_stories(newsroom, django_assert_num_queries, count):
    for number in range(count):
        factories.article(title=f"Story {number}")
    document_addresses()
    with django_assert_num_queries(19):
        document_addresses()


def test_each_site_has_its_own(newsroom, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://news.example.org"
    other = HomePage(title="Other", slug="other", locale=newsroom.homes["en"].locale)
    newsroom.homes["en"].get_parent().add_child(instance=other)
    Site.objects.create(hostname="other.example.org", port=443, root_page=other)
    found = document_addresses()
    assert "https://news.example.org/es/sitemap-1.xml" in found
    assert {"https://other.example.org/robots.txt", "https://other.example.org/en/rss.xml"} <= set(found)
    assert "https://other.example.org/es/rss.xml" not in found
