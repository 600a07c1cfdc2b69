"""Stores that keep no page, or nothing at all, and still know what was forgotten when."""

from __future__ import annotations

from tribuna.press.base import Fragment, Key, Printed, StoredPage
from tribuna.press.stores.files import FilesStore


class ForgetfulStore(FilesStore):
    """The store on the disk, without a page in it; parts of pages are there."""

    def find(self, key: Key, *, outdated_within: float = 0) -> StoredPage | None:
        """Find nothing."""
        return None

    def keep(self, key: Key, page: Printed, *, since: int) -> StoredPage | None:
        """Refuse the page."""
        return None


class OblivionStore(ForgetfulStore):
    """The same, and without a part of a page."""

    def fragment(self, name: str) -> Fragment | None:
        """Find nothing."""
        return None

    def keep_fragment(self, name: str, fragment: Fragment, *, since: int) -> None:
        """Refuse the fragment."""
