"""Printing pages before a reader asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote_to_bytes, urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings

from tribuna.press.front import Front
from tribuna.press.front.answers import Reply
from tribuna.press.front.asked import Environ, asked_for

PRINTED, THERE = "printed", "there"
FULL_SHARE = 0.95
LOOKS_EVERY = 50


def warm_pages(front: Front, urls: Iterable[str]) -> Iterator[str]:
    """Have the page at each of *urls* stored. Yields what became of each: PRINTED, THERE, or why it can't be stored.

    Ends early when the store is full: a page more would push out one that was printed before it.
    """
    for number, url in enumerate(urls):
        if number % LOOKS_EVERY == 0 and _is_full(front):
            return
        yield _warm(front, url)


def _is_full(front: Front) -> bool:
    return front.store.status().size > settings.TRIBUNA_PRESS_MAXIMUM_BYTES * FULL_SHARE


def _warm(front: Front, url: str) -> str:
    environ = _environ(url)
    asked = asked_for(environ)
    if asked is None:
        return "its address can't be read"
    if front.store.find(asked.key) is not None:
        return THERE
    why_not = _ask(front, environ)
    return PRINTED if front.store.find(asked.key) is not None else why_not or "the press did not keep it"


def _ask(front: Front, environ: Environ) -> str:
    """Ask *front* for a page and return why it can't be stored; empty if nothing speaks against it."""
    reply = Reply()
    body = front(environ, reply.start_response)
    try:
        for _part in body:
            pass
    finally:
        if hasattr(body, "close"):
            body.close()
    return reply.why_not_kept(environ["PATH_INFO"])


def _environ(url: str) -> Environ:
    """Return what a server would hand over for a GET of *url*."""
    parts = urlsplit(url)
    environ = {
        "HTTP_HOST": parts.netloc,
        "HTTP_SEC_FETCH_SITE": "same-origin",  # no outdated copy will do
        "PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"),
        "REMOTE_ADDR": "127.0.0.1",
        "REQUEST_METHOD": "GET",
        "wsgi.url_scheme": parts.scheme,
    }
    setup_testing_defaults(environ)
    return environ
