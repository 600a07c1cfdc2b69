"""Feeds: RSS 2.0 and its forerunners, RSS 1.0 (RDF), Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape

from tribuna.core.markup import text_of
from tribuna.core.text import clean_line
from tribuna.importers.base import Dispatch, WirePicture
from tribuna.importers.sources.wires.moments import moment
from tribuna.importers.sources.wires.trees import Element

_WEB = ("http://", "https://")


def dispatches(root: Element) -> Iterator[Dispatch]:
    """Yield the stories of the feed, as far as they are whole."""
    channel = root.first("channel") or root
    for each in [root] if root.name == "atom:entry" else root.within("item", "atom:entry"):
        if each.is_whole:
            yield _of_atom(each, root) if each.name == "atom:entry" else _of_rss(each, channel)


def _of_rss(item: Element, channel: Element) -> Dispatch:
    guid = item.first("guid")
    is_address = guid is not None and guid.attributes.get("isPermaLink") != "false" and guid.text.startswith(_WEB)
    link = item.get("link") or (guid.text if guid is not None and is_address else "")
    whole, short = item.get("content:encoded"), item.get("description")
    key = item.get("guid") or item.attributes.get("rdf:about", "") or link
    return Dispatch(
        key=key or clean_line(f"{item.get('pubDate')} {item.get('title')}"),
        title=_line(item.get("title")),
        summary=text_of(short) if whole else "",
        html=whole or short,
        language=item.get("dc:language") or channel.get("language") or channel.get("dc:language"),
        byline=item.line("dc:creator") or item.line("author"),
        credit=item.line("source") or channel.line("title"),
        terms=item.line("dc:rights") or channel.line("copyright") or channel.line("dc:rights"),
        address=link,
        published_at=_first_moment(item, "pubDate", "dc:date", "dcterms:issued"),
        embargo=_first_moment(item, "dcterms:available"),
        picture=_picture(item),
    )


def _of_atom(entry: Element, feed: Element) -> Dispatch:
    link = _link(entry, "alternate")
    whole, short = _marked_up(entry.first("atom:content")), _marked_up(entry.first("atom:summary"))
    people = entry.all("atom:author", "atom:name") or feed.all("atom:author", "atom:name")
    return Dispatch(
        key=entry.get("atom:id") or link,
        title=_line(_marked_up(entry.first("atom:title"))),
        summary=text_of(short) if whole else "",
        html=whole or short,
        language=entry.language,
        byline=", ".join(clean_line(each.text) for each in people),
        credit=_line(_marked_up(entry.first("atom:source", "atom:title") or feed.first("atom:title"))),
        terms=_line(_marked_up(entry.first("atom:rights") or feed.first("atom:rights"))),
        address=link,
        published_at=_first_moment(entry, "atom:published", "atom:updated"),
        embargo=_first_moment(entry, "dcterms:available"),
        picture=_picture(entry),
    )


def _line(html: str) -> str:
    """Return a title, which may be HTML in some feeds and a plain text in others, as a line."""
    return clean_line(text_of(html))


def _first_moment(item: Element, *names: str) -> datetime | None:
    return next((found for name in names if (found := moment(item.get(name)))), None)


def _marked_up(construct: Element | None) -> str:
    """Return a text construct of Atom (RFC 4287, 3.1) as HTML."""
    if construct is None:
        return ""
    kind = construct.attributes.get("type", "text")
    if kind == "xhtml":
        return (construct.first("html:div") or construct).html()
    return construct.text if kind in {"html", "text/html"} else escape(construct.text, quote=False)


def _link(entry: Element, relation: str) -> str:
    links = [each for each in entry.all("atom:link") if each.attributes.get("rel", "alternate") == relation]
    return next((each.attributes.get("href", "") for each in links), "")


def _picture(item: Element) -> WirePicture | None:
    """Return the largest picture that the item names beside its text."""
    found = [each for each in item.within("media:content") if _is_picture(each, "url")]
    found += list(item.within("media:thumbnail"))[:1] if not found else []
    found += [each for each in item.all("enclosure") if _is_picture(each, "url")]
    found += [each for each in item.all("atom:link") if _is_enclosed(each)]
    if not found:
        return None
    best = max(found, key=_width)
    beside = [best, *item.within("media:group"), item]
    return WirePicture(
        url=best.attributes.get("url", "") or best.attributes.get("href", ""),
        caption=_said(beside, "media:description") or best.attributes.get("title", ""),
        alt=_said(beside, "media:title"),
        credit=_said(beside, "media:credit"),
    )


def _is_picture(element: Element, name: str) -> bool:
    kind = element.attributes.get("medium") or element.attributes.get("type", "")
    return kind.startswith("image") and bool(element.attributes.get(name))


def _is_enclosed(link: Element) -> bool:
    return link.attributes.get("rel") == "enclosure" and _is_picture(link, "href")


def _width(element: Element) -> int:
    text = element.attributes.get("width", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _said(places: list[Element], name: str) -> str:
    return next(filter(None, (place.line(name) for place in places)), "")
