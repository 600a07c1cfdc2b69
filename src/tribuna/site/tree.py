"""A process tree: a root that starts its children, starts the dead ones again, and takes all with it when it stops.

The root does nothing else and has one thread, so that it can fork at any time: what it has loaded its children have
too, and one that was killed is back within milliseconds.
"""

from __future__ import annotations

import contextlib
import logging
import os
import select
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tribuna.site.child import ROOT_SIGNALS, STOP_SECONDS, Child, Role, fork

logger = logging.getLogger(__name__)

STEADY_SECONDS = 10
FIRST_PAUSE_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 5.0
LEAVE_SECONDS = 60  # for what a dismissed child is still in the middle of
WHOLE_DAY_SECONDS = 86_400.0


@dataclass
class Pace:
    """When a role's child is to be started: at once after the first death, later after each that follows quickly."""

    quick_deaths: int = 0
    due: float | None = 0.0  # None while the child lives

    def died(self, *, lived_seconds: float) -> None:
        """Take note of a death, and of when the next child is due."""
        self.quick_deaths = self.quick_deaths + 1 if lived_seconds < STEADY_SECONDS else 1
        pause = FIRST_PAUSE_SECONDS * 2.0 ** min(self.quick_deaths - 2, 10) if self.quick_deaths > 1 else 0.0
        self.due = time.monotonic() + min(pause, LONGEST_PAUSE_SECONDS)


class Tree:
    """A root and its children, one for each of *roles*. *elders* are children it has already, to be replaced."""

    def __init__(self, roles: Sequence[Role], *, elders: Iterable[Child] = ()) -> None:
        self.children = {child.pid: child for child in elders}
        self.is_up = bool(self.children)
        self._elders = list(self.children.values())
        self._roles = {role.name: role for role in roles}
        self._paces = {role.name: Pace() for role in roles}
        self._stopping = False
        self._status = 0

    # --- what a particular tree does ---------------------------------------------------------------------------------
    def came_up(self) -> None:
        """Every child is ready: said once, before the elders are dismissed."""

    def hung_up(self) -> None:
        """SIGHUP came."""

    def children_changed(self) -> None:
        """Somebody was started, or has ended."""

    # --- what it is asked for ----------------------------------------------------------------------------------------
    def run(self) -> int:
        """Keep the tree alive until SIGTERM or Ctrl-C. Return the exit status: 1 when a child could never start."""
        with _signals_as_bytes() as signals:
            while self._start_due():
                self._wait(signals)
                self._bury_the_dead()
                self._kill_the_late()
        return self._status

    def stop(self) -> None:
        """Ask every child to end; asked a second time, do not wait for them."""
        for child in self.children.values():
            child.dismiss(within=0 if self._stopping else STOP_SECONDS)
        self._stopping = True

    def send(self, role: Role) -> None:
        """Start a child with an errand."""
        self._start(role)

    # --- how it goes about it ----------------------------------------------------------------------------------------
    def _start_due(self) -> bool:
        """Start whose time has come. Return whether there is still something to wait for."""
        now = time.monotonic()
        for name, pace in self._paces.items():
            if not self._stopping and pace.due is not None and pace.due <= now:
                pace.due = None
                self._start(self._roles[name])
        return bool(self.children) or not self._stopping

    def _start(self, role: Role) -> None:
        try:
            child = fork(role)
        except OSError as error:  # no memory, no process to be had: later, perhaps
            self._ended(Child(role, 0), f"could not be forked: {error}", 1)
            return
        self.children[child.pid] = child
        logger.info("%s is process %s.", role.name, child.pid, extra={"child": role.name, "child_pid": child.pid})
        self.children_changed()

    def _wait(self, signals: int) -> None:
        """Wait until a signal comes, a child says that it is ready, or something is due."""
        by_fd = {child.ready_fd: child for child in self.children.values() if child.ready_fd is not None}
        readable, _, _ = select.select([signals, *by_fd], [], [], self._patience_seconds())
        for fd in readable:
            if fd == signals:
                for number in os.read(signals, 512):
                    self._heard(number)
            else:
                by_fd[fd].read_ready()
        self._look_whether_all_are_ready()

    def _patience_seconds(self) -> float:
        dues = [pace.due for pace in self._paces.values() if pace.due is not None and not self._stopping]
        dues += [child.leaving_by for child in self.children.values() if child.leaving_by is not None]
        return max(0.0, min(dues, default=time.monotonic() + WHOLE_DAY_SECONDS) - time.monotonic())

    def _heard(self, number: int) -> None:
        if number in {signal.SIGTERM, signal.SIGINT}:
            logger.info("Stopping.")
            self.stop()
        elif number == signal.SIGHUP and not self._stopping:
            self.hung_up()

    def _look_whether_all_are_ready(self) -> None:
        ready = {child.role.name for child in self.children.values() if child.ready}
        if self._stopping or not self._roles.keys() <= ready or (self.is_up and not self._elders):
            return
        elders, self._elders, self.is_up = self._elders, [], True
        self.came_up()
        for elder in [each for each in elders if each.pid in self.children]:
            elder.dismiss(within=LEAVE_SECONDS)

    def _bury_the_dead(self) -> None:
        with contextlib.suppress(ChildProcessError):  # there is nobody left
            while (found := os.waitpid(-1, os.WNOHANG))[0]:
                pid, status = found[0], os.waitstatus_to_exitcode(found[1])
                if child := self.children.pop(pid, None):
                    child.read_ready()
                    self._ended(child, _told(status), status)
                    self.children_changed()

    def _ended(self, child: Child, how: str, status: int) -> None:
        """Put another in the place of *child*, which ended as *how* tells; unless it was to go, or had an errand."""
        role = child.role
        if role.after is not None and not self._stopping:
            role.after(status)
        if role.name not in self._roles or self._stopping or child.leaving_by is not None:
            return
        extra = {"child": role.name, "child_pid": child.pid, "status": status}
        if not self.is_up and not child.ready and status > 0:
            logger.critical("%s could not start (%s). What it said stands above.", role.name, how, extra=extra)
            self._status = 1
            self.stop()
            return
        logger.error("%s, process %s, %s. Another takes its place.", role.name, child.pid, how, extra=extra)
        self._paces[role.name].died(lived_seconds=time.monotonic() - child.born)

    def _kill_the_late(self) -> None:
        for child in self.children.values():
            if child.leaving_by is not None and child.leaving_by <= time.monotonic():
                logger.error("%s, process %s, did not end when asked to, and is killed.", child.role.name, child.pid)
                os.kill(child.pid, signal.SIGKILL)
                child.leaving_by = time.monotonic() + STOP_SECONDS


def _told(status: int) -> str:
    return f"was ended by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"


def _noted(*_arguments: Any) -> None:
    """A signal needs a handler to be written to the wake-up pipe."""


@contextlib.contextmanager
def _signals_as_bytes() -> Iterator[int]:
    """Give the end of a pipe at which the root's signals come out, a byte each."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    before: dict[int, Callable[..., Any] | int | None] = {n: signal.signal(n, _noted) for n in ROOT_SIGNALS}
    former = signal.set_wakeup_fd(writer)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ROOT_SIGNALS)  # blocked since before a reload, so that none was lost
    try:
        yield reader
    finally:
        signal.set_wakeup_fd(former)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(reader)
        os.close(writer)
