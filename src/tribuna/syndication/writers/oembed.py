"""oEmbed 1.0: a card for a story on somebody else's page, without a script."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape as escape_xml

from django.utils.html import escape

from tribuna.newsroom.models import ArticlePage
from tribuna.syndication.base import Person, Picture
from tribuna.syndication.writers.rss import cleaned

KINDS = {"json": "application/json", "xml": "text/xml"}
CARD_WIDTH, CARD_HEIGHT = 600, 200
CARD_MINIMUM = 200  # narrower or lower than this there is no room for a card
CACHE_SECONDS = 60 * 60

type Facts = Mapping[str, str | int]


def card(
    story: ArticlePage, *, address: str, publisher: Person, authors: list[Person], picture: Picture | None, room: Room
) -> Facts:
    """Return what stands for *story*: a card where there is *room* for it, else a link."""
    facts: dict[str, str | int] = {
        "version": "1.0",
        "type": "link",
        "title": story.title,
        "provider_name": publisher.name,
        "provider_url": publisher.url,
        "cache_age": CACHE_SECONDS,
    }
    if authors:
        facts |= {"author_name": ", ".join(author.name for author in authors), "author_url": authors[0].url}
    if picture and picture.width <= room[0] and picture.height <= room[1]:
        facts |= {"thumbnail_url": picture.url, "thumbnail_width": picture.width, "thumbnail_height": picture.height}
    if min(room) >= CARD_MINIMUM:
        size = {"width": int(min(CARD_WIDTH, room[0])), "height": int(min(CARD_HEIGHT, room[1]))}
        facts |= {"type": "rich", "html": _html(story, address, publisher), **size}
    return facts


type Room = tuple[float, float]  # pixels, width and height


def _html(story: ArticlePage, address: str, publisher: Person) -> str:
    summary = f"<p>{escape(story.standfirst)}</p>" if story.standfirst else ""
    title = f'<p><a href="{escape(address)}">{escape(story.title)}</a></p>'
    return f'<blockquote lang="{story.language}">{title}{summary}<p>{escape(publisher.name)}</p></blockquote>'


def write(facts: Facts, form: str) -> str:
    """Return *facts* in one of KINDS."""
    if form == "json":
        return json.dumps(facts, ensure_ascii=False)
    items = "".join(f"<{name}>{escape_xml(cleaned(str(value)))}</{name}>" for name, value in facts.items())
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{items}</oembed>\n'


def room(parameters: Mapping[str, Any]) -> Room:
    """Return how much room the asker has. Raises ValueError for what is no number of pixels."""
    width, height = (float(parameters.get(name) or "inf") for name in ("maxwidth", "maxheight"))
    if not (width > 0 and height > 0):
        raise ValueError("There is no room for anything.")
    return width, height
