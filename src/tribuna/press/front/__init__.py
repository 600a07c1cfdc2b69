"""The WSGI application in front of Django: answers stored pages without it, and prints what is missing.

A page that is at hand costs one look at its file, which tells at once when another process has forgotten it. What isn't
stored is printed by one process at a time; the others wait for it a moment, then take what was right until just now,
and when the database is away that is what everybody gets.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIApplication

from django.conf import settings

from tribuna.press.actions import page_store
from tribuna.press.base import SITE, STORE_ERRORS, Epoch, Key, PageStore, Printed, StoredPage, recorded
from tribuna.press.front.answers import OUTDATED_IF_ERROR_SECONDS, Reply, agrees, for_one_reader, kept_headers
from tribuna.press.front.asked import Asked, Environ, asked_for, coding_for, may_have_caused_it
from tribuna.press.front.memory import UNSTORED_SECONDS, Held, Marks, Memory, Tally
from tribuna.press.front.people import is_person
from tribuna.press.signals import pages_read

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 0.5  # for a page that somebody else is printing
OWN_PATIENCE_SECONDS = 10.0  # of who may have caused it to be printed, and must see what they did
TURNS = 256  # locks for so many pages that are printed at a time
OUTDATED_SECONDS = 5.0  # so long after a change may others get what was there before it
FAILING_SECONDS = 1.0  # so long nobody tries again to print what just failed
_NOTHING = [b""]  # one part is sent at once, where none would be a stream that ends


class Front:
    """Answers from *store* what it can, and hands the rest on to *application*."""

    def __init__(self, application: WSGIApplication, store: PageStore | None = None) -> None:
        self.application = application
        self.store = store or page_store()
        self.memory = Memory(settings.TRIBUNA_PRESS_MEMORY_BYTES)
        self.unstored, self.failing = Marks(UNSTORED_SECONDS), Marks(FAILING_SECONDS)
        self.tally = Tally()
        self._tally_lock = threading.Lock()
        self._turns = [threading.Lock() for _ in range(TURNS)]

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self.application(environ, start_response)
        asked = asked_for(environ)
        if asked is None:
            return self.application(environ, start_response)
        if not asked.may_be_stored:
            return self.application({**environ, "QUERY_STRING": asked.passed}, start_response)
        held = self.memory.get(asked.key)
        if held is None:
            return self._missed(asked, environ, start_response)
        self.tally.hits += 1
        if time.monotonic() > self.tally.due:
            self._write_down()
        return _send(held, environ, start_response)

    def _missed(self, asked: Asked, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer with what another process has stored, or print it."""
        key = asked.key
        environ = {**environ, "QUERY_STRING": asked.passed}
        if key in self.unstored:
            self._count("unstored")
            return self.application(environ, start_response)
        is_own = may_have_caused_it(environ)
        patience = OWN_PATIENCE_SECONDS if is_own else PATIENCE_SECONDS
        try:
            found = self._found(key, outdated_within=OUTDATED_IF_ERROR_SECONDS) if key in self.failing else None
            if found is None:
                with self._turn(key, patience) as is_mine:
                    held = self.memory.get(key)  # another thread has it by now
                    if held is not None:
                        self._count("found")
                        return _send(held, environ, start_response)
                    found = self._found(key, outdated_within=0 if is_mine or is_own else OUTDATED_SECONDS)
                    if found is None:
                        return self._print(key, environ, start_response)
        except STORE_ERRORS:
            logger.exception("The store of printed pages can't be used.")
            return self.application(environ, start_response)
        self._count("found")
        return _send(self.memory.put(key, found), environ, start_response)

    @contextmanager
    def _turn(self, key: Key, patience: float) -> Iterator[bool]:
        """Wait for those who print *key*: for the threads of this process first, who need not keep looking."""
        deadline = time.monotonic() + patience
        here = self._turns[hash(key) % len(self._turns)]
        is_first = here.acquire(timeout=patience)
        try:
            with self.store.turn(key, max(0.0, deadline - time.monotonic())) as is_mine:
                yield is_first and is_mine
        finally:
            if is_first:
                here.release()

    def _found(self, key: Key, *, outdated_within: float) -> StoredPage | None:
        """Return the page, or for one reader what was right up to some seconds ago."""
        found = self.store.find(key)
        if found is None and outdated_within:
            found = self.store.find(key, outdated_within=outdated_within)
            found = found and replace(found, headers=for_one_reader(found.headers))
        return found

    def _print(self, key: Key, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        since, reply = self.store.epoch(), Reply()
        is_head = environ["REQUEST_METHOD"] == "HEAD"
        with recorded(epoch=Epoch(self.store, since)) as notes:
            reply.body = self.application({**environ, "REQUEST_METHOD": "GET"}, reply.start_response)
        why_not = reply.why_not_kept(key.path) or ("" if notes.tags else "it does not say what it shows")
        if why_not:
            return self._not_kept(key, reply, why_not, environ, start_response)
        body = b"".join(reply.body)
        _close(reply)
        tags = frozenset({SITE, *notes.tags})
        headers = kept_headers(reply.headers, tags)
        until = notes.until.timestamp() if notes.until else float("inf")
        stored = self.store.keep(key, Printed(headers, body, tags, until), since=since)
        self._count("printed")
        if stored is None:  # it changed while it was printed: right when it was asked for, but nobody else may have it
            start_response(reply.status, [*for_one_reader(headers), ("Content-Length", str(len(body)))])
            return _NOTHING if is_head else [body]
        return _send(self.memory.put(key, stored), environ, start_response)

    def _not_kept(
        self, key: Key, reply: Reply, why: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Send what Django answered; where that is an error of ours, rather what was right before."""
        if reply.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.failing.add(key)
            outdated = self._found(key, outdated_within=OUTDATED_IF_ERROR_SECONDS)
            if outdated is not None:
                _close(reply)
                self._count("outdated")
                return _send(self.memory.put(key, outdated), environ, start_response)
        else:
            self.unstored.add(key)
        self._count("unstored", why=why, path=key.path)
        if environ["REQUEST_METHOD"] == "HEAD":
            _close(reply)
            reply.body = ()
        return reply.send(start_response)

    def _count(self, what: str, *, why: str = "", path: str = "") -> None:
        """Count one answer; every few seconds the counts are written down."""
        tally = self.tally
        tally.counts[what] += 1
        if why:
            tally.counts[f"unstored: {why}"] += 1
            if not why.startswith(("status", "it says")):
                tally.refusals[path] = why
        if time.monotonic() > tally.due:
            self._write_down()

    def _write_down(self) -> None:
        with self._tally_lock:
            tally, self.tally = self.tally, Tally()
        counts = Counter({"hit": tally.hits}) + tally.counts
        try:
            self.store.note(counts, read=self.memory.read(), refusals=tally.refusals)
        except STORE_ERRORS:
            logger.exception("What was counted could not be written down.")
        if readings := self.memory.readings():
            pages_read.send(sender=None, readings=readings)


def _send(held: Held, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    if environ["REQUEST_METHOD"] == "GET" and is_person(environ.get("HTTP_USER_AGENT", "")):
        held.readings += 1
    answer = held.answers[coding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))]
    if_none_match = environ.get("HTTP_IF_NONE_MATCH")
    if if_none_match is not None and agrees(if_none_match, answer.etag):
        start_response("304 Not Modified", answer.headers_not_modified)
        return _NOTHING
    start_response("200 OK", answer.headers)
    return _NOTHING if environ["REQUEST_METHOD"] == "HEAD" else answer.body


def _close(reply: Reply) -> None:
    if hasattr(reply.body, "close"):
        reply.body.close()
