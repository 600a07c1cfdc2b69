"""The row about a flood: whatever is asked for, the store and the memory stay within what was configured."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bench.harness import Findings, NotMeasured, Plan, Result
from bench.load import Burst, Target, burst
from bench.newsrooms import SMALL, Newsroom, Size, opened
from bench.press_stored import stored
from bench.processes import Server

REQUESTS = {False: 1_000_000, True: 50_000}  # by whether it is to be quick
UNKNOWN_ONE_IN = 20
MOST_SECONDS = 600
BURST_SECONDS = 5
WARM_UP_REQUESTS = 5_000
# What a process may grow by besides the memory that was configured for pages: its allocator's habits.
SLACK_BYTES = 48 * 2**20


def plans(requests: int) -> tuple[Plan, ...]:
    """Return the rows."""
    flood = f"{requests:,} requests with random queries, one in {UNKNOWN_ONE_IN} for an unknown path"
    return (
        Plan("entries", f"pages that the store gained by {flood}", "pages", "ours <= 0"),
        Plan("bytes", "bytes that the store gained by it", "bytes", "ours <= 0"),
        Plan(
            "memory",
            "memory that the server gained by it / what is configured for pages, and 48 MiB",
            "bytes",
            "ratio <= 1",
        ),
    )


@dataclass(frozen=True, slots=True)
class Held:
    """What a newsroom keeps at one moment."""

    pages: int
    stored_bytes: int
    rss_bytes: int


def _held(newsroom: Newsroom, server: Server) -> Held:
    files = [path for path in Path(newsroom.facts["press"]["TRIBUNA_PRESS_FOLDER"]).rglob("*") if path.is_file()]
    pages = [path for path in files if path.name.endswith(".html")]
    return Held(len(pages), sum(path.stat().st_size for path in files if ".html" in path.name), server.rss_bytes())


def rows(requests: int) -> Findings:
    """Count before and after."""
    with opened(Size(SMALL)) as newsroom, newsroom.served() as server:
        for path in newsroom.size.paths():
            stored(newsroom.address, path)
        _flood(newsroom, server, WARM_UP_REQUESTS)
        before = _held(newsroom, server)
        note = _flood(newsroom, server, requests)
        after = _held(newsroom, server)
        allowed = newsroom.facts["press"]["TRIBUNA_PRESS_MEMORY_BYTES"] + SLACK_BYTES
        grown = after.rss_bytes - before.rss_bytes
        sizes = f"{before.rss_bytes / 2**20:.0f} MiB before, {after.rss_bytes / 2**20:.0f} after"
        yield "entries", Result(after.pages - before.pages, note=f"{before.pages} before; {note}")
        yield "bytes", Result(after.stored_bytes - before.stored_bytes, note=f"{before.stored_bytes:,} before")
        yield "memory", Result(grown, allowed, grown / allowed, sizes)


def _flood(newsroom: Newsroom, server: Server, requests: int) -> str:
    """Send *requests* at least, and return how it went. Raises NotMeasured when they were not answered in time."""
    paths = newsroom.folder / "paths.txt"
    paths.write_text("\n".join(newsroom.size.paths()) + "\n", encoding="utf-8")
    target = Target(newsroom.address, [server], script="flood.lua", words=[str(UNKNOWN_ONE_IN), str(paths)])
    bursts: list[Burst] = []
    while (answered := sum(each.requests for each in bursts)) < requests:
        if sum(each.seconds for each in bursts) > MOST_SECONDS:
            raise NotMeasured(f"only {answered:,} requests were answered within {MOST_SECONDS} s")
        bursts.append(burst(target, BURST_SECONDS))
    failed, seconds = sum(each.failed for each in bursts), sum(each.seconds for each in bursts)
    unknown = answered // UNKNOWN_ONE_IN
    if failed > unknown:
        raise NotMeasured(f"{failed:,} answers failed, and only {unknown:,} paths were unknown")
    return f"{answered:,} answers at {answered / seconds:,.0f}/s, {failed:,} of them 404"
