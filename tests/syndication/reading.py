"""How machines read our documents, and what their specifications ask of them."""

from __future__ import annotations

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")


def tree(response) -> ElementTree.Element:
    return ElementTree.fromstring(response.content)


def is_address(text: str | None) -> bool:
    parts = urlsplit(text or "")
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not re.search(r"[\s<>\"]", text or "")


def moment(text: str | None) -> datetime:
    """RFC 3339, which W3C-DTF agrees with at this length."""
    found = datetime.fromisoformat(text or "")
    assert found.tzinfo is not None
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", text or "")
    return found


# --- RSS 2.0 (rssboard.org/rss-specification, rss-profile) ------------------------------------------------------------
def read_rss(response) -> list[ElementTree.Element]:
    """Return the items of a feed that keeps the rules."""
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    rss = tree(response)
    assert (rss.tag, rss.get("version"), [child.tag for child in rss]) == ("rss", "2.0", ["channel"])
    channel = rss[0]
    for name in ("title", "link", "description"):  # "required channel elements"
        assert channel.findtext(name), name
    assert is_address(channel.findtext("link"))
    assert parsedate_to_datetime(channel.findtext("lastBuildDate")).tzinfo
    own = channel.find(f"{ATOM}link[@rel='self']")  # profile: a feed names itself
    assert is_address(own.get("href"))
    if (language := channel.findtext("language")) is not None:
        assert LANGUAGE_TAG.fullmatch(language)
    items = channel.findall("item")
    for item in items:
        _check_item(item)
    guids = [item.findtext("guid") for item in items]
    assert len(guids) == len(set(guids))
    return items


def _check_item(item: ElementTree.Element) -> None:
    assert item.findtext("title") or item.findtext("description")
    assert is_address(item.findtext("link"))
    assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo
    guid = item.find("guid")
    assert guid.text
    assert guid.get("isPermaLink") == "false"  # it is no address
    assert len(item.findall("enclosure")) <= 1
    for enclosure in item.findall("enclosure"):  # all three attributes are required
        assert is_address(enclosure.get("url"))
        assert int(enclosure.get("length")) > 0
        assert MEDIA_TYPE.fullmatch(enclosure.get("type"))
    for content in item.findall(f"{MEDIA}content"):
        assert is_address(content.get("url"))
        assert int(content.get("width")) * int(content.get("height")) > 0
    assert len(item.findall(f"{CONTENT}encoded")) <= 1


# --- Atom (RFC 4287) --------------------------------------------------------------------------------------------------
def read_atom(response) -> list[ElementTree.Element]:
    """Return the entries of a feed that keeps the rules."""
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = tree(response)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):  # 4.1.1: exactly one each
        assert len(feed.findall(f"{ATOM}{name}")) == 1, name
    assert re.match("urn:|https?:", feed.findtext(f"{ATOM}id"))
    assert len(feed.findall(f"{ATOM}link[@rel='self']")) == 1
    assert feed.findtext(f"{ATOM}author/{ATOM}name")  # or every entry would need one
    moment(feed.findtext(f"{ATOM}updated"))
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        for name in ("id", "title", "updated"):  # 4.1.2
            assert len(entry.findall(f"{ATOM}{name}")) == 1, name
        assert moment(entry.findtext(f"{ATOM}published")) <= moment(entry.findtext(f"{ATOM}updated"))
        assert len(entry.findall(f"{ATOM}content")) <= 1
        assert len(entry.findall(f"{ATOM}link[@rel='alternate']")) == 1
        assert all(author.findtext(f"{ATOM}name") for author in entry.findall(f"{ATOM}author"))
        assert all(is_address(link.get("href")) for link in entry.findall(f"{ATOM}link"))
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))
    return entries


# --- JSON Feed 1.1 (jsonfeed.org/version/1.1) -------------------------------------------------------------------------
def read_json(response) -> list[dict]:
    """Return the items of a feed that keeps the rules."""
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = json.loads(response.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert is_address(feed["feed_url"])
    assert is_address(feed["home_page_url"])
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["id"]
        assert {"content_html", "content_text"} & set(item)  # at least one
        assert is_address(item["url"])
        assert moment(item["date_published"]) <= moment(item["date_modified"])
        assert all(author.get("name") or author.get("url") for author in item.get("authors", []))
        for attachment in item.get("attachments", []):
            assert is_address(attachment["url"])
            assert MEDIA_TYPE.fullmatch(attachment["mime_type"])
        assert all(item.values()), "what is empty is left out"
    return feed["items"]


# --- sitemaps.org 0.9: what its XSD says, in words --------------------------------------------------------------------
def read_sitemap(response) -> list[ElementTree.Element]:
    """Return the pages of a sitemap that keeps the rules."""
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert len(response.content) <= 52_428_800
    urls = _children(tree(response), "urlset", "url")
    assert len(urls) <= 50_000
    locations = [_location(url) for url in urls]
    assert len(locations) == len(set(locations))
    for url in urls:
        known = [child.tag.removeprefix(SITEMAP) for child in url if child.tag.startswith(SITEMAP)]
        assert known == [name for name in ("loc", "lastmod", "changefreq", "priority") if name in known]  # a sequence
        for link in url.findall(f"{XHTML}link"):
            assert link.get("rel") == "alternate"
            assert is_address(link.get("href"))
            assert link.get("hreflang") == "x-default" or LANGUAGE_TAG.fullmatch(link.get("hreflang"))
    return urls


def read_index(response) -> list[str]:
    """Return the addresses of the sitemaps in an index that keeps the rules."""
    return [_location(each) for each in _children(tree(response), "sitemapindex", "sitemap")]


def _children(root: ElementTree.Element, name: str, of: str) -> list[ElementTree.Element]:
    assert root.tag == f"{SITEMAP}{name}"
    assert {child.tag for child in root} <= {f"{SITEMAP}{of}"}
    for child in root:
        if (changed := child.findtext(f"{SITEMAP}lastmod")) is not None:
            moment(changed)
    return list(root)


def _location(element: ElementTree.Element) -> str:
    assert len(element.findall(f"{SITEMAP}loc")) == 1
    location = element.findtext(f"{SITEMAP}loc")
    assert is_address(location)
    assert 12 <= len(location) <= 2_048
    return location
