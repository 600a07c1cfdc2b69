"""A store of a test's own, in the place of the newsroom's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from tribuna.press.actions import page_store, saying
from tribuna.press.front import Front
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


@pytest.fixture
def front(own_store, settings, monkeypatch) -> Iterator[Front]:
    """The press in front of Django, which leaves the test's connection open, as a test's client does."""
    settings.ALLOWED_HOSTS = ["news.test"]
    # Epochs begin anew with each folder: what was read in another test's is not right for this one.
    monkeypatch.setattr(saying, "_remembered", {})
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Front(get_wsgi_application(), own_store)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _leave_folder(store: FilesStore) -> None:
    """Let *store*, which the process keeps, look for its folder anew."""
    store.close()
    vars(store).pop("folder", None)
