"""What one worker has at hand: the answers it gave last, up to a number of bytes; and what it has counted."""

from __future__ import annotations

import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from tribuna.press.base import Key, StoredPage
from tribuna.press.front.answers import Answer, answers_of

ENTRY_BYTES = 2_000  # what an entry takes besides its bodies
KEYS_MAXIMUM = 10_000
UNSTORED_SECONDS = 60.0
FLUSH_SECONDS = 5.0


@dataclass(slots=True)
class Held:
    """A page at hand."""

    page: StoredPage
    answers: Mapping[str, Answer]
    size: int
    is_used: bool = False  # since it was last considered for leaving, and since that was last written down
    is_read: bool = False
    readings: int = 0  # by people, since they were last told; threads may lose one now and then


class Memory:
    """Pages by key. What wasn't used since it was last considered leaves first (the clock algorithm)."""

    def __init__(self, maximum_bytes: int) -> None:
        self.maximum_bytes = maximum_bytes
        self.size = 0
        self._held: OrderedDict[Key, Held] = OrderedDict()
        self._left: Counter[Key] = Counter()  # readings of pages that are no longer at hand
        self._lock = threading.Lock()

    def get(self, key: Key) -> Held | None:
        """Return the page if it is at hand and nobody has changed it."""
        held = self._held.get(key)
        if held is None:
            return None
        if not held.page.is_current():
            self._let_go(key, held)
            return None
        held.is_used = held.is_read = True
        return held

    def put(self, key: Key, page: StoredPage) -> Held:
        """Return the answers of *page*, and have them at hand while it is right."""
        held = Held(page, answers_of(page), page.size + ENTRY_BYTES, is_read=True)
        if page.is_current():
            with self._lock:
                self._drop(key)
                self._held[key] = held
                self.size += held.size
                self._make_room()
        return held

    def read(self) -> list[Key]:
        """Return the keys of the pages that were used since this was last asked."""
        with self._lock:
            keys = [key for key, held in self._held.items() if held.is_read]
            for key in keys:
                self._held[key].is_read = False
        return keys

    def readings(self) -> Counter[Key]:
        """Return how often people have read each page since this was last asked."""
        with self._lock:
            read, self._left = self._left, Counter()
            for key, held in self._held.items():
                if held.readings:
                    read[key] += held.readings
                    held.readings = 0
        return read

    def _make_room(self) -> None:
        while self.size > self.maximum_bytes and self._held:
            key, held = next(iter(self._held.items()))
            if held.is_used:
                held.is_used = False
                self._held.move_to_end(key)
            else:
                self._drop(key)

    def _let_go(self, key: Key, held: Held) -> None:
        with self._lock:
            if self._held.get(key) is held:
                self._drop(key)

    def _drop(self, key: Key) -> None:
        held = self._held.pop(key, None)
        if held is not None:
            self.size -= held.size
            if held.readings and len(self._left) < KEYS_MAXIMUM:
                self._left[key] += held.readings


class Marks:
    """Keys with something to remember of them for some seconds; the oldest give way."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._until: OrderedDict[Key, float] = OrderedDict()
        self._lock = threading.Lock()

    def __contains__(self, key: Key) -> bool:
        return self._until.get(key, 0.0) > time.monotonic()

    def add(self, key: Key) -> None:
        """Mark *key* from now on."""
        with self._lock:
            self._until.pop(key, None)
            self._until[key] = time.monotonic() + self.seconds
            if len(self._until) > KEYS_MAXIMUM:
                self._until.popitem(last=False)


class Tally:
    """What was counted since it was last written down. For a person's eyes: threads may lose one now and then."""

    def __init__(self) -> None:
        self.hits = 0
        self.counts: Counter[str] = Counter()
        self.refusals: dict[str, str] = {}
        self.due = time.monotonic() + FLUSH_SECONDS
