"""Sums that many requests add to, kept in memory and written down a moment later, all at once and by another thread.

Whoever adds waits for nothing: not for a disk, not for a lock, not for a server that is away.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable, Iterable, Mapping

from django.db import connections

logger = logging.getLogger(__name__)

KEYS_MAXIMUM = 50_000  # what finds no room is forgotten: a flood may not fill the memory


class Tally[Key: Hashable]:
    """Sums by key. ``write`` stores them for good by adding them to what is stored there; it may raise anything."""

    def __init__(self, write: Callable[[Mapping[Key, float]], None], *, seconds: Callable[[], float]) -> None:
        """Have *write* called with what came together at most once in so many *seconds*."""
        self._write, self._seconds = write, seconds
        self._sums: dict[Key, float] = {}
        self._leaving: dict[Key, float] = {}  # on the way to the store, and perhaps not there yet
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._timer: threading.Timer | None = None

    def add(self, amounts: Mapping[Key, float]) -> None:
        """Add each amount to the sum of its key."""
        with self._lock:
            for key, amount in amounts.items():
                if key in self._sums or len(self._sums) < KEYS_MAXIMUM:
                    self._sums[key] = self._sums.get(key, 0.0) + amount
            # After a fork the thread is not there, whatever the variable says.
            if self._timer is None or not self._timer.is_alive():
                self._timer = threading.Timer(self._seconds(), self._write_and_part)
                self._timer.daemon = True
                self._timer.start()

    def pending(self, keys: Iterable[Key]) -> dict[Key, float]:
        """Return, of the sums of *keys*, what the store may not have yet."""
        with self._lock:
            return {key: self._sums.get(key, 0.0) + self._leaving.get(key, 0.0) for key in keys}

    def write_down(self) -> bool:
        """Store what came together, now; say whether that went well. If it did not, it is kept for the next time."""
        with self._writing:
            with self._lock:
                self._leaving, self._sums = self._sums, {}
            if not self._leaving:
                return True
            try:
                self._write(self._leaving)
            except Exception:  # whatever it is: those who added are long gone, and nothing of theirs depends on it
                logger.exception("What was counted could not be written down; it is kept for the next time.")
                with self._lock:
                    for key, amount in self._leaving.items():
                        self._sums[key] = self._sums.get(key, 0.0) + amount
                    self._leaving = {}
                return False
            with self._lock:
                self._leaving = {}
            return True

    def forget(self) -> None:
        """Drop what was not written down."""
        with self._lock:
            self._sums, timer, self._timer = {}, self._timer, None
        if timer is not None:
            timer.cancel()

    def _write_and_part(self) -> None:
        with self._lock:
            self._timer = None  # what is added from now on needs another
        self.write_down()
        connections.close_all()  # this thread's own
