"""The load: wrk with one thread and 32 connections on its own CPU, and rounds in which two servers take turns."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.harness import NotMeasured, Result, compared
from bench.machine import LOAD_CPU, prefer
from bench.processes import Server, pinned

CONNECTIONS = 32
WARM_UP_SECONDS = 1
SETTLE_SECONDS, SETTLE_STEP_SECONDS = 300.0, 0.25  # at most; a large newsroom is indexed when it opens
IDLE_SHARE = 0.05  # of a CPU
LUA = Path(__file__).with_name("lua")
_UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


@dataclass(frozen=True, slots=True)
class Burst:
    """What wrk says of one round."""

    requests: int
    seconds: float
    per_second: float
    p99_seconds: float
    failed: int  # answers that were neither 2xx nor 3xx, and connections that broke
    cpu_seconds: float = 0.0  # what the server used meanwhile

    @property
    def cpu_ms(self) -> float:
        """The server's CPU time for a request, in milliseconds."""
        return self.cpu_seconds / self.requests * 1_000 if self.requests else 0.0

    @property
    def busy(self) -> float:
        """How much of the time the server was at work; well under 1, the load generator was the bottleneck."""
        return self.cpu_seconds / self.seconds if self.seconds else 0.0


def parse_wrk(said: str) -> Burst:
    """Return what *said*, the output of ``wrk --latency``, tells. Raises ValueError when it is none."""
    total = re.search(r"(\d+) requests in ([\d.]+)(us|ms|s|m),", said)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    p99 = re.search(r"^\s+99%\s+([\d.]+)(us|ms|s|m)\s*$", said, re.MULTILINE)
    if not (total and rate and p99):
        raise ValueError(f"this is no output of wrk --latency: {said[-500:]!r}")
    errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    return Burst(
        requests=int(total[1]),
        seconds=float(total[2]) * _UNITS[total[3]],
        per_second=float(rate[1]),
        p99_seconds=float(p99[1]) * _UNITS[p99[2]],
        failed=sum(map(int, errors.groups() if errors else ())) + int(refused[1] if refused else 0),
    )


@dataclass(frozen=True, slots=True)
class Target:
    """An address under load: with which headers, on which server, maybe driven by a script with its words."""

    url: str
    servers: Sequence[Server] = ()
    headers: Sequence[str] = ()
    script: str = ""
    words: Sequence[str] = field(default=())
    connections: int = CONNECTIONS

    def command(self, seconds: float) -> list[str]:
        """Return wrk's command line for a round of *seconds*."""
        headers = [part for header in self.headers for part in ("-H", header)]
        script = ["-s", str(LUA / self.script)] if self.script else []
        words = ["--", *self.words] if self.words else []
        time = ["-d", f"{max(round(seconds), 1)}s", "--timeout", "10s", "--latency"]
        return ["wrk", "-t", "1", "-c", str(self.connections), *time, *headers, *script, self.url, *words]


def burst(target: Target, seconds: float) -> Burst:
    """Load *target* for *seconds* (whole ones, at least 1) and return what came of it."""
    before = sum(server.cpu_seconds() for server in target.servers)
    process = subprocess.Popen(
        pinned(LOAD_CPU, target.command(seconds)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        prefer(process.pid)
        said, _ = process.communicate(timeout=seconds * 3 + 60)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    found = parse_wrk(said)
    used = sum(server.cpu_seconds() for server in target.servers) - before
    return Burst(found.requests, found.seconds, found.per_second, found.p99_seconds, found.failed, used)


@dataclass(frozen=True, slots=True)
class Rounds:
    """How many rounds, and how long each is."""

    number: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Contest:
    """The rounds of two targets that took turns."""

    ours: list[Burst]
    reference: list[Burst]

    def result(self, of: Callable[[Burst], float] = lambda burst: burst.per_second) -> Result:
        """Return the row: medians of both, and the median of the ratios of neighbouring rounds."""
        pairs = list(zip(map(of, self.ours), map(of, self.reference), strict=True))
        found = compared(pairs)
        failed = sum(burst.failed for burst in (*self.ours, *self.reference))
        flaw = f"{failed} answers failed" if failed else ""
        note = f"{found.note}; ours {effort(self.ours)}; reference {effort(self.reference)}"
        return Result(found.ours, found.reference, found.ratio, note, flaw)


def effort(bursts: Sequence[Burst]) -> str:
    """Return the server's CPU time for a request, the steadiest figure on a shared machine, and how busy it was."""
    cpu, busy = median(burst.cpu_ms for burst in bursts), median(burst.busy for burst in bursts)
    return f"{cpu:.3g} ms CPU/request, CPU {busy:.0%} busy"


def settle(servers: Sequence[Server]) -> None:
    """Wait until *servers*, which share a CPU, have done what was left: requests in flight, chores after a start."""
    give_up = time.monotonic() + SETTLE_SECONDS
    busy = IDLE_SHARE + 1.0
    while busy > IDLE_SHARE and time.monotonic() < give_up:
        before = sum(server.cpu_seconds() for server in servers)
        time.sleep(SETTLE_STEP_SECONDS)
        busy = (sum(server.cpu_seconds() for server in servers) - before) / SETTLE_STEP_SECONDS


def contest(ours: Target, reference: Target, rounds: Rounds, *, settles: bool = True) -> Contest:
    """Load both in turns: first one warm-up each, then the *rounds*, each time the other one begins.

    Each round begins when both servers have come to rest, unless they have other work to do that doesn't end.
    """
    servers = [*ours.servers, *reference.servers] if settles else []
    for target in (ours, reference):
        settle(servers)
        if burst(target, WARM_UP_SECONDS).requests == 0:
            raise NotMeasured(f"nothing came back from {_path(target.url)}")
    done = Contest([], [])
    for number in range(rounds.number):
        turns = [(ours, done.ours), (reference, done.reference)]
        for target, bursts in turns if number % 2 == 0 else reversed(turns):
            settle(servers)
            bursts.append(burst(target, rounds.seconds))
    return done


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[-1]
