"""SQLite's file while the newsroom is served: opened only if it is there, and let go when it is no longer that file.

Without this a connection would go on writing into a file that somebody has moved away, and a new one would make an
empty database in its place. So a missing file is a database that is away, until it is back.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from django.core.signals import request_started
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

type Identity = tuple[int, int] | None

_paths: dict[str, Path] = {}
_opened: WeakKeyDictionary[BaseDatabaseWrapper, Identity] = WeakKeyDictionary()


def sqlite_files() -> dict[str, Path]:
    """Return the files of those databases that are files, by alias."""
    sqlite = {alias: each for alias, each in connections.settings.items() if each["ENGINE"].endswith("sqlite3")}
    names = {alias: str(each["NAME"]) for alias, each in sqlite.items()}
    return {alias: Path(name) for alias, name in names.items() if name != ":memory:" and not name.startswith("file:")}


def refuse_missing_files() -> None:
    """Raise FileNotFoundError when a database's file is not there."""
    for path in sqlite_files().values():
        if not path.exists():
            raise FileNotFoundError(
                f"the database {path} is not there. Put it back, or make an empty one with 'tribuna migrate'."
            )


def hold_to_files() -> None:
    """From now on, in this process and those forked from it, make no file, and at each request let go of lost ones."""
    _paths.update({alias: path.resolve() for alias, path in sqlite_files().items()})
    connections.close_all()
    for alias, path in _paths.items():
        connections.settings[alias]["NAME"] = f"{path.as_uri()}?mode=rw"
    connection_created.connect(_note_file)
    request_started.connect(let_go_of_lost_files)


def _identity(path: Path) -> Identity:
    try:
        found = os.stat(path)  # noqa: PTH116 - on every request, and half as long
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _note_file(*, connection: BaseDatabaseWrapper, **_more: Any) -> None:
    if path := _paths.get(connection.alias):
        _opened[connection] = _identity(path)


def let_go_of_lost_files(**_more: Any) -> None:
    """Close this thread's connections to files that were moved away or replaced; the next query opens what is there."""
    for connection in connections.all(initialized_only=True):
        path = _paths.get(connection.alias)
        if path and connection.connection is not None and _opened.get(connection) != _identity(path):
            connection.close()
