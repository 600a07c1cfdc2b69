"""Opens what an import in the admin reads, as the command would, and keeps paths and passwords out of what is said."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from tribuna.core.sealing import Unsealable, unseal
from tribuna.importers.actions.questions import FILE, MAPPING, URL, offered_sources, questions_of
from tribuna.importers.actions.uploads import folder_of_files, paths_of
from tribuna.importers.base import Reading, Source, SourceBroken
from tribuna.importers.models import ImportRun

SEAL = "importers.url"


def open_source(run: ImportRun) -> Reading:
    """Return what *run* reads. Raises SourceBroken."""
    source = offered_sources().get(run.source)
    if source is None:
        raise SourceBroken(f"There is no source called {run.source} any more.")
    with TemporaryDirectory() as folder:
        try:
            return source.open(_options(run, source, Path(folder)))
        except SourceBroken as error:
            told = SourceBroken(str(error).replace(f"{folder}/", ""))
            raise in_clear_words(run, told) from None  # the cause may name what must not be told


def _options(run: ImportRun, source: Source, folder: Path) -> dict[str, Any]:
    """Return what the command would hand to *source*; the mapping is put into *folder* for it."""
    questions = questions_of(source)
    options = {name: question.default for name, question in questions.items()}
    options |= {"archive": run.archive, "dry_run": run.is_dry, "inspect": False, "report": None}
    options |= run.wishes | {"files": folder_of_files(run.wishes.get("folder", ""))} | run.options
    paths = paths_of(run)
    if FILE in questions:
        options[FILE] = paths if questions[FILE].is_many else paths[0]
    if URL in questions:
        options[URL] = f"sqlite:///{quote(str(paths[0]))}" if paths else address_of(run)
    if run.mapping:
        options[MAPPING] = folder / "mapping.toml"
        options[MAPPING].write_text(run.mapping, encoding="utf-8")
    return options


def address_of(run: ImportRun) -> str:
    """Return the address of the database of *run*, empty when it reads none. Raises SourceBroken."""
    if not run.sealed_url:
        return ""
    try:
        return unseal(SEAL, bytes(run.sealed_url), about=run.source.encode()).decode()
    except Unsealable as error:
        raise SourceBroken("The address of the database was sealed with another secret key; name it again.") from error


def in_clear_words(run: ImportRun, error: Exception) -> SourceBroken:
    """Return *error* with the names that files had where they came from, and without what is secret."""
    said = str(error)
    for path, file in zip(paths_of(run), run.files, strict=True):
        for stored in (quote(str(path)), str(path), path.name):
            said = said.replace(stored, file["name"])
    for secret, shown in _secrets(run):
        said = said.replace(secret, shown)
    return SourceBroken(said)


def _secrets(run: ImportRun) -> list[tuple[str, str]]:
    try:
        url = address_of(run)
        password = urlsplit(url).password
    except (SourceBroken, ValueError):
        return []
    found = [(url, run.shown_url)] if url else []
    return [*found, *((each, "…") for each in (password, unquote(password or "")) if each)]
