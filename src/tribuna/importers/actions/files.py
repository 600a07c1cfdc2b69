"""Pictures and documents: copied from the folder of files, or fetched where that was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext, gettext_noop
from PIL import UnidentifiedImageError
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from tribuna.core.mojibake import mended
from tribuna.core.text import clean_line, clean_text
from tribuna.importers.actions.addresses import old_path, send_on
from tribuna.importers.actions.ledger import Ledger
from tribuna.importers.base import File, Note
from tribuna.importers.queries import by_other_sizes
from tribuna.newsroom.models import NewsImage

PLACE = "place"  # the old address of a picture, which bodies name
NAME_CHARACTERS = 255
MISSING = gettext_noop("The file is not in the folder of files.")
NOT_FETCHED = gettext_noop("The file could not be fetched.")
NOT_TAKEN = gettext_noop("Files of this kind are not taken.")
BROKEN = gettext_noop("The picture can't be read.")
SEEN_BY_ALL = gettext_noop("It was not public, and everybody may see pictures here.")
PRIVATE_FILES = gettext_noop("Private files of archives")


def store_files(ledger: Ledger, records: list[File]) -> None:
    """Store files, each in a transaction of its own: what is copied can't be rolled back, and fetching takes long."""
    new, _changed = ledger.sorted(File.kind, records)
    for record in new:
        content, flaw = _content(ledger, record)
        ledger.note(File.kind, record.key, record.notes)
        with transaction.atomic():
            _store(ledger, record, content, flaw)
            ledger.write_notes()


def _store(ledger: Ledger, record: File, content: bytes, flaw: Note | None) -> None:
    suffix = PurePosixPath(record.path).suffix.lower().removeprefix(".")
    is_picture = suffix in settings.WAGTAILIMAGES_EXTENSIONS
    if flaw is None and not is_picture and suffix not in settings.WAGTAILDOCS_EXTENSIONS:
        flaw = Note(NOT_TAKEN, suffix, original=record.path)
    if flaw is None and is_picture and record.is_private:
        flaw = Note(SEEN_BY_ALL, original=record.path)
    if flaw is not None:
        ledger.lose(record, flaw)
        return
    places = _places(record) if is_picture else []
    if ledger.is_dry:
        ledger.see(PLACE, places)
        return
    try:
        with transaction.atomic():
            pk, url = _picture(record, content) if is_picture else _document(record, content)
    except (OSError, ValueError, UnidentifiedImageError) as error:
        ledger.lose(record, Note(BROKEN, str(error), original=record.path))
        return
    ledger.enter(File.kind, [(record.key, pk, record.digest)])
    ledger.enter(PLACE, [(place, pk, "") for place in places], counted="")
    send_on(ledger, [(address, url) for address in record.addresses])


def _places(record: File) -> list[str]:
    """Return how a picture may be asked for later: by its key, and by where it stood."""
    paths = {path for address in record.addresses if (path := old_path(address))}
    return [by_key(record.key), *sorted(paths)]


def by_key(key: str) -> str:
    """Return the place of the picture whose record has *key*."""
    return f"file:{key}" if key else ""


def _content(ledger: Ledger, record: File) -> tuple[bytes, Note | None]:
    """Return what is in the file, or why there is nothing."""
    path = _within(ledger.wishes.files, record.path)
    if path is not None and path.is_file():
        return b"" if ledger.is_dry else path.read_bytes(), None
    if ledger.wishes.fetch is None or not record.url:
        return b"", Note(MISSING, original=record.url or record.path)
    if ledger.is_dry:
        return b"", None
    try:
        return ledger.wishes.fetch(record.url), None
    except (OSError, ValueError) as error:
        return b"", Note(NOT_FETCHED, str(error), original=record.url)


def _within(folder: Path | None, path: str) -> Path | None:
    """Return the file at *path* in *folder*, None where it would stand outside."""
    if folder is None or not path or "\0" in path:
        return None
    root = folder.resolve()
    found = (root / path.lstrip("/")).resolve()
    return found if found.is_relative_to(root) else None


def _title(record: File) -> str:
    return (clean_line(mended(record.title)) or PurePosixPath(record.path).name)[:NAME_CHARACTERS]


def _picture(record: File, content: bytes) -> tuple[int, str]:
    image = NewsImage(
        title=_title(record),
        file=ContentFile(content, PurePosixPath(record.path).name),
        description=clean_line(mended(record.alt))[:NAME_CHARACTERS],
        caption=clean_text(mended(record.caption)),
        credit=clean_line(mended(record.credit))[:NAME_CHARACTERS],
    )
    image.save()
    return image.pk, image.file.url


def _document(record: File, content: bytes) -> tuple[int, str]:
    document = get_document_model()(title=_title(record), file=ContentFile(content, PurePosixPath(record.path).name))
    if record.is_private:
        document.collection = _private_collection()
    document.save()
    return document.pk, document.url


def _private_collection() -> Collection:
    """Return the collection whose documents are only for the newsroom; made where there is none."""
    name = gettext(PRIVATE_FILES)
    login = CollectionViewRestriction.LOGIN
    kept = Collection.objects.filter(name=name, view_restrictions__restriction_type=login).first()
    if kept is None:
        kept = Collection.get_first_root_node().add_child(name=name)
        CollectionViewRestriction.objects.create(collection=kept, restriction_type=login)
    return kept


def pictures_at(ledger: Ledger, sources: Iterable[str]) -> dict[str, int]:
    """Return the pictures at *sources*: old addresses, whatever size was shown there, or what ``by_key`` gave."""
    tries = {src: [src, *_likely(src)] for src in sources if src}
    found = ledger.targets(PLACE, {path for paths in tries.values() for path in paths})
    known = {src: found[path] for src, paths in tries.items() for path in reversed(paths) if path in found}
    if ledger.is_dry:
        return known
    there = set(NewsImage.objects.filter(pk__in=set(known.values())).values_list("pk", flat=True))
    return {src: pk for src, pk in known.items() if pk in there}


def _likely(src: str) -> Iterator[str]:
    try:
        path = unquote(urlsplit(src).path)
    except ValueError:
        return
    for each in (path, *by_other_sizes(path)):
        yield old_path(each)
