"""JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tribuna.syndication.base import Channel, Entry, Person

KIND = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def write(channel: Channel) -> str:
    """Return *channel* as JSON."""
    feed = {
        "version": VERSION,
        "title": channel.title,
        "home_page_url": channel.url,
        "feed_url": channel.feed_url,
        "description": channel.description,
        "language": channel.language,
        "icon": channel.logo and channel.logo.url,
        "authors": _people([channel.publisher]),
        "hubs": [{"type": "WebSub", "url": hub} for hub in channel.hubs],
    }
    return json.dumps({**_said(feed), "items": [_item(entry) for entry in channel.entries]}, ensure_ascii=False)


def _item(entry: Entry) -> dict[str, Any]:
    picture = entry.picture
    attachment = picture and {"url": picture.url, "mime_type": picture.kind, "size_in_bytes": picture.size}
    return _said(
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "content_html": entry.html,
            "content_text": "" if entry.html else entry.summary or entry.title,  # one of the two is required
            "summary": entry.summary,
            "image": picture and picture.url,
            "date_published": _moment(entry.published),
            "date_modified": _moment(entry.updated),
            "authors": _people(entry.authors),
            "tags": list(entry.topics),
            "language": entry.language,
            "attachments": attachment and [_said(attachment)],
        }
    )


def _people(people: Iterable[Person]) -> list[dict[str, Any]]:
    return [_said({"name": person.name, "url": person.url}) for person in people]


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _said(facts: dict[str, Any]) -> dict[str, Any]:
    """Return *facts* without those that say nothing."""
    return {name: value for name, value in facts.items() if value}
