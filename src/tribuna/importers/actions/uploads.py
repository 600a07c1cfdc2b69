"""What editors upload to be imported: kept in a folder of its own that nothing serves, under names of our own."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler
from django.utils import timezone

from tribuna.importers.models import ImportRun

UPLOADS, FOLDERS = "uploads", "files"
KEPT = timedelta(days=14)  # what nobody imported
PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
NAME_MAX_CHARACTERS = 100


def uploads_folder() -> Path:
    """Return the folder, which only our own user may read."""
    folder: Path = settings.TRIBUNA_IMPORTS_FOLDER / UPLOADS
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    return folder


class _Arriving(TemporaryUploadedFile):
    """A file that arrives where it will stay: it may be too large for the system's temporary folder."""

    def __init__(self, name: str | None, content_type: str | None, size: int, charset: str | None, extra: Any) -> None:
        file = NamedTemporaryFile(prefix="arriving-", dir=uploads_folder())  # noqa: SIM115 - closed with the request
        UploadedFile.__init__(self, file, name, content_type, size, charset, extra)


class PrivateUploads(TemporaryFileUploadHandler):
    """Writes what arrives into the private folder."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file = _Arriving(self.file_name, self.content_type, 0, self.charset, self.content_type_extra)


def keep_upload(upload: UploadedFile[Any]) -> dict[str, Any]:
    """Keep *upload* and return what a run knows of it. The name it had is only ever shown."""
    storage = FileSystemStorage(
        location=uploads_folder(),
        file_permissions_mode=PRIVATE_FILE,
        directory_permissions_mode=PRIVATE_FOLDER,
    )
    stored = storage.save(f"upload-{token_hex(16)}", upload)
    return {"stored": stored, "name": (upload.name or "")[:NAME_MAX_CHARACTERS], "size": upload.size}


def paths_of(run: ImportRun) -> list[Path]:
    """Return where the files of *run* are."""
    return [uploads_folder() / file["stored"] for file in run.files]


def drop_source(run: ImportRun) -> None:
    """Forget what *run* reads: its files, and the address of its database."""
    paths = paths_of(run)
    run.files, run.sealed_url = [], b""
    run.save(update_fields=["files", "sealed_url"])
    for path in paths:
        path.unlink(missing_ok=True)


def forget_old_uploads() -> None:
    """Forget what nobody imported for two weeks, and files that no run knows."""
    old = ImportRun.objects.filter(created_at__lt=timezone.now() - KEPT)
    for run in old.exclude(files=[], sealed_url=b""):
        if not run.is_going_on:
            drop_source(run)
    known = {file["stored"] for files in ImportRun.objects.values_list("files", flat=True) for file in files}
    _forget_unknown(known)


def _forget_unknown(known: Iterable[str]) -> None:
    limit = time.time() - timedelta(days=1).total_seconds()  # what arrives just now is in no run yet
    for path in uploads_folder().iterdir():
        if path.name not in known and path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)


def folders_of_files() -> list[str]:
    """Return the names of the folders that an operator has put below ``files/``: an old site's pictures."""
    shelf: Path = settings.TRIBUNA_IMPORTS_FOLDER / FOLDERS
    return sorted(path.name for path in shelf.iterdir() if path.is_dir()) if shelf.is_dir() else []


def folder_of_files(name: str) -> Path | None:
    """Return the folder called *name*, None when there is no such."""
    return settings.TRIBUNA_IMPORTS_FOLDER / FOLDERS / name if name in folders_of_files() else None
