"""Mistakes in the settings."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks

NULL = "tribuna.press.stores.null.NullStore"


class Forgetful:
    """Not a store: it can only forget."""

    def forget(self, tags):
        raise NotImplementedError


class Picky:
    """Not a store: it can't be made without an argument."""

    def __init__(self, argument):
        raise NotImplementedError


def found() -> list[str]:
    """Return the ids of what is wrong."""
    return [problem.id for problem in run_checks(tags=["tribuna"]) if problem.id.startswith("tribuna.press.")]


@pytest.mark.parametrize("store", ["tribuna.press.stores.files.FilesStore", NULL])
def test_stores_that_can_keep_are_fine(settings, tmp_path, store):
    settings.TRIBUNA_PRESS_STORE = store
    settings.TRIBUNA_PRESS_FOLDER = tmp_path / "a" / "b"
    assert found() == []
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("name", ["Nothing", "Forgetful", "Picky", "NULL"])
def test_what_is_not_a_store_is_named(settings, name):
    settings.TRIBUNA_PRESS_STORE = f"{__name__}.{name}"
    [error] = [problem for problem in run_checks(tags=["tribuna"]) if problem.id.startswith("tribuna.press.")]
    assert error.id == "tribuna.press.E001"
    assert f"{__name__}.{name}" in error.msg


def test_what_a_store_lacks_is_named(settings):
    settings.TRIBUNA_PRESS_STORE = f"{__name__}.Forgetful"
    [error] = [problem for problem in run_checks(tags=["tribuna"]) if problem.id == "tribuna.press.E001"]
    assert "it has no epoch(), find(), keep(), fragment(), keep_fragment(), is_forgotten(), turn()," in error.msg
    assert "forget()" not in error.msg


def test_a_folder_that_is_a_file_is_refused(settings, tmp_path):
    (tmp_path / "press").write_text("")
    for folder in (tmp_path / "press", tmp_path / "press" / "below"):
        settings.TRIBUNA_PRESS_FOLDER = folder
        assert found() == ["tribuna.press.E002"]
    settings.TRIBUNA_PRESS_STORE = NULL
    assert found() == []


@pytest.mark.parametrize("size", [0, -1])
def test_a_store_without_room_is_refused(settings, size):
    settings.TRIBUNA_PRESS_MAXIMUM_BYTES = size
    assert found() == ["tribuna.press.E003"]
    settings.TRIBUNA_PRESS_STORE = NULL
    assert found() == []
