"""What passes from queries to writers: channels, entries, addresses. Plain facts, each address in full."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

# A product token (RFC 9309, 2.2.1); figures are seen in life.
AGENT = re.compile(r"[A-Za-z0-9_-]+")

type Attributes = dict[str, str]


class Person(NamedTuple):
    """Whoever wrote it."""

    name: str
    url: str


class Picture(NamedTuple):
    """A picture in one size."""

    url: str
    kind: str  # media type
    size: int  # bytes; 0 where nobody knows
    width: int
    height: int
    alt: str
    credit: str


class Logo(NamedTuple):
    """The publication's logo in one size."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A story in a feed."""

    id: str
    url: str
    title: str
    summary: str
    html: str  # the whole text; empty where only the summary is to be given
    language: str
    published: datetime
    updated: datetime
    authors: tuple[Person, ...] = ()
    topics: tuple[str, ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed."""

    id: str
    title: str
    description: str
    url: str  # of the page that shows the same to readers
    feed_url: str
    publisher: Person
    language: str  # empty where its stories are in several
    updated: datetime
    hubs: tuple[str, ...]
    entries: tuple[Entry, ...]
    logo: Logo | None = None
    small_logo: Logo | None = None  # the same within 144 by 400 pixels (RSS 2.0)


class Stop(NamedTuple):
    """A page in a sitemap."""

    url: str
    changed: datetime | None
    versions: tuple[tuple[str, str], ...] = ()  # (language, address), itself among them; none for a page without others


class News(NamedTuple):
    """A story in the sitemap of news."""

    url: str
    title: str
    language: str
    published: datetime
