"""Rows about printing a page: nothing stored, every request a new one of many articles, each with 50 comments."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.harness import Findings, NotMeasured, Plan, Result, shown
from bench.inside import COMMENTS
from bench.load import Burst, Contest, Rounds, Target, contest, effort
from bench.newsrooms import SMALL, UNREMEMBERED_SETTINGS, UNSTORED_SETTINGS, Size, opened
from bench.processes import Server
from bench.readers import comments_in, fetched
from bench.references.wagtail import wagtail_site

LARGE = {False: Size(100_000), True: Size(10_000)}  # by whether it is to be quick


def plans(size: Size) -> tuple[Plan, ...]:
    """Return the rows; *size* is that of the large newsroom."""
    small = Size(SMALL)
    return (
        Plan("rate", f"cold render, article with 50 comments, one CPU ({small})", "requests/s", "ours >= 250"),
        Plan("wagtail", "cold render, the same / minimal Wagtail article with 50 comments", "requests/s", "ratio >= 5"),
        Plan("large", f"cold render at {size} / at {small}", "requests/s", "ratio >= 0.8333"),
    )


@contextmanager
def unstored(size: Size, *, settings: str = UNSTORED_SETTINGS) -> Iterator[Target]:
    """Serve a newsroom of *size* without stored pages; yield its articles with comments, asked for at random."""
    with opened(size) as newsroom, newsroom.served(settings=settings) as server:
        paths = newsroom.folder / "paths.txt"
        paths.write_text("\n".join(size.paths()) + "\n", encoding="utf-8")
        page = fetched(newsroom.address, size.paths()[-1])
        if comments_in(page) < COMMENTS:
            raise NotMeasured("the article does not show its 50 comments")
        for path in size.paths() if settings == UNSTORED_SETTINGS else ():
            fetched(newsroom.address, path)  # whose parts are stored from then on
        yield _many(newsroom.address, paths, server)


@contextmanager
def _wagtail() -> Iterator[Target]:
    with (
        tempfile.TemporaryDirectory(prefix="tribuna-bench-") as folder,
        wagtail_site(Path(folder)) as (address, paths, server),
    ):
        yield _many(address, paths, server)


def _many(address: str, paths: Path, server: Server) -> Target:
    return Target(address, [server], script="paths.lua", words=[str(paths)])


def rows(rounds: Rounds, size: Size) -> Findings:
    """Measure a small newsroom against Wagtail, and a large one against the small one."""
    with unstored(Size(SMALL)) as small:
        with _wagtail() as minimal:
            done = contest(small, minimal, rounds)
            with unstored(Size(SMALL), settings=UNREMEMBERED_SETTINGS) as bare:
                partless = contest(bare, minimal, Rounds(1, rounds.seconds)).ours
        yield "rate", _alone(done, partless)
        yield "wagtail", done.result()
        with unstored(size) as large:
            yield "large", contest(large, small, rounds).result()


def _alone(done: Contest, partless: list[Burst]) -> Result:
    """The rate by itself, without what it was compared with; and that of pages of which not even a part is stored."""
    found = done.result()
    ours = [burst.per_second for burst in done.ours]
    others = f"without stored fragments {shown(partless[0].per_second)}/s, {effort(partless)}"
    note = f"{len(ours)} rounds, {min(ours):.0f} to {max(ours):.0f}; {effort(done.ours)}; {others}"
    return Result(found.ours, note=note, flaw=found.flaw)
