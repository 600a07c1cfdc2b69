"""A store that keeps nothing, and still knows what was forgotten when."""

from __future__ import annotations

from tribuna.press.base import Key, Printed, StoredPage
from tribuna.press.stores.files import FilesStore


class ForgetfulStore(FilesStore):
    """The store on the disk, without a page in it."""

    def find(self, key: Key, *, outdated_within: float = 0) -> StoredPage | None:
        """Find nothing."""
        return None

    def keep(self, key: Key, page: Printed, *, since: int) -> StoredPage | None:
        """Refuse the page."""
        return None
