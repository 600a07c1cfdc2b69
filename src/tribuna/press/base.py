"""What the press is made of: the key of a page, what is noted while it is printed, the stored page, and the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from django.utils.encoding import escape_uri_path

SITE = "site"  # the tag of every page
FRAGMENTS = "fragments"  # the tag of every stored part of a page, which outlives what is forgotten for the site
LOG_SECONDS = 24 * 60 * 60  # so long a purge stands in the log for nodes that were away
FOR_EVER = float("inf")
STORE_ERRORS = (OSError, sqlite3.Error)  # what a store may raise that can't be used

IDENTITY, GZIP, BROTLI = "identity", "gzip", "br"  # content codings (RFC 9110, 8.4.1)
SUFFIXES = {IDENTITY: "", GZIP: ".gz", BROTLI: ".br"}

# Beside pages, which are HTML and have addresses with a slash at the end, documents of these kinds are kept.
DOCUMENT_ENDINGS = (".json", ".md", ".txt", ".xml")


def is_document(path: str) -> bool:
    """Say whether *path* is that of a document, such as a feed, and not of a page."""
    return path.endswith(DOCUMENT_ENDINGS)


class Key(NamedTuple):
    """What tells two pages apart: never anything about who asks."""

    scheme: str
    host: str  # lower case, with a port only where it isn't the scheme's own
    path: str  # decoded; begins and ends with a slash
    query: str  # only names that belong to the key, sorted; mostly empty

    @property
    def url(self) -> str:
        """Return the address, written as Django writes it: so a CDN knows it."""
        return f"{self.scheme}://{self.host}{escape_uri_path(self.path)}{'?' if self.query else ''}{self.query}"


class Epoch(NamedTuple):
    """A time in which a store forgot nothing."""

    store: PageStore
    number: int


@dataclass(slots=True)
class Notes:
    """What was said while a page was printed."""

    tags: set[str] = field(default_factory=set)
    until: datetime | None = None
    epoch: Epoch | None = None  # when the printing began; what was read in an epoch is right for all of it


printing: ContextVar[Notes | None] = ContextVar("printing", default=None)


@contextmanager
def recorded(*, epoch: Epoch | None = None) -> Iterator[Notes]:
    """Give the notes of everything that is said to be shown inside the block; *epoch* tells when it was begun."""
    notes = Notes(epoch=epoch)
    token = printing.set(notes)
    try:
        yield notes
    finally:
        printing.reset(token)


@dataclass(frozen=True, slots=True)
class Printed:
    """A page that was just printed and may be kept."""

    headers: tuple[tuple[str, str], ...]  # those that belong to every coding of it
    body: bytes
    tags: frozenset[str]
    until: float = FOR_EVER  # POSIX seconds after which it is no longer right


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of pages that was printed once."""

    html: str
    tags: frozenset[str]
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page out of the store."""

    headers: tuple[tuple[str, str], ...]
    bodies: Mapping[str, bytes]  # by content coding; identity is always there
    stamp: int  # made from the content; with a body's length it is the ETag
    printed_at: float  # POSIX seconds
    is_current: Callable[[], bool]  # nobody has changed what it shows since, in whichever process

    def etag(self, coding: str) -> str:
        """Return the strong ETag of one coding (RFC 9110, 8.8.3), the same that nginx gives the file."""
        return f'"{self.stamp:x}-{len(self.bodies[coding]):x}"'

    @property
    def size(self) -> int:
        """Return the number of bytes of all bodies."""
        return sum(map(len, self.bodies.values()))


@dataclass(frozen=True, slots=True)
class Status:
    """What a store holds and what its fronts have counted."""

    entries: int = 0
    size: int = 0  # bytes
    outdated: int = 0  # entries kept only for when the database is away
    counts: Mapping[str, int] = field(default_factory=dict)
    refusals: tuple[tuple[str, str], ...] = ()  # (path, why it was not stored), the latest first


class PageStore(Protocol):
    """Keeps printed pages for one node. Safe for many processes and threads at once.

    Whoever prints takes the ``epoch`` first; ``keep`` refuses what shows a tag that was forgotten since.
    """

    def epoch(self) -> int:
        """Return the number of times that something was forgotten."""
        ...

    def find(self, key: Key, *, outdated_within: float = 0) -> StoredPage | None:
        """Return the page, whole and right; or one that was right up to *outdated_within* seconds ago."""
        ...

    def keep(self, key: Key, page: Printed, *, since: int) -> StoredPage | None:
        """Keep *page*, whose printing began at the epoch *since*, and return it as stored; None if it is refused."""
        ...

    def fragment(self, name: str) -> Fragment | None:
        """Return the part of pages that is called *name*, if it is right."""
        ...

    def keep_fragment(self, name: str, fragment: Fragment, *, since: int) -> None:
        """Keep a part of pages, whose printing began at the epoch *since*, until one of its tags is forgotten."""
        ...

    def is_forgotten(self, tags: Iterable[str], *, since: int) -> bool:
        """Say whether one of *tags* was forgotten after the epoch *since*, or may have been."""
        ...

    def forget(self, tags: Iterable[str], *, withdrawn: bool = False, purge: str | None = None) -> list[Key]:
        """Forget all pages with one of *tags* and return which; nothing twice for one *purge*, a token in the log.

        With them go the fragments of these tags. All of them go for FRAGMENTS, and for SITE if that was *withdrawn*.
        """
        ...

    def turn(self, key: Key, patience: float) -> AbstractContextManager[bool]:
        """Wait up to *patience* seconds to be the only one who prints *key*; tell whether one is."""
        ...

    def note(self, counts: Mapping[str, int], *, read: Iterable[Key], refusals: Mapping[str, str]) -> None:
        """Take down what a front has counted, which pages it served, and which paths it could not store, and why."""
        ...

    def status(self) -> Status:
        """Return what there is, and what was counted."""
        ...

    def tidy(self, *, is_start: bool = False) -> None:
        """Clear away what has run out. At the start of the server also make sure that what is there can be trusted."""
        ...
