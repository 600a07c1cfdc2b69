"""Keeps nothing: every page is printed for every reader."""

import time
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext

from tribuna.press.base import Fragment, Key, Printed, Status, StoredPage


class NullStore:
    """The store of a newsroom that wants none."""

    epoch = staticmethod(time.monotonic_ns)  # another one each time: nobody tells this store what changes

    def find(self, key: Key, *, outdated_within: float = 0) -> StoredPage | None:
        """Find nothing."""
        return None

    def keep(self, key: Key, page: Printed, *, since: int) -> StoredPage | None:
        """Refuse the page."""
        return None

    def fragment(self, name: str) -> Fragment | None:
        """Find nothing."""
        return None

    def keep_fragment(self, name: str, fragment: Fragment, *, since: int) -> None:
        """Refuse the fragment."""

    def is_forgotten(self, tags: Iterable[str], *, since: int) -> bool:
        """Say that it may have been."""
        return True

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
