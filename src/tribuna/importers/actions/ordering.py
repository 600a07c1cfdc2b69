"""What an editor does with an import: prepares it, starts it, stops it, lets it go on, discards it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.core.files.uploadedfile import UploadedFile

from tribuna.core.sealing import seal
from tribuna.importers.actions.opening import SEAL, open_source
from tribuna.importers.actions.questions import MAPPING, questions_of
from tribuna.importers.actions.uploads import drop_source, keep_upload
from tribuna.importers.base import Source, SourceBroken
from tribuna.importers.models import ImportRun
from tribuna.people.models import User

State = ImportRun.State


def prepare_import(
    source: Source,
    *,
    by: User,
    archive: str,
    uploads: Iterable[UploadedFile[Any]] = (),
    url: str = "",
    options: Mapping[str, Any] | None = None,
    wishes: Mapping[str, Any] | None = None,
) -> ImportRun:
    """Keep all that an import needs, with the mapping that its *source* proposes, and return it, not yet started.

    Raises SourceBroken when the source has a mapping and can't be read; then nothing is kept.
    """
    run = ImportRun(archive=archive, source=source.name, by=by, options=options or {}, wishes=wishes or {})
    run.files = [keep_upload(upload) for upload in uploads]
    if url:
        run.sealed_url = seal(SEAL, url.encode(), about=source.name.encode())
        run.shown_url = without_password(url)
    run.save()
    if MAPPING in questions_of(source):
        try:
            run.mapping = open_source(run).proposal
        except SourceBroken:
            discard_import(run)
            raise
        run.save(update_fields=["mapping"])
    return run


def without_password(url: str) -> str:
    """Return the address of a database without what is secret in it."""
    try:
        parts = urlsplit(url)
        where = f"{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}"
    except ValueError:
        return ""
    who = f"{parts.username}@" if parts.username else ""
    return SplitResult(parts.scheme, f"{who}{where}", parts.path, "", "").geturl()[:500]


def start_import(run: ImportRun, *, is_dry: bool, mapping: str = "") -> bool:
    """Put *run* in line, with the *mapping* as it was corrected. Return False when it had been started already.

    Raises SourceBroken when the mapping says something that can't be.
    """
    proposed = run.mapping
    if proposed:
        run.mapping = mapping
        try:
            open_source(run)
        except SourceBroken:
            run.mapping = proposed
            raise
    waiting = ImportRun.objects.filter(pk=run.pk, state=State.PREPARED)
    return bool(waiting.update(state=State.WAITING, is_dry=is_dry, mapping=run.mapping))


def stop_import(run: ImportRun) -> None:
    """Take *run* out of the line, or have it stop after the batch it is at."""
    if not ImportRun.objects.filter(pk=run.pk, state=State.WAITING).update(state=State.STOPPED):
        ImportRun.objects.filter(pk=run.pk, state=State.RUNNING).update(is_stopping=True)


def continue_import(run: ImportRun) -> bool:
    """Put *run*, which ended before its end, in line again. Return False when it can't go on."""
    if not run.can_go_on:
        return False
    same = ImportRun.objects.filter(pk=run.pk, state=run.state)
    return bool(same.update(state=State.WAITING, is_stopping=False, error="", seen_at=None))


def import_for_good(trial: ImportRun) -> ImportRun | None:
    """Return a run, in line, that stores what the dry run *trial* only read; None when that can't be done any more."""
    if not (trial.is_dry and trial.state == State.DONE and trial.has_source):
        return None
    run = ImportRun.objects.create(
        state=State.WAITING,
        **{name: getattr(trial, name) for name in ("archive", "source", "options", "wishes", "mapping", "by")},
        **{name: getattr(trial, name) for name in ("files", "sealed_url", "shown_url")},
    )
    trial.files, trial.sealed_url = [], b""  # they are the other's now
    trial.save(update_fields=["files", "sealed_url"])
    return run


def discard_import(run: ImportRun) -> None:
    """Forget what *run* reads; one that never began goes altogether."""
    if run.is_going_on:
        return
    drop_source(run)
    if run.state == State.PREPARED:
        run.delete()
