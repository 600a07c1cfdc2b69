"""The book of a run: what is known of each record already, what became of it now, and what there is to say of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from itertools import batched
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_noop
from wagtail.models import Locale

from tribuna.core.inserts import insert_many
from tribuna.importers.base import Note, Record
from tribuna.importers.models import KEY_MAX_CHARACTERS, Archive, Finding, Origin

KEYS_AT_ONCE = 500
TWICE = gettext_noop("The source has it twice; the first counts.")
SAMPLES = 20
SAMPLE_CHARACTERS = 2_000
_COLUMNS = 'INSERT INTO importers_origin (archive_id, kind, "key", target, digest)'
_ANEW = 'ON CONFLICT (archive_id, kind, "key") DO UPDATE SET target = excluded.target, digest = excluded.digest'
_ENTER = f"{_COLUMNS} VALUES (%s, %s, %s, %s, %s) {_ANEW}"
_ENTER_ALL = f"{_COLUMNS} SELECT %s, %s, * FROM unnest(%s::text[], %s::bigint[], %s::text[]) {_ANEW}"  # noqa: S608
_FOUND_IN_DRY_RUN = 0  # stands for the primary key of something that would be there


def short_key(key: str) -> str:
    """Return *key* as it is stored: one that is too long ends in a digest of itself."""
    key = key.replace("\0", "")
    if len(key) <= KEY_MAX_CHARACTERS:
        return key
    mark = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"{key[: KEY_MAX_CHARACTERS - len(mark) - 1]}~{mark}"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the operator asked for besides: where files are, and how those that are not there are fetched."""

    files: Path | None = None
    fetch: Callable[[str], bytes] | None = None
    section: str = ""  # what the section is called for stories that stand in none
    language: str = ""  # of what does not say


