"""How machines read our documents, and what their specifications ask of them."""

from __future__ import annotations

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
from bs4 import BeautifulSoup

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_DAYS, _MONTHS = "Mon|Tue|Wed|Thu|Fri|Sat|Sun", "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
RFC_822 = re.compile(rf"({_DAYS}), \d\d ({_MONTHS}) \d{{4}} \d\d:\d\d:\d\d ([+-]\d{{4}}|GMT)")
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


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


def day(text: str | None) -> datetime:
    """RFC 822, with a year of four figures."""
    assert RFC_822.fullmatch(text or "")
    return parsedate_to_datetime(text or "")


def check_prose(html: str | None) -> None:
    """What is read away from its page has addresses in full, and nothing that runs."""
    read = BeautifulSoup(html or "", "html.parser")
    for name in ("href", "src"):
        for element in read.find_all(attrs={name: True}):
            assert urlsplit(element[name]).scheme in {"http", "https", "mailto", "tel"}, element
    assert not read.find_all(["script", "style", "iframe", "object", "embed", "form"])


def check_reader(response, items: list[ElementTree.Element]) -> None:
    """The reader that most programs are built on has nothing to forgive, and finds every item."""
    found = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not found.bozo, found.get("bozo_exception")
    assert len(found.entries) == len(items)
    assert all(entry.id and entry.link and entry.published_parsed for entry in found.entries)


def own_address(response) -> str:
    """Return where a document was fetched: what it has to call itself."""
    return response.wsgi_request.build_absolute_uri()


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
    day(channel.findtext("lastBuildDate"))
    (own,) = channel.findall(f"{ATOM}link[@rel='self']")  # profile: a feed names itself
    assert own.get("href") == own_address(response)
    if (language := channel.findtext("language")) is not None:
        assert LANGUAGE_TAG.fullmatch(language)
    items = channel.findall("item")
    for item in items:
        _check_item(item)
    guids = [item.findtext("guid") for item in items]
    assert len(guids) == len(set(guids))
    check_reader(response, items)
    return items


def _check_item(item: ElementTree.Element) -> None:
    assert item.findtext("title") or item.findtext("description")
    assert item.find("description") is None or item.findtext("description")
    assert is_address(item.findtext("link"))
    day(item.findtext("pubDate"))
    assert LANGUAGE_TAG.fullmatch(item.findtext(f"{DUBLIN_CORE}language"))
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
    check_prose(item.findtext(f"{CONTENT}encoded"))
    check_prose(item.findtext("description"))


# --- Atom (RFC 4287) --------------------------------------------------------------------------------------------------
def read_atom(response) -> list[ElementTree.Element]:
    """Return the entries of a feed that keeps the rules."""
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = tree(response)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):  # 4.1.1: exactly one each
        assert len(feed.findall(f"{ATOM}{name}")) == 1, name
    assert re.match("urn:|https?:", feed.findtext(f"{ATOM}id"))
    (own,) = feed.findall(f"{ATOM}link[@rel='self']")
    assert own.get("href") == own_address(response)
    assert feed.findtext(f"{ATOM}author/{ATOM}name")  # or every entry would need one
    updated = moment(feed.findtext(f"{ATOM}updated"))
    entries = feed.findall(f"{ATOM}entry")
    assert all(LANGUAGE_TAG.fullmatch(each.get(XML_LANGUAGE, "en")) for each in (feed, *entries))
    for entry in entries:
        for name in ("id", "title", "updated"):  # 4.1.2
            assert len(entry.findall(f"{ATOM}{name}")) == 1, name
        assert moment(entry.findtext(f"{ATOM}published")) <= moment(entry.findtext(f"{ATOM}updated")) <= updated
        assert re.match("urn:uuid:", entry.findtext(f"{ATOM}id"))
        assert len(entry.findall(f"{ATOM}content")) <= 1
        for text in (*entry.findall(f"{ATOM}content"), *entry.findall(f"{ATOM}summary")):
            assert (text.get("type"), bool(text.text)) == ("html", True)
            check_prose(text.text)
        for enclosure in entry.findall(f"{ATOM}link[@rel='enclosure']"):
            assert int(enclosure.get("length")) > 0
            assert MEDIA_TYPE.fullmatch(enclosure.get("type"))
        assert len(entry.findall(f"{ATOM}link[@rel='alternate']")) == 1
        assert all(author.findtext(f"{ATOM}name") for author in entry.findall(f"{ATOM}author"))
        assert all(is_address(link.get("href")) for link in entry.findall(f"{ATOM}link"))
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))
    check_reader(response, entries)
    return entries


# --- JSON Feed 1.1 (jsonfeed.org/version/1.1) -------------------------------------------------------------------------
def read_json(response) -> list[dict]:
    """Return the items of a feed that keeps the rules."""
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = json.loads(response.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert feed["feed_url"] == own_address(response)
    assert all(LANGUAGE_TAG.fullmatch(each.get("language", "en")) for each in (feed, *feed["items"]))
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"])
    assert is_address(feed["home_page_url"])
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["id"]
        assert {"content_html", "content_text"} & set(item)  # at least one
        check_prose(item.get("content_html"))
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
    locations = [_location(url) for url in urls]
    assert len(locations) == len(set(locations))
    for url in urls:
        _in_order(url, SITEMAP, ("loc", "lastmod", "changefreq", "priority"))
        for news in url.findall(f"{NEWS}news"):
            _check_news(news)
        for link in url.findall(f"{XHTML}link"):
            assert link.get("rel") == "alternate"
            assert is_address(link.get("href"))
            assert link.get("hreflang") == "x-default" or LANGUAGE_TAG.fullmatch(link.get("hreflang"))
    return urls


def _check_news(news: ElementTree.Element) -> None:
    """Google's XSD for news, in words: what stands in it, in this order, and how languages are written."""
    optional = ("access", "genres", "keywords", "stock_tickers")
    names = ("publication", "access", "genres", "publication_date", "title", "keywords", "stock_tickers")
    _in_order(news, NEWS, names, optional=optional)
    assert len(news) == len([child for child in news if child.tag.startswith(NEWS)])
    _in_order(news.find(f"{NEWS}publication"), NEWS, ("name", "language"), optional=())
    assert re.fullmatch(r"zh-cn|zh-tw|[a-z]{2,3}", news.findtext(f"{NEWS}publication/{NEWS}language"))
    assert news.findtext(f"{NEWS}publication/{NEWS}name")
    assert news.findtext(f"{NEWS}title")
    moment(news.findtext(f"{NEWS}publication_date"))


def _in_order(
    parent: ElementTree.Element, space: str, names: tuple[str, ...], *, optional: tuple[str, ...] | None = None
) -> None:
    """Each of *names* once at most and in this order; those that are not *optional* (all but the first) must be."""
    found = [child.tag.removeprefix(space) for child in parent if child.tag.startswith(space)]
    assert found == [name for name in names if name in found]
    assert {name for name in names if name not in (names[1:] if optional is None else optional)} <= set(found)


def read_index(response) -> list[str]:
    """Return the addresses of the sitemaps in an index that keeps the rules."""
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return [_location(each) for each in _children(tree(response), "sitemapindex", "sitemap")]


def _children(root: ElementTree.Element, name: str, of: str) -> list[ElementTree.Element]:
    assert root.tag == f"{SITEMAP}{name}"
    assert {child.tag for child in root} == {f"{SITEMAP}{of}"}  # one at least
    assert len(root) <= 50_000
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
