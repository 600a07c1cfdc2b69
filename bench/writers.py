"""Comments and publications at a steady pace, and whether each of them is seen at once, and from then on."""

from __future__ import annotations

import itertools
import json
import math
import subprocess
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from bench.harness import NotMeasured
from bench.machine import SERVER_CPU, prefer
from bench.newsrooms import Newsroom
from bench.processes import pinned, python
from bench.readers import Reader, mark_of, name_of, reader_of

type Forms = Sequence[tuple[int, dict[str, str]]]  # numbers, and what to send
type Task = Callable[[threading.Event], None]  # goes on while the event is set

COMMENT_THREADS = 4
WATCH_EVERY_SECONDS = 0.02
REMEMBERED = 20  # acknowledged comments that must all stand on the page; it shows the newest fifty
PATIENCE_SECONDS = 10  # for a fresh answer, after which the change counts as never seen


@dataclass
class Ledger:
    """What was written, and what came of it. Several threads write here."""

    accepted: int = 0
    refusals: Counter[str] = field(default_factory=Counter)  # how often a comment was answered with what
    published: int = 0
    looked: int = 0  # answers that were asked for after an acknowledged change, and read
    stale: int = 0  # those that did not show it
    seen: dict[str, float] = field(default_factory=dict)  # when a comment was first seen, by its author's name
    publication_seconds: list[float] = field(default_factory=list)  # from the commit to the first fresh answer
    acknowledged: deque[str] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def saw(self, *, fresh: bool) -> None:
        """Take down one answer."""
        with self.lock:
            self.looked += 1
            self.stale += not fresh


def moment_seen(ledger: Ledger, reader: Reader, path: str, mark: str) -> float:
    """Ask for *path* until *mark* stands in it; return when that was first so, infinity if it is not to be seen.

    The first two answers are those of the person who caused it, as a browser asks after a form, and of anybody else.
    """
    asking: Iterator[dict[str, str]] = itertools.chain([{"sec_fetch_site": "same-origin"}], itertools.repeat({}))
    give_up = time.monotonic() + PATIENCE_SECONDS
    seen = math.inf
    for turn, headers in enumerate(asking):
        is_there = mark in looked_up(reader, path, **headers)
        ledger.saw(fresh=is_there)
        if is_there:
            seen = min(seen, time.monotonic())
        if (turn and seen < math.inf) or time.monotonic() > give_up:
            break
    return seen


def looked_up(reader: Reader, path: str, **headers: str) -> str:
    """Return what stands at *path*; even a 404 may be stale. Raises NotMeasured when the site fails."""
    answer = reader.get(path, **headers)
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise NotMeasured(f"{path} answered {answer.status}")
    return answer.text


class Comments:
    """Sends filled-in forms to *address*, so many a second, and looks for each at *seen_at*."""

    def __init__(self, ledger: Ledger, address: str, *, form: str, path: str, forms: Forms) -> None:
        self.ledger, self.address, self.form, self.path = ledger, address, form, path
        self.seen_at = address  # another node's address, where there is one
        self._forms = iter(forms)
        self._lock = threading.Lock()

    def tasks(self, *, per_second: float) -> list[Task]:
        """Return what to run at the same time, so that *per_second* are sent in all, however long each may take."""
        each = per_second / COMMENT_THREADS
        return [lambda going, first=n: self._keep_sending(going, each, first) for n in range(COMMENT_THREADS)]  # type: ignore[misc]

    def _keep_sending(self, going: threading.Event, per_second: float, first: int) -> None:
        started = time.monotonic() + first / COMMENT_THREADS / per_second
        for sent in itertools.count():
            time.sleep(max(0.0, started + sent / per_second - time.monotonic()))
            with self._lock:
                number, fields = next(self._forms, (-1, {}))
            if not going.is_set() or not fields:
                return
            self._send(number, fields)

    def _send(self, number: int, fields: dict[str, str]) -> None:
        mark = mark_of(number)
        with closing(reader_of(number, self.address)) as reader:
            try:
                status = reader.post(self.form, fields).status
            except OSError as error:
                status = type(error).__name__
        if status != HTTPStatus.SEE_OTHER:
            self.ledger.refusals[str(status)] += 1
            return
        self.ledger.accepted += 1
        if self.seen_at == self.address:
            self.ledger.acknowledged.append(mark)
        with closing(Reader(self.seen_at)) as other:
            self.ledger.seen[name_of(number)] = moment_seen(self.ledger, other, self.path, mark)


def watch(ledger: Ledger, address: str, path: str, *, going: threading.Event) -> None:
    """Keep asking for *path*: whatever was acknowledged before an answer was asked for must stand in it."""
    with closing(Reader(address)) as reader:
        while going.is_set():
            due = list(ledger.acknowledged)
            text = looked_up(reader, path)
            ledger.saw(fresh=all(mark in text for mark in due))
            time.sleep(WATCH_EVERY_SECONDS)


class Desk:
    """A process within a newsroom that publishes when it is told to (``bench.inside publish``)."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.process = subprocess.Popen(
            pinned(SERVER_CPU, python("-m", "bench.inside", "publish")),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            cwd=newsroom.folder,
            env=newsroom.environment(),
        )
        prefer(self.process.pid)
        self._answer()

    def publish(self, order: str) -> dict[str, Any]:
        """Carry out *order* and return what the process said of it. Raises NotMeasured when it has ended."""
        assert self.process.stdin is not None
        self.process.stdin.write(order + "\n")
        self.process.stdin.flush()
        return self._answer()

    def close(self) -> None:
        """Let it go home."""
        self.process.kill()
        self.process.wait()

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise NotMeasured("the process that publishes ended")
        said: dict[str, Any] = json.loads(line)
        return said


def keep_publishing(
    ledger: Ledger, desk: Desk, address: str, *, slugs: Sequence[str], every_seconds: float, going: threading.Event
) -> None:
    """Publish once every *every_seconds*: the first of *slugs* again, then a new story beside the second, in turns."""
    started = time.monotonic()
    for number in itertools.count():
        time.sleep(max(0.0, started + number * every_seconds - time.monotonic()))
        if not going.is_set():
            return
        mark = f"mark-{time.monotonic_ns()}"
        kind = ("again", "first")[number % 2]
        done = desk.publish(f"{kind} {slugs[number % 2]} {mark}")
        ledger.published += 1
        with closing(Reader(address)) as reader:
            story, section = done["paths"]
            ledger.publication_seconds.append(moment_seen(ledger, reader, story, mark) - done["committed"])
            moment_seen(ledger, reader, section, mark)


@contextmanager
def at_work(*tasks: Task) -> Iterator[None]:
    """Run *tasks* in threads until the block ends; what goes wrong in one is raised then."""
    going, failures = threading.Event(), list[BaseException]()
    going.set()

    def carry_out(task: Task) -> None:
        try:
            task(going)
        except BaseException as error:  # noqa: BLE001 - it is raised again below
            failures.append(error)

    threads = [threading.Thread(target=carry_out, args=[task], daemon=True) for task in tasks]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        going.clear()
        for thread in threads:
            thread.join(PATIENCE_SECONDS * 3)
    if failures:
        raise NotMeasured(f"a client failed: {failures[0]!r}") from failures[0]