@dataclass
class Ledger:
    """The book. In a dry run it is read, and what would be written stays here."""

    archive: Archive
    wishes: Wishes
    is_dry: bool = False
    counts: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    findings: Counter[tuple[str, str, bool]] = field(default_factory=Counter)  # of a dry run
    samples: dict[tuple[str, str, bool], list[dict[str, str]]] = field(default_factory=dict)
    _seen: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _notes: list[tuple[str, str, Note]] = field(default_factory=list)

    @cached_property
    def _editions(self) -> dict[str, Locale]:
        return {locale.language_code: locale for locale in Locale.objects.all()}

    def edition(self, language: str) -> tuple[Locale, bool]:
        """Return the edition for what is in *language*, and whether it is one in that very language."""
        code = (language or self.wishes.language).lower().replace("_", "-")
        for each in (code, code.partition("-")[0]):
            if each in self._editions:
                return self._editions[each], True
        return self._editions[settings.LANGUAGE_CODE], not code

    def sorted[R: Record](self, kind: str, records: Collection[R]) -> tuple[list[R], list[tuple[R, int]]]:
        """Return those of *records* that are new, and those that changed with what they became. Counts them all."""
        unlike = self._unlike(kind, records)
        known = self._origins(kind, unlike)
        count = self.counts[kind]
        new = [record for key, record in unlike.items() if key not in known]
        changed = [
            (record, target)
            for key, record in unlike.items()
            if key in known and known[key][1] != record.digest and (target := known[key][0]) is not None
        ]
        count["same"] += len(unlike) - len(new) - len(changed)
        if self.is_dry:
            count.update(created=len(new), updated=len(changed))
        return new, changed

    def _unlike[R: Record](self, kind: str, records: Collection[R]) -> dict[str, R]:
        """Return *records* by their keys as stored. Of those that a source gives twice, the first counts."""
        unlike: dict[str, R] = {}
        seen, count = self._seen[kind], self.counts[kind]
        count["read"] += len(records)
        for record in records:
            key = short_key(record.key)
            if hash(key) in seen:
                count["twice"] += 1
                self._note_again(kind, key, record)
            else:
                seen.add(hash(key))  # a million keys would take too much memory
                unlike[key] = record
        return unlike

    def _note_again(self, kind: str, key: str, record: Record) -> None:
        said = Finding.objects.filter(archive_id=self.archive.pk, kind=kind, key=key, about=TWICE)
        if self.is_dry or not said.exists():
            self.note(kind, key, [Note(TWICE, original=repr(record), is_lost=False)])

    def _origins(self, kind: str, keys: Iterable[str]) -> dict[str, tuple[int | None, str]]:
        book = Origin.objects.filter(archive_id=self.archive.pk, kind=kind)
        return {
            key: (target, digest)
            for some in batched(keys, KEYS_AT_ONCE)
            for key, target, digest in book.filter(key__in=some).values_list("key", "target", "digest")
        }

    def targets(self, kind: str, keys: Iterable[str]) -> dict[str, int]:
        """Return what the records with *keys* became, by their keys; those that are nowhere are missing."""
        asked = {key: short_key(key) for key in keys if key}
        known = self._origins(kind, set(asked.values()))
        found = {key: pk for key, short in asked.items() if short in known and (pk := known[short][0]) is not None}
        if self.is_dry:
            found |= {
                key: _FOUND_IN_DRY_RUN
                for key, short in asked.items()
                if key not in found and hash(short) in self._seen[kind]
            }
        return found

    def see(self, kind: str, keys: Iterable[str]) -> None:
        """Note in a dry run that records with *keys* would be there."""
        self._seen[kind].update(hash(short_key(key)) for key in keys)

    def enter(self, kind: str, made: Sequence[tuple[str, int | None, str]], *, counted: str = "created") -> None:
        """Write down (key, primary key, digest) of what was *made*. Belongs into the transaction that made it."""
        rows = {short_key(key): (target, digest) for key, target, digest in made}
        if rows:
            with connection.cursor() as cursor:  # for a million, Django's own words take ten times as long
                if connection.vendor == "postgresql":  # pragma: no cover - the storage tests run there
                    targets, digests = map(list, zip(*rows.values(), strict=True))
                    cursor.execute(_ENTER_ALL, [self.archive.pk, kind, list(rows), targets, digests])
                else:
                    cursor.executemany(_ENTER, [(self.archive.pk, kind, key, *row) for key, row in rows.items()])
        if counted:
            self.counts[kind][counted] += len(made)

    def note(self, kind: str, key: str, notes: Iterable[Note]) -> None:
        """Say *notes* of the record with *key*. They are written with the batch."""
        for note in notes:
            self._notes.append((kind, short_key(key), note))

    def write_notes(self, *, again: Sequence[tuple[str, str]] = ()) -> None:
        """Write what was noted; of the records *again* (kind, key), instead of what was noted before."""
        notes, self._notes = self._notes, []
        if self.is_dry:
            for kind, key, note in notes:
                self._remember(kind, key, note)
            return
        for kind, key in again:
            Finding.objects.filter(archive=self.archive, kind=kind, key=short_key(key)).delete()
        insert_many(
            [
                Finding(
                    archive=self.archive,
                    kind=kind,
                    key=key,
                    about=note.about,
                    detail=_storable(note.detail),
                    original=_storable(note.original),
                    is_lost=note.is_lost,
                )
                for kind, key, note in notes
            ]
        )

    def _remember(self, kind: str, key: str, note: Note) -> None:
        place = (kind, note.about, note.is_lost)
        self.findings[place] += 1
        samples = self.samples.setdefault(place, [])
        if len(samples) < SAMPLES:
            samples.append({"key": key, "detail": note.detail, "original": note.original[:SAMPLE_CHARACTERS]})

    def lose(self, record: Record, *notes: Note) -> None:
        """Write down that *record* has no place here, with *notes* besides its own."""
        if self.is_dry:
            self.counts[record.kind].update(left=1, created=-1)
        else:
            self.enter(record.kind, [(record.key, None, record.digest)], counted="left")
        self.note(record.kind, record.key, [*record.notes, *notes])


def _storable(text: str) -> str:
    """PostgreSQL takes no NUL, and no database half a character."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
