"""Keeps nothing: every page is printed for every reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from itertools import count

from tribuna.press.base import Key, Printed, Status, StoredPage


class NullStore:
    """The store of a newsroom that wants none."""

    def __init__(self) -> None:
        self._epochs = count()

    def epoch(self) -> int:
        """Return another one each time: nobody tells this store what changes."""
        return next(self._epochs)

    def find(self, key: Key, *, outdated_within: float = 0) -> StoredPage | None:
        """Find nothing."""
        return None

    def keep(self, key: Key, page: Printed, *, since: int) -> StoredPage | None:
        """Refuse the page."""
        return None

    def forget(self, tags: Iterable[str], *, withdrawn: bool = False, purge: str | None = None) -> list[Key]:
        """Have nothing to forget."""
        return []

    def turn(self, key: Key, patience: float) -> AbstractContextManager[bool]:
        """Let everybody print at once."""
        return nullcontext(True)

    def note(self, counts: Mapping[str, int], *, read: Iterable[Key], refusals: Mapping[str, str]) -> None:
        """Take nothing down."""

    def status(self) -> Status:
        """Return that there is nothing."""
        return Status()

    def tidy(self, *, is_start: bool = False) -> None:
        """Have nothing to clear away."""
