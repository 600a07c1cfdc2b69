"""The clerk: the one process of a newsroom that does what nobody's request asks for, each duty in a thread."""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import select
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event, Thread, get_native_id
from typing import Any

from tribuna.press.actions import follow_log
from tribuna.site.chores import bring_archives, do_chores
from tribuna.site.clock import keep_schedule

logger = logging.getLogger(__name__)

LOCK_POLL_SECONDS = 0.1
END_SECONDS = 10

NICENESS = 5  # of what can wait a little: whoever serves or prints a page goes first

type Duty = Callable[[Event], None]  # blocks until the event it is given is set

# One clerk of a machine has these at a time ...
DUTIES: Sequence[Duty] = (keep_schedule, do_chores, bring_archives)
# ... and these from the beginning, whoever else does: they concern this process's own node.
NODE_DUTIES: Sequence[Duty] = (follow_log,)
PATIENT_DUTIES = frozenset({do_chores, bring_archives})


class _Bell:
    """Calls the clerk's day off. A signal's handler may ring it, where setting an Event could lock up for ever."""

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()

    def ring(self, *_signal: Any) -> None:
        os.write(self._writer, b".")

    def is_rung(self, *, within_seconds: float | None) -> bool:
        return bool(select.select([self._reader], [], [], within_seconds)[0])


@contextlib.contextmanager
def _alone(folder: Path, bell: _Bell) -> Iterator[None]:
    """Wait until no other clerk is at work; the kernel knows, whatever becomes of it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "clerk.lock").open("w") as lock:
        while True:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            if bell.is_rung(within_seconds=LOCK_POLL_SECONDS):
                break
        yield


class Clerk:
    """Does its duties until the bell rings. One that breaks down ends it with status 1, and another takes its place."""

    def __init__(self) -> None:
        self._bell, self._stop = _Bell(), Event()
        self._threads: list[Thread] = []
        self._broken = False
        signal.signal(signal.SIGTERM, self._bell.ring)

    def begin(self, duties: Sequence[Duty]) -> None:
        """Start each of *duties* in a thread of its own."""
        threads = [Thread(target=self._perform, args=(duty,), name=duty.__name__, daemon=True) for duty in duties]
        self._threads += threads
        for thread in threads:
            thread.start()

    def _perform(self, duty: Duty) -> None:
        try:
            if duty in PATIENT_DUTIES:
                with contextlib.suppress(OSError):  # where a thread is not scheduled like a process, as on Linux
                    os.setpriority(os.PRIO_PROCESS, get_native_id(), NICENESS)
            duty(self._stop)
        except Exception:
            logger.exception("%s broke down.", duty.__name__)
            self._broken = True
            self._bell.ring()

    def work(self, folder: Path, *, say_ready: Callable[[], None]) -> None:
        """Be at work until SIGTERM, then end what has begun. Raises SystemExit when a duty broke down."""
        self.begin(NODE_DUTIES)
        say_ready()
        with _alone(folder, self._bell):
            if not self._bell.is_rung(within_seconds=0):
                self.begin(DUTIES)
            self._bell.is_rung(within_seconds=None)
            self._stop.set()
            for thread in self._threads:
                thread.join(END_SECONDS)
        if self._broken:
            raise SystemExit(1)
