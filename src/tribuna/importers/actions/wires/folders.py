"""Watched folders: agencies deliver files into them, by SFTP or rsync, and what was read is put aside."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from tribuna.importers.base import SourceBroken

DOCUMENTS = {".xml", ".json", ".rss", ".atom", ".nitf", ".newsml"}
REST_SECONDS = 5  # a file that changed a moment ago may still be on its way
TAKEN, REFUSED = "taken", "refused"


def folder_called(name: str) -> Path:
    """Return the folder *name* among those for wires. Raises SourceBroken where there is none."""
    root = settings.TRIBUNA_WIRES_FOLDER.resolve()
    folder = (root / name).resolve()
    if not folder.is_relative_to(root) or not folder.is_dir():
        raise SourceBroken(f"there is no folder {name} in {settings.TRIBUNA_WIRES_FOLDER}")
    return folder


def documents_in(folder: Path) -> Iterator[Path]:
    """Yield the files to read, the oldest first, so that of an item the newest version comes last.

    Raises SourceBroken where the folder can't be looked into.
    """
    try:
        paths = list(folder.iterdir())
    except OSError as error:
        raise SourceBroken(f"the folder {folder.name} can't be read: {error.strerror}") from error
    found = []
    for path in paths:
        with suppress(FileNotFoundError):  # the agency may rename it in between
            about = path.lstat()
            is_one = path.suffix.lower() in DOCUMENTS and not path.name.startswith(".") and not path.is_symlink()
            if is_one and path.is_file() and about.st_mtime <= time.time() - REST_SECONDS:
                found.append((about.st_mtime_ns, path))
    yield from (path for _moment, path in sorted(found))


def content_of(path: Path, *, maximum_bytes: int) -> bytes:
    """Return what is in the file. Raises SourceBroken if it is too large or can't be read."""
    try:
        if path.stat().st_size > maximum_bytes:
            raise SourceBroken(f"{path.name} is larger than {maximum_bytes:,} bytes")
        return path.read_bytes()
    except OSError as error:
        raise SourceBroken(f"{path.name} can't be read: {error.strerror}") from error


def put_aside(path: Path, *, is_refused: bool) -> None:
    """Move the file among those that were taken, or refused. Raises SourceBroken where that is not allowed."""
    shelf = path.parent / (REFUSED if is_refused else TAKEN)
    try:
        shelf.mkdir(exist_ok=True)
        path.replace(shelf / path.name)
    except OSError as error:
        raise SourceBroken(f"{path.name} can't be put aside: {error.strerror}") from error


def file_beside(folder: Path, name: str) -> Path | None:
    """Return the file called *name* in *folder*, or below; None if there is none, or it stands elsewhere."""
    try:
        path = (folder / name).resolve()
        return path if path.is_relative_to(folder.resolve()) and path.is_file() else None
    except (OSError, ValueError):  # such as a name that is too long
        return None
