"""A press without a newsroom: a store in a folder of its own, and an application that prints what it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

from tribuna.press.actions import shows
from tribuna.press.base import Key, Printed
from tribuna.press.stores.files import FilesStore

KEY = Key("http", "news.test", "/en/city/", "")


def store_in(folder: Path, settings: Any, *, maximum_bytes: int = 10_000_000) -> FilesStore:
    """Return a new store in *folder*, as another process would open it too."""
    settings.TRIBUNA_PRESS_FOLDER = folder
    settings.TRIBUNA_PRESS_MAXIMUM_BYTES = maximum_bytes
    return FilesStore()


def printed(text: str = "ferry", *tags: str, until: float = float("inf")) -> Printed:
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "public"))
    return Printed(headers, text.encode(), frozenset({"site", *tags}), until)


def environ(path: str = "/en/city/", query: str = "", method: str = "GET", **headers: str) -> dict[str, Any]:
    """Return what a server hands over for a request; *headers* as ``accept_encoding="gzip"``."""
    told = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "HTTP_HOST": "news.test",
        "REMOTE_ADDR": "192.0.2.7",
        "wsgi.url_scheme": "http",
        **told,
    }


def asked(path: str, query: str = "", **headers: str) -> dict[str, Any]:
    """Return what a server hands over for a GET of *path*, with all that Django wants besides."""
    found = environ(path, query=query, **headers)
    setup_testing_defaults(found)
    return found


@dataclass
class Answered:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(front: Callable[..., Iterable[bytes]], asked: dict[str, Any]) -> Answered:
    """Return what *front* answers, read to its end and closed as a server does it."""
    started: list[Any] = []
    body = front(asked, lambda status, headers, exc_info=None: started.append((status, headers)))
    content = b"".join(body)
    with suppress(AttributeError):
        body.close()  # type: ignore[attr-defined]
    ((status, headers),) = started
    return Answered(int(status[:3]), dict(headers), content)


@dataclass
class Application:
    """Prints *text* and says that it shows *tags*; counts how often it was asked."""

    text: str = "ferry"
    tags: tuple[str, ...] = ("page:1",)
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = ()
    asked: list[dict[str, Any]] = field(default_factory=list)
    closed: int = 0
    meanwhile: Callable[[], object] = lambda: None  # what happens between reading and answering

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        self.asked.append(environ)
        shows(*self.tags)
        body = self.text.encode()
        self.meanwhile()
        start_response(self.status, [("Content-Type", "text/html; charset=utf-8"), *self.headers])
        return _Body([body], self)


class _Body(list[bytes]):
    def __init__(self, parts: list[bytes], application: Application) -> None:
        super().__init__(parts)
        self.application = application

    def close(self) -> None:
        self.application.closed += 1
