"""Rows about taking comments in: through HTTP and the whole pipeline, all in one thread, the server on one CPU."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

from bench.comments_room import POSTGRES, SQLITE, Crowd, order
from bench.harness import Findings, NotMeasured, Plan, Result
from bench.load import Burst, Rounds, Target, burst
from bench.newsrooms import UNLIMITED_SETTINGS, Newsroom
from bench.processes import Server
from bench.references import isso

CONNECTIONS = {SQLITE: 16, POSTGRES: 6}
ROUNDS = {False: Rounds(3, 8), True: Rounds(2, 4)}  # by whether it is to be quick
MOST_PER_SECOND = 1_200  # so many forms are filled in for each second
WARM_UP_FORMS = 100


def plans(crowd: Crowd, vendor: str) -> tuple[Plan, ...]:
    """Return the rows for taking comments in, below the hot article of that *crowd*."""
    where = f"{vendor}, {crowd}"
    if vendor == POSTGRES:
        name = f"{where}: accepted comments in one thread, {CONNECTIONS[vendor]} writers, the server on one CPU"
        return (Plan("accepted", name, "comments/s", "ours >= 350"),)
    return (
        Plan(
            "accepted", f"{where}: accepted comments in one thread, the server on one CPU", "comments/s", "ours >= 500"
        ),
        Plan("isso", "the same / Isso on the same CPU, in turns, its thread empty", "comments/s", "ratio >= 1"),
    )


def rows(newsroom: Newsroom, vendor: str, *, quick: bool) -> Findings:
    """Send filled-in forms as fast as they are taken; in SQLite's run Isso takes its turns."""
    with newsroom.served(settings=UNLIMITED_SETTINGS) as server:
        ours = _Senders(newsroom.folder, newsroom.address, server, CONNECTIONS[vendor])
        if vendor == POSTGRES:
            yield "accepted", _accepted(newsroom, ours, _alone(newsroom, ours, ROUNDS[quick]))
            return
        try:
            with isso.isso(newsroom.folder / "isso") as (address, other):
                reference = _Senders(newsroom.folder, address, other, CONNECTIONS[vendor])
                found = _in_turns(newsroom, ours, reference, ROUNDS[quick])
        except NotMeasured as error:
            yield "isso", error
            yield "accepted", _accepted(newsroom, ours, _alone(newsroom, ours, ROUNDS[quick]))
            return
        yield "accepted", _accepted(newsroom, ours, found[0])
        yield "isso", _compared(*found)


class _Senders:
    """Clients that send each filled-in form of a file once."""

    def __init__(self, folder: Path, address: str, server: Server, connections: int) -> None:
        self.file, self.address, self.server, self.connections = folder / "forms.txt", address, server, connections
        self.sent, self.answered = 0, 0

    def send(self, newsroom: Newsroom | None, number: int, seconds: float) -> Burst:
        """Send *number* forms at most, for *seconds* at most; for ours *newsroom* fills them in."""
        if newsroom is None:
            isso.write_forms(self.file, number, first=self.sent)
        else:
            order(newsroom, "forms", str(number), str(self.file), str(self.sent))
        self.sent += number
        words = [str(self.file)]
        target = Target(self.address, [self.server], script="forms.lua", words=words, connections=self.connections)
        done = burst(target, seconds)
        self.answered += done.requests - done.failed
        return done


def _alone(newsroom: Newsroom, ours: _Senders, rounds: Rounds) -> list[Burst]:
    ours.send(newsroom, WARM_UP_FORMS, 5)
    return [ours.send(newsroom, int(rounds.seconds * MOST_PER_SECOND), rounds.seconds) for _ in range(rounds.number)]


def _in_turns(
    newsroom: Newsroom, ours: _Senders, reference: _Senders, rounds: Rounds
) -> tuple[list[Burst], list[Burst]]:
    turns: list[tuple[Newsroom | None, _Senders, list[Burst]]] = [(newsroom, ours, []), (None, reference, [])]
    for room, senders, _found in turns:
        senders.send(room, WARM_UP_FORMS, 5)
    for _ in range(rounds.number):
        for room, senders, found in turns:
            found.append(senders.send(room, int(rounds.seconds * MOST_PER_SECOND), rounds.seconds))
    return turns[0][2], turns[1][2]


def _accepted(newsroom: Newsroom, ours: _Senders, bursts: list[Burst]) -> Result:
    """Return how many were accepted a second, and make sure that each acknowledged one is there, and public."""
    there: dict[str, Any] = order(newsroom, "sent")
    failed = sum(each.failed for each in bursts)
    flaws = [f"{failed} were refused"] if failed else []
    if there["public"] < ours.answered:
        flaws.append(f"{ours.answered} were acknowledged, and only {there['public']} are there")
    note = f"{ours.answered:,} acknowledged, {there['public']:,} in the thread; {_effort(bursts)}"
    return Result(median(each.per_second for each in bursts), note=note, flaw="; ".join(flaws))


def _compared(ours: list[Burst], reference: list[Burst]) -> Result:
    ratios = [mine.per_second / theirs.per_second for mine, theirs in zip(ours, reference, strict=True)]
    numbers = [median(each.per_second for each in bursts) for bursts in (ours, reference)]
    failed = sum(each.failed for each in reference)
    note = f"Isso {_effort(reference)}"
    return Result(numbers[0], numbers[1], median(ratios), note, f"Isso refused {failed}" if failed else "")


def _effort(bursts: list[Burst]) -> str:
    rates = ", ".join(f"{each.per_second:,.0f}/s" for each in bursts)
    cpu, busy = median(each.cpu_ms for each in bursts), median(each.busy for each in bursts)
    return f"rounds of {rates}; {cpu:.3g} ms CPU for each comment, CPU {busy:.0%} busy"
