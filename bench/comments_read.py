"""Rows about reading a large thread, and about counters after everybody wrote in it at once."""

from __future__ import annotations

import gzip
import json
import subprocess
from typing import Any

from bench.comments_room import Crowd, order
from bench.harness import Findings, NotMeasured, Plan, Result
from bench.newsrooms import Newsroom
from bench.processes import python
from bench.readers import comments_in, fetched

WRITERS = 6
HAMMER_SECONDS = {False: 20, True: 6}  # by whether it is to be quick
KILOBYTE = 1_024


def plans(crowd: Crowd, vendor: str) -> tuple[Plan, ...]:
    """Return the rows for a thread in a newsroom with that *crowd*, in the database that *vendor* names."""
    where = f"{vendor}, {crowd}"
    return (
        Plan("first", f"{where}: page 1 of the thread, time in the database", "ms", "ours <= 2"),
        Plan("queries", f"{where}: page 1 of the thread", "queries", "ours <= 5"),
        Plan("middle", f"{where}: the page in the middle / page 1", "ms", "ratio <= 2"),
        Plan("deepest", f"{where}: the last page / page 1", "ms", "ratio <= 2"),
        Plan("slowest", f"{where}: the slowest of all pages / page 1", "ms", "ratio <= 2"),
        Plan("bytes", f"{where}: a page of 50 comments, gzipped, with all that stands around them", "KB", "ours <= 14"),
        Plan("writes", f"{where}: statements that write, on readers' GETs", "statements", "ours <= 0"),
        Plan("cookies", f"{where}: cookies on readers' GETs", "cookies", "ours <= 0"),
        Plan(
            "drift", f"{where}: articles with a wrong counter after {WRITERS} writers at once", "articles", "ours <= 0"
        ),
    )


def rows(newsroom: Newsroom, *, quick: bool) -> Findings:
    """Read the thread within the newsroom, then through its server, then let the writers loose."""
    yield from _pages(order(newsroom, "read"))
    looked = order(newsroom, "look")
    note = f"{', '.join(looked['paths'])}"
    yield "writes", Result(len(looked["writes"]), note="; ".join([note, *sorted(set(looked["writes"]))]))
    yield "cookies", Result(looked["cookies"], note=note)
    with newsroom.served():
        page = fetched(newsroom.address, looked["paths"][1])
        answer = fetched(newsroom.address, looked["paths"][1], accept_encoding="gzip")
    # What was printed while something changed goes to its one reader as it is.
    body = answer.body if "content-encoding" in answer.headers else gzip.compress(answer.body)
    yield "bytes", Result(len(body) / KILOBYTE, note=f"{comments_in(page)} comments")
    done = _hammered(newsroom, HAMMER_SECONDS[quick])
    found = order(newsroom, "drift")
    yield "drift", Result(found["drifts"], note=f"{done}, of {found['comments']:,} comments in all")


def _pages(read: dict[str, Any]) -> Findings:
    pages = [milliseconds for milliseconds, _queries in read["pages"]]
    first, middle, slowest = pages[0], pages[len(pages) // 2], max(pages)
    yield "first", Result(first, note=f"{len(pages)} pages of {read['total']:,} comments")
    yield "queries", Result(read["pages"][0][1], note=f"any other: {max(number for _ms, number in read['pages'])}")
    yield "middle", Result(middle, first, middle / first)
    yield "deepest", Result(pages[-1], first, pages[-1] / first)
    yield "slowest", Result(slowest, first, slowest / first, f"page {pages.index(slowest) + 1}")


def _hammered(newsroom: Newsroom, seconds: int) -> str:
    """Let several processes write for *seconds*, and return how much they did. Raises NotMeasured if one failed."""
    writers = [
        subprocess.Popen(
            python("-m", "bench.comments_inside", "hammer", str(seed), str(seconds)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=newsroom.folder,
            env=newsroom.environment(),
        )
        for seed in range(WRITERS)
    ]
    said = [(writer.communicate(timeout=seconds * 5 + 300), writer.returncode) for writer in writers]
    failed = [errors.strip().splitlines()[-1] for (_out, errors), status in said if status]
    if failed:
        raise NotMeasured(f"{len(failed)} writers failed: {failed[0]}")
    done = [json.loads(out) for (out, _errors), _status in said]
    return f"{sum(each['posted'] for each in done)} posted and {sum(each['decided'] for each in done)} decided on"
