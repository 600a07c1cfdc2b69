"""Rows about the site that an import has made: it has to be as fast as one that was written here (``bench press``)."""

from __future__ import annotations

import json
from statistics import median

from bench.harness import Findings, NotMeasured, Plan, Result
from bench.load import Rounds, Target, burst, contest, effort
from bench.newsrooms import UNSTORED_SETTINGS, Newsroom
from bench.press_stored import static_twin, stored
from bench.processes import python, run

STORIES = 2_000  # that are asked for at random


def plans(where: str) -> tuple[Plan, ...]:
    """Return the rows for the site that is *where*."""
    return (
        Plan("cold", f"{where} afterwards: cold render of an article, one CPU", "requests/s", "ours >= 250"),
        Plan("stored", f"{where} afterwards: one with 50 comments more, stored / nginx", "requests/s", "ratio >= 0.45"),
    )


def rows(newsroom: Newsroom, rounds: Rounds) -> Findings:
    """Load the *newsroom*, as its readers would: pages not printed yet, then one that is."""
    said = run(python("-m", "bench.inside", "addresses", str(STORIES)), cwd=newsroom.folder, env=newsroom.environment())
    paths = json.loads(said.splitlines()[-1])
    if not paths:
        raise NotMeasured("no article has comments")
    yield "cold", _cold(newsroom, paths, rounds)
    with newsroom.served() as server:
        ours = newsroom.address + paths[0]
        with static_twin(paths[0], *stored(newsroom.address, paths[0])) as (url, nginx):
            yield "stored", contest(Target(ours, [server]), Target(url, [nginx]), rounds).result()


def _cold(newsroom: Newsroom, paths: list[str], rounds: Rounds) -> Result:
    """Ask a newsroom that keeps no page for *paths* at random."""
    file = newsroom.folder / "paths.txt"
    file.write_text("\n".join(paths) + "\n", encoding="utf-8")
    with newsroom.served(settings=UNSTORED_SETTINGS) as server:
        target = Target(newsroom.address, [server], script="paths.lua", words=[str(file)])
        bursts = [burst(target, rounds.seconds) for _round in range(rounds.number + 1)][1:]  # the first warms it up
    rates = [each.per_second for each in bursts]
    failed = sum(each.failed for each in bursts)
    note = f"{len(paths):,} at random, {len(rates)} rounds, {min(rates):.0f} to {max(rates):.0f}; {effort(bursts)}"
    return Result(median(rates), note=note, flaw=f"{failed} answers failed" if failed else "")
