"""Clients that look at what comes back: one request at a time, and comments sent through the real form."""

from __future__ import annotations

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from bench.harness import NotMeasured
from bench.inside import ANSWER

TIMEOUT_SECONDS = 20
_TOKEN = re.compile(r'name="token" value="([^"]+)"')
_COMMENT = re.compile(r'id="comment-(\d+)"')
_FORM = re.compile(r'href="(/[a-z]+/articles/\d+/comments/new/)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


class Reader:
    """One client with one connection, which it opens again when it was closed. *source* is its own address."""

    def __init__(self, address: str, *, source: str = "") -> None:
        parts = urlsplit(address)
        own = (source, 0) if source else None
        self._connection = http.client.HTTPConnection(
            parts.hostname or "", parts.port, timeout=TIMEOUT_SECONDS, source_address=own
        )

    def get(self, path: str, **headers: str) -> Answer:
        """Fetch *path*; ``accept_encoding="gzip"`` is the header Accept-Encoding."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            return self._ask("GET", path, None, named)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):  # it was kept too long
            self._connection.close()
            return self._ask("GET", path, None, named)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send *fields* as a form does."""
        return self._ask("POST", path, urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"})

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        self._connection.request(method, path, body, dict(headers))
        answer = self._connection.getresponse()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())


def fetched(address: str, path: str, **headers: str) -> Answer:
    """Fetch *path* once. Raises NotMeasured unless it is there (or, when a copy is named, unchanged)."""
    reader = Reader(address)
    try:
        answer = reader.get(path, **headers)
    finally:
        reader.close()
    if answer.status not in {200, 304}:
        raise NotMeasured(f"{path} answered {answer.status}")
    return answer


def comments_in(page: Answer) -> int:
    """Return how many comments the article *page* shows."""
    return len(set(_COMMENT.findall(page.text)))


def form_path(page: Answer) -> str:
    """Return where a comment on the article *page* is written."""
    found = _FORM.search(page.text)
    if found is None:
        raise NotMeasured("the article leads to no comment form")
    return found[1]


def reader_of(number: int, address: str) -> Reader:
    """Return a reader from a network of its own, for who sends many comments from one is asked to wait.

    All of 127.0.0.0/8 is this machine; each number is another /24.
    """
    return Reader(address, source=f"127.{number // 250 % 250 + 1}.{number % 250 + 1}.1")


def filled_form(address: str, path: str, number: int) -> dict[str, str]:
    """Return what a reader is going to send: a form that asks the newsroom's question, and is answered right.

    It is the real form with a real human check; it was asked for in advance because nobody may send it within
    TRIBUNA_FORM_MINIMUM_SECONDS.
    """
    reader = Reader(address)
    try:
        found = _TOKEN.search(reader.post(path, {"another": "question"}).text)
    finally:
        reader.close()
    if found is None:
        raise NotMeasured("the comment form offers no question")
    said = {"text": f"This is remark {mark_of(number)}, and nobody said it before.", "name": name_of(number)}
    return {**said, "language": "en", "token": found[1], "answer": ANSWER}


def name_of(number: int) -> str:
    """Return who sends the comment of this *number*."""
    return f"Visitor {number}"


def mark_of(number: int) -> str:
    """Return the word by which the comment of this *number* is found again."""
    return f"c{number:06}x"
