"""Imports in the admin."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.importers.editing import importer
from tests.importers.slow import PATH, Heard


@pytest.fixture
def private(settings, tmp_path):
    """Keep what is uploaded in the test's own folder."""
    settings.TRIBUNA_IMPORTS_FOLDER = tmp_path / "imports"


@pytest.fixture
def heard(settings, monkeypatch):
    """Let a test hear of each record as it is read, and have it told how far it is after each batch of one."""
    settings.TRIBUNA_IMPORT_SOURCES = [PATH]
    monkeypatch.setattr("tribuna.importers.actions.running.RECORDS_AT_ONCE", 1)
    monkeypatch.setattr("tribuna.importers.actions.carrying.TELL_SECONDS", 0)
    monkeypatch.setattr(Heard, "listen", Heard.listen)
    return Heard


@pytest.fixture
def ana(client) -> Client:
    """The browser of somebody who may import."""
    client.force_login(importer())
    return client
