"""Rows about stored pages: behind nginx with the configuration we print, and from the server that is built in."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bench.harness import Findings, NotMeasured, Plan, Result, shown
from bench.inside import COMMENTS
from bench.load import Rounds, Target, contest
from bench.newsrooms import SMALL, Size, opened
from bench.processes import Server
from bench.readers import Answer, comments_in, fetched
from bench.references.empty import empty_application
from bench.webserver import fronted, plain_file

STORED_WITHIN_SECONDS = 10.0
GZIP = "Accept-Encoding: gzip"

# What nginx says of a file by itself.
NGINX_OWN = {"content-type", "content-length", "etag", "date", "server", "connection", "last-modified", "accept-ranges"}

FRONTED = (
    Plan("plain", "nginx before our store, plain / nginx, static file, same headers", "requests/s", "ratio >= 0.97"),
    Plan("gzip", "nginx before our store, gzip / nginx, gzip_static, same headers", "requests/s", "ratio >= 0.97"),
)
EMBEDDED = (
    Plan("plain", "built-in server, stored article, plain / nginx, static file", "requests/s", "ratio >= 0.45"),
    Plan("gzip", "built-in server, stored article, gzip / nginx, gzip_static file", "requests/s", "ratio >= 0.5"),
    Plan(
        "empty",
        "the same / an application that does nothing, in the same server (granian)",
        "requests/s",
        "ratio >= 0.9",
    ),
    Plan("p99", "built-in server, stored article, plain, slowest 1 % / nginx, static file", "s", "ratio <= 3"),
    Plan("304", "built-in server, 304 Not Modified / nginx, 304", "requests/s", "ratio >= 0.5"),
)


def stored(address: str, path: str) -> tuple[Answer, Answer]:
    """Return the page at *path* as it comes out of the store, plain and gzipped. Raises NotMeasured if it is not.

    A server that has just started reads the log of purges first, and stores nothing that one of them names.
    """
    give_up = time.monotonic() + STORED_WITHIN_SECONDS
    plain = fetched(address, path)
    while "etag" not in plain.headers:
        if time.monotonic() > give_up:
            raise NotMeasured("the press stores no page: there is no ETag")
        time.sleep(STORED_WITHIN_SECONDS / 50)
        plain = fetched(address, path)
    plain, gzipped = fetched(address, path), fetched(address, path, accept_encoding="gzip")
    if comments_in(plain) < COMMENTS:
        raise NotMeasured("the article does not show its 50 comments")
    if gzipped.headers.get("content-encoding") != "gzip":
        raise NotMeasured("the page is not kept gzipped")
    return plain, gzipped


@contextmanager
def static_twin(path: str, plain: Answer, gzipped: Answer, *, is_bare: bool = True) -> Iterator[tuple[str, Server]]:
    """Serve the same bytes, plain and gzipped, as a static file of nginx's; yield its address and the server.

    It stands at the page's own *path*, as in a site of static files. Unless it *is_bare* it has the headers, too, that
    our page has: its security policy, its rules for caches.
    """
    headers = [] if is_bare else [(name, value) for name, value in plain.headers.items() if name not in NGINX_OWN]
    with (
        tempfile.TemporaryDirectory(prefix="tribuna-bench-") as folder,
        plain_file(Path(folder), plain.body, path=path, compressed=gzipped.body, headers=headers) as (url, server),
    ):
        address, here = url[: url.index("/", 8)], url[url.index("/", 8) :]
        same = fetched(address, here).body == plain.body
        if not same or fetched(address, here, accept_encoding="gzip").body != gzipped.body:
            raise NotMeasured("nginx does not serve the same bytes")
        yield url, server


def fronted_rows(rounds: Rounds) -> Findings:
    """Measure nginx before our store."""
    with opened(Size(SMALL)) as newsroom, fronted(newsroom) as servers:
        path = newsroom.size.paths()[0]
        plain, gzipped = stored(newsroom.address, path)
        for key, headers in (("plain", []), ("gzip", [GZIP])):
            ours = Target(newsroom.address + path, servers, headers)
            with static_twin(path, plain, gzipped, is_bare=False) as (url, server):
                found = contest(ours, Target(url, [server], headers), rounds).result()
            with static_twin(path, plain, gzipped) as (url, server):
                bare = contest(ours, Target(url, [server], headers), Rounds(1, rounds.seconds)).reference[0]
            yield key, replace(found, note=f"{found.note}; the file without its headers {shown(bare.per_second)}/s")


def embedded_rows(rounds: Rounds) -> Findings:
    """Measure ``tribuna serve`` with one worker."""
    with opened(Size(SMALL)) as newsroom, newsroom.served() as ours:
        path = newsroom.size.paths()[0]
        plain, gzipped = stored(newsroom.address, path)
        with static_twin(path, plain, gzipped) as (url, server):
            target = newsroom.address + path
            done = contest(Target(target, [ours]), Target(url, [server]), rounds)
            yield "plain", done.result()
            yield "p99", done.result(lambda burst: burst.p99_seconds)
            yield "empty", _empty(Target(target, [ours]), plain.body, rounds)
            yield "gzip", contest(Target(target, [ours], [GZIP]), Target(url, [server], [GZIP]), rounds).result()
            yield "304", _not_modified((target, ours), (url, server), rounds)


def _empty(ours: Target, body: bytes, rounds: Rounds) -> Result:
    """Compare with the same bytes out of an application that looks nothing up."""
    with (
        tempfile.TemporaryDirectory(prefix="tribuna-bench-") as folder,
        empty_application(Path(folder), body) as (url, server),
    ):
        return contest(ours, Target(url, [server]), rounds).result()


def _not_modified(ours: tuple[str, Server], reference: tuple[str, Server], rounds: Rounds) -> Result:
    """Ask both for what we have a copy of already."""
    targets = []
    for url, server in (ours, reference):
        address, path = url[: url.index("/", 8)], url[url.index("/", 8) :]
        etag = fetched(address, path).headers["etag"]
        if fetched(address, path, if_none_match=etag).status != 304:
            raise NotMeasured("a copy that is still right is not answered with 304")
        targets.append(Target(url, [server], [f"If-None-Match: {etag}"]))
    return contest(*targets, rounds).result()
