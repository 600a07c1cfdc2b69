"""What we send is as schemas have it that others wrote."""

from __future__ import annotations

import json

import pytest
from lxml import etree

from tests import factories
from tests.schemas import json_schema, sitemap_schema
from tests.syndication.reading import SITEMAP
from tribuna.syndication.queries import document_addresses

HOST = "http://testserver"


def documents(client, ending):
    """Return all documents that end so, by their addresses: whatever kinds of them there are."""
    paths = [address.removeprefix(HOST) for address in document_addresses() if address.endswith(ending)]
    return {path: client.get(path).content for path in paths}


def flaws(schema, document):
    tree = etree.fromstring(document)
    return [] if schema.validate(tree) else [str(error) for error in schema.error_log]


@pytest.fixture
def sitemap(client, full):
    """A sitemap of ours with all that may stand in one: dates, versions in other languages and news."""
    factories.article(title="Le port & <co>", story_language="fr")
    return client.get("/en/sitemap-news.xml").content


def test_every_sitemap_is_as_sitemaps_org_has_it(client, full, settings):
    schema = sitemap_schema()
    settings.TRIBUNA_SITEMAP_PAGES = 3
    factories.article(title="Le port & <co>", story_language="fr")
    found = {path: page for path, page in documents(client, ".xml").items() if "/sitemap-" in path}
    assert {"/en/sitemap-1.xml", "/en/sitemap-2.xml", "/en/sitemap-news.xml", "/es/sitemap-1.xml"} <= found.keys()
    assert [flaw for page in found.values() for flaw in flaws(schema, page)] == []
    for name in (b"<lastmod>", b"xhtml:link", b"news:news"):
        assert any(name in page for page in found.values())


def test_the_index_would_be_right_as_a_sitemap(client, full):
    """The schema of an index is in no package. But all that an index says, a sitemap may say of pages, and alike."""
    index = client.get("/sitemap.xml").content
    as_pages = index.replace(b"<sitemapindex", b"<urlset").replace(b"</sitemapindex", b"</urlset")
    as_pages = as_pages.replace(b"<sitemap>", b"<url>").replace(b"</sitemap>", b"</url>")
    assert flaws(sitemap_schema(), as_pages) == []
    assert {child.tag for child in etree.fromstring(index).iterfind("*/*")} <= {f"{SITEMAP}loc", f"{SITEMAP}lastmod"}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"<loc>", b"<loc></loc><loc>"),
        (b"<url>", b"<url><news:news/>"),  # before what sitemaps.org knows
        (b"<url>", b"<page/><url>"),
        (b"<news:news>", b"<priority>2</priority><news:news>"),
    ],
)
def test_the_schema_of_sitemaps_is_really_asked(sitemap, right, wrong):
    assert right in sitemap
    assert flaws(sitemap_schema(), sitemap.replace(right, wrong, 1))


def test_every_json_feed_is_as_its_schema_has_it(client, full):
    schema = json_schema("feed")
    factories.article(title="Le port & <co>", story_language="fr")
    found = documents(client, "/feed.json")
    kinds = {"/", "/en/", "/es/", "/en/city/", "/en/authors/harbour-desk/", "/en/topics/ferries/", "/en/languages/fr/"}
    assert {f"{kind}feed.json" for kind in kinds} <= found.keys()
    found["without a story"] = client.get("/en/languages/pt/feed.json").content
    for place, content in found.items():
        assert [error.message for error in schema.iter_errors(json.loads(content))] == [], place


@pytest.mark.parametrize(
    "slip",
    [
        {"title": None},
        {"items": [{"id": "1"}]},
        {"items": [{"id": "1", "content_text": "", "date_published": "yesterday"}]},
        {"home_page_url": "not an address"},
        {"colour": "red"},
    ],
)
def test_the_schema_of_json_feeds_is_really_asked(client, full, slip):
    assert list(json_schema("feed").iter_errors(json.loads(client.get("/en/feed.json").content) | slip))
