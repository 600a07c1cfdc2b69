"""A store of a test's own, in the place of the newsroom's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tribuna.press.actions import page_store
from tribuna.press.stores.files import FilesStore


@pytest.fixture
def own_store(tmp_path, settings) -> Iterator[FilesStore]:
    """The store that the site uses, empty, in a folder that nobody else knows."""
    settings.TRIBUNA_PRESS_FOLDER = tmp_path / "press"
    store = page_store()
    assert isinstance(store, FilesStore)
    _leave_folder(store)
    yield store
    _leave_folder(store)


def _leave_folder(store: FilesStore) -> None:
    """Let *store*, which the process keeps, look for its folder anew."""
    store.close()
    vars(store).pop("folder", None)
