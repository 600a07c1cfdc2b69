"""A process of the tree: how it is forked from the root, and what it minds while it lives."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn

logger = logging.getLogger(__name__)

ROOT_SIGNALS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD}
ROOT_WATCH_SECONDS = 0.25
STOP_SECONDS = 15


@dataclass(frozen=True)
class Role:
    """What a child is for.

    *work* runs in the child until SIGTERM, and calls what it is given once it is ready. A child is started again when
    it ends, unless it has an errand: then *after* is called with its exit status, in the root. Without its root it
    goes on for *orphan_seconds*.
    """

    name: str
    work: Callable[[Callable[[], None]], None]
    after: Callable[[int], None] | None = None
    orphan_seconds: float = 0


@dataclass
class Child:
    """A process that the root has started. Times are those of the monotonic clock."""

    role: Role
    pid: int
    ready_fd: int | None = None
    ready: bool = False
    born: float = field(default_factory=time.monotonic)
    leaving_by: float | None = None

    def dismiss(self, *, within: float) -> None:
        """Ask it to end; the root kills it when it has not done so *within* so many seconds."""
        self.leaving_by = time.monotonic() + within
        os.kill(self.pid, signal.SIGTERM)

    def read_ready(self) -> None:
        """Take note of what it said about itself: that it is ready, or (by ending) nothing."""
        if self.ready_fd is not None:
            self.ready = bool(os.read(self.ready_fd, 1))
            os.close(self.ready_fd)
            self.ready_fd = None


def fork(role: Role) -> Child:
    """Start a child that does *role*'s work. To be called by a process of one thread. Raises OSError if none can be."""
    root = os.getpid()
    reader, writer = os.pipe()
    _flush()
    signal.pthread_sigmask(signal.SIG_BLOCK, ROOT_SIGNALS)  # or the child might answer one as if it were the root
    try:
        pid = os.fork()
        if pid == 0:
            _live(role, root, writer)
    except OSError:
        os.close(reader)
        raise
    finally:
        os.close(writer)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ROOT_SIGNALS)
    return Child(role, pid, ready_fd=reader)


def _live(role: Role, root: int, writer: int) -> NoReturn:
    """Be the child. It ends without unwinding the root's stack, which is not its own."""
    status = 1
    try:
        multiprocessing.current_process().name = role.name  # what the log calls it
        _forget_the_roots_signals()
        _stay_with(root, role)
        role.work(lambda: _say_ready(writer))
        status = 0
    except Exception:
        logger.exception("%s broke down.", role.name)
    except SystemExit as asked:
        status = asked.code if isinstance(asked.code, int) else 1
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it is on its way
        logging.shutdown()
        _flush()
        os._exit(status)


def _flush() -> None:
    """Print what waits to be printed, as far as anybody still listens: it must not be printed twice."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stdout.flush()
        sys.stderr.flush()


def _say_ready(writer: int) -> None:
    os.write(writer, b"+")


def _forget_the_roots_signals() -> None:
    """SIGTERM ends a child; Ctrl-C and hanging up are the root's to hear, though a terminal sends them to all."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ROOT_SIGNALS)


def _stay_with(root: int, role: Role) -> None:
    """End this process some time after its *root* has died without a word."""

    def watch() -> None:
        while os.getppid() == root:
            time.sleep(ROOT_WATCH_SECONDS)
        logger.warning("The root is gone; %s goes on for %s s at most.", role.name, role.orphan_seconds)
        time.sleep(role.orphan_seconds)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(STOP_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="watch", daemon=True).start()
