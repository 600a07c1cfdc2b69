"""RSS 2.0, with Atom's links, Dublin Core's names, the whole text as content:encoded, and pictures by Media RSS."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Enclosure, Rss201rev2Feed, SyndicationFeed
from django.utils.xmlutils import SimplerXMLGenerator

from tribuna.syndication.base import Channel, Entry, Picture

KIND = "application/rss+xml"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
_NO_XML = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF])


class _Rss(Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        vocabularies = {"xmlns:content": CONTENT, "xmlns:dc": DUBLIN_CORE, "xmlns:media": MEDIA}
        return {**super().rss_attributes(), **vocabularies}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for hub in self.feed["hubs"]:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": hub})
        if logo := self.feed["small_logo"]:
            facts = {"url": logo.url, "title": self.feed["title"], "link": self.feed["link"]}
            handler.startElement("image", AttributesImpl({}))
            for name, value in {**facts, "width": str(logo.width), "height": str(logo.height)}.items():
                handler.addQuickElement(name, value)
            handler.endElement("image")

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        for person in entry.authors:
            handler.addQuickElement("dc:creator", cleaned(person.name))
        handler.addQuickElement("dc:language", entry.language)
        if entry.html:
            handler.addQuickElement("content:encoded", cleaned(entry.html))
        if entry.picture:
            add_media(handler, entry.picture)

    def latest_post_date(self) -> Any:
        return self.feed["updated"]


def write(channel: Channel) -> str:
    """Return *channel* as RSS."""
    return filled(_Rss, channel, enclosed=lambda picture: [enclosure(picture)])


def filled(
    kind: type[SyndicationFeed], channel: Channel, *, enclosed: Callable[[Picture], list[Enclosure]], **more: Any
) -> str:
    """Return *channel* as a feed of Django's *kind*; each item holds its ``entry``."""
    feed = kind(
        cleaned(channel.title),
        channel.url,
        cleaned(channel.description),
        language=channel.language or None,
        feed_url=channel.feed_url,
        feed_guid=channel.id,
        hubs=channel.hubs,
        logo=channel.logo,
        small_logo=channel.small_logo,
        updated=channel.updated,
        **more,
    )
    for entry in channel.entries:
        feed.add_item(
            cleaned(entry.title),
            entry.url,
            escape(cleaned(entry.summary)) or None,  # type: ignore[arg-type]  # taken for HTML; None is left out
            unique_id=entry.id,
            unique_id_is_permalink=False,
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=[cleaned(topic) for topic in entry.topics],
            enclosures=enclosed(entry.picture) if entry.picture else [],
            entry=entry,
        )
    return feed.writeString("utf-8")


def cleaned(text: str) -> str:
    """Return *text* without what XML can't hold (XML 1.0, 2.2), which may have come from another system."""
    return text.translate(_NO_XML)


def enclosure(picture: Picture) -> Enclosure:
    """Return *picture* as something to fetch with a story."""
    return Enclosure(picture.url, str(picture.size), picture.kind)


def add_media(handler: SimplerXMLGenerator, picture: Picture) -> None:
    """Write *picture* as Media RSS has it."""
    size = {"width": str(picture.width), "height": str(picture.height)}
    about = {"url": picture.url, "type": picture.kind, "medium": "image", **size}
    handler.startElement("media:content", AttributesImpl(about))
    if picture.alt:
        handler.addQuickElement("media:description", cleaned(picture.alt), {"type": "plain"})
    if picture.credit:
        handler.addQuickElement("media:credit", cleaned(picture.credit))
    handler.endElement("media:content")
