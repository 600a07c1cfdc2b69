"""Atom (RFC 4287)."""

from __future__ import annotations

from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from tribuna.syndication.base import Channel, Entry
from tribuna.syndication.writers.rss import MEDIA, add_media, cleaned, enclosure, filled

KIND = "application/atom+xml"


class _Atom(Atom1Feed):
    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:media": MEDIA}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for hub in self.feed["hubs"]:
            handler.addQuickElement("link", "", {"rel": "hub", "href": hub})
        if logo := self.feed["logo"]:
            handler.addQuickElement("logo", logo.url)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        language = item["entry"].language
        return {"xml:lang": language} if language != self.feed["language"] else {}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        for person in entry.authors:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", cleaned(person.name))
            if person.url:
                handler.addQuickElement("uri", person.url)
            handler.endElement("author")
        if entry.html:
            handler.addQuickElement("content", cleaned(entry.html), {"type": "html"})
        if entry.picture:
            add_media(handler, entry.picture)

    def latest_post_date(self) -> Any:
        return self.feed["updated"]


def write(channel: Channel) -> str:
    """Return *channel* as Atom. Its publisher is the author of what has no author (RFC 4287, 4.2.1)."""
    name, url = channel.publisher
    return filled(
        _Atom,
        channel,
        enclosed=lambda picture: [enclosure(picture)],
        subtitle=cleaned(channel.description) or None,
        author_name=cleaned(name),
        author_link=url,
    )
