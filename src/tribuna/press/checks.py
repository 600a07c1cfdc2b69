"""Mistakes in the settings of this room, found when the site starts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from tribuna.core.plug import plug
from tribuna.press.base import PageStore
from tribuna.press.stores.files import FilesStore


@register("tribuna")
def store_can_keep(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse a TRIBUNA_PRESS_STORE that names something that is not a store (tribuna.press.E001)."""
    flaw = _flaw(settings.TRIBUNA_PRESS_STORE)
    if not flaw:
        return []
    return [
        Error(
            f"TRIBUNA_PRESS_STORE names {settings.TRIBUNA_PRESS_STORE}, and that is not a store of pages: {flaw}.",
            hint="A store is a class with the methods of tribuna.press.base.PageStore.",
            id="tribuna.press.E001",
        )
    ]


@register("tribuna")
def folder_can_be_written(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse a TRIBUNA_PRESS_FOLDER in which nothing can be put (tribuna.press.E002)."""
    folder = Path(settings.TRIBUNA_PRESS_FOLDER)
    if not _keeps_files() or _can_be_written(folder):
        return []
    return [
        Error(
            f"TRIBUNA_PRESS_FOLDER is {folder}, and nothing can be put there.",
            hint="Give it to the account that runs tribuna, or name another folder.",
            id="tribuna.press.E002",
        )
    ]


@register("tribuna")
def there_is_room(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse a TRIBUNA_PRESS_MAXIMUM_BYTES that leaves no room for a page (tribuna.press.E003)."""
    if not _keeps_files() or settings.TRIBUNA_PRESS_MAXIMUM_BYTES > 0:
        return []
    return [
        Error(
            "TRIBUNA_PRESS_MAXIMUM_BYTES leaves no room for a single page.",
            hint="Give TRIBUNA_PRESS_MEGABYTES a number above 0; "
            "to store nothing, set TRIBUNA_PRESS_STORE to tribuna.press.stores.null.NullStore.",
            id="tribuna.press.E003",
        )
    ]


def _flaw(path: str) -> str:
    try:
        store = plug(path)
    except (ImportError, TypeError) as error:
        return str(error)
    methods = [name for name in vars(PageStore) if not name.startswith("_")]
    missing = [f"{name}()" for name in methods if not callable(getattr(store, name, None))]
    return f"it has no {', '.join(missing)}" if missing else ""


def _keeps_files() -> bool:
    """Say whether the folder and its size are anybody's business."""
    return not _flaw(settings.TRIBUNA_PRESS_STORE) and isinstance(plug(settings.TRIBUNA_PRESS_STORE), FilesStore)


def _can_be_written(folder: Path) -> bool:
    """Say whether *folder*, or the nearest one above it that is there, is a folder of ours."""
    there = next(path for path in (folder, *folder.parents) if os.access(path, os.F_OK))
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)
