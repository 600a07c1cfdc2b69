"""Answers made of stored pages, ready to send; and those of Django, looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import Any
from wsgiref.types import StartResponse

from django.conf import settings

from tribuna.press.base import IDENTITY, SUFFIXES, StoredPage, is_document

type Headers = list[tuple[str, str]]

HTML = "text/html"
DOCUMENT_KINDS = {
    "application/atom+xml",
    "application/feed+json",
    "application/json",
    "application/rsl+xml",
    "application/rss+xml",
    "application/xml",
    "text/markdown",
    "text/plain",
}

FRESHNESS = "public, max-age=0, must-revalidate"  # whoever keeps a copy asks each time whether it is still right
OUTDATED_IF_ERROR_SECONDS = 24 * 60 * 60

# What belongs to one coding, one connection or one moment, and is made anew.
_NOT_KEPT = {
    "content-length",
    "content-encoding",
    "etag",
    "last-modified",
    "cache-control",
    "vary",
    "date",
    "connection",
}


_FOR_CACHES = {"Cache-Control", "Vary", "CDN-Cache-Control", "Cache-Tag", "Surrogate-Key"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One coding of a stored page."""

    etag: str
    headers: Headers
    headers_not_modified: Headers
    body: list[bytes]


def answers_of(page: StoredPage) -> Mapping[str, Answer]:
    """Return an answer for each coding that a reader may ask for; the plain one where *page* has no such body."""
    return {coding: _answer(page, coding if coding in page.bodies else IDENTITY) for coding in SUFFIXES}


def _answer(page: StoredPage, coding: str) -> Answer:
    etag, body = page.etag(coding), page.bodies[coding]
    about = [("Content-Encoding", coding)] if coding != IDENTITY else []
    headers = [*page.headers, ("ETag", etag), *about, ("Content-Length", str(len(body)))]
    not_modified = [(name, value) for name, value in page.headers if name in _FOR_CACHES]  # RFC 9110, 15.4.5
    return Answer(etag, headers, [*not_modified, ("ETag", etag)], [body])


def agrees(if_none_match: str, etag: str) -> bool:
    """Say whether the reader's copy is the one with *etag* (RFC 9110, 13.1.2: compared weakly)."""
    if if_none_match == etag:
        return True
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag in tags or "*" in tags


def kept_headers(headers: Headers, tags: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the headers to store with a page that shows *tags*."""
    kept = [(name, value) for name, value in headers if name.lower() not in _NOT_KEPT]
    kept += [("Cache-Control", FRESHNESS), ("Vary", "Accept-Encoding")]
    if seconds := settings.TRIBUNA_PRESS_CDN_SECONDS:
        words = sorted(tags)
        rule = f"max-age={seconds}, stale-if-error={OUTDATED_IF_ERROR_SECONDS}"
        kept += [("CDN-Cache-Control", rule), ("Cache-Tag", ",".join(words)), ("Surrogate-Key", " ".join(words))]
    return tuple(kept)


def for_one_reader(headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return *headers* for an answer that is right enough for who asked just now, and that nobody may keep."""
    kept = [(name, value) for name, value in headers if name not in _FOR_CACHES]
    return (*kept, ("Cache-Control", "no-cache"), ("Vary", "Accept-Encoding"))


class Reply:
    """What Django answers, before anything is sent."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: Headers = []
        self.body: Iterable[bytes] = ()

    def start_response(self, status: str, headers: Headers, exc_info: Any = None) -> Any:
        """Take status and headers down (PEP 3333)."""
        self.status, self.headers = status, headers
        return BytesIO().write

    @property
    def code(self) -> int:
        """Return the status as a number."""
        return int(self.status[:3])

    def header(self, name: str) -> str:
        """Return the values of a header, joined with commas; empty without one."""
        return ", ".join(value for each, value in self.headers if each.lower() == name)

    @property
    def kind(self) -> str:
        """Return the media type."""
        return self.header("content-type").partition(";")[0].strip().lower()

    def words(self, name: str) -> set[str]:
        """Return the items of a header that is a list, in lower case."""
        return {word.strip() for word in self.header(name).lower().split(",")} - {""}

    def send(self, start_response: StartResponse) -> Iterable[bytes]:
        """Send it as it is."""
        start_response(self.status, self.headers)
        return self.body

    def why_not_kept(self, path: str) -> str:
        """Return why this answer for *path* is nobody's business but the asker's; empty if everybody may have it."""
        rules = {rule.partition("=")[0] for rule in self.words("cache-control")}
        varies = self.words("vary") - {"accept-encoding"}
        flaws = {
            f"status {self.code}": self.code != HTTPStatus.OK,
            "it says no-store or private": bool(rules & {"no-store", "private"}),
            "it sets a cookie": bool(self.header("set-cookie")),
            f"it varies on {', '.join(sorted(varies))}": bool(varies),
            "it is not HTML": not is_document(path) and self.kind != HTML,
            "it is no document": is_document(path) and self.kind not in DOCUMENT_KINDS,
            "it has a coding of its own": bool(self.header("content-encoding")),
        }
        return next((flaw for flaw, is_so in flaws.items() if is_so), "")
