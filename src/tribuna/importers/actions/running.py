"""A run: records are stored in batches, each whole or not at all, so that the next run goes on where this ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import batched, groupby
from typing import Any

from django.db import transaction
from django.utils import timezone

from tribuna.importers.actions.addresses import send_on
from tribuna.importers.actions.articles import store_articles
from tribuna.importers.actions.files import store_files
from tribuna.importers.actions.ledger import Ledger, Wishes
from tribuna.importers.actions.settling import Looks, settle, tell_everybody
from tribuna.importers.actions.terms import shelf, store_authors, store_terms
from tribuna.importers.actions.threads import store_comments
from tribuna.importers.base import (
    BROKEN_OFF,
    Article,
    Author,
    Comment,
    File,
    Lost,
    Note,
    Reading,
    Record,
    SourceBroken,
    Term,
)
from tribuna.importers.models import Archive, Run
from tribuna.newsroom.models import SectionPage

SOURCE = "source"  # the kind of what is said about the source itself
RECORDS_AT_ONCE = 200
COMMENTS_AT_ONCE = 2_000

type Watch = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: its book, its row (none of a dry run), and what broke the source off, if anything did."""

    ledger: Ledger
    run: Run | None
    broken: str = ""


def import_archive(
    reading: Reading,
    *,
    name: str,
    source: str,
    wishes: Wishes | None = None,
    is_dry: bool = False,
    watch: Watch = lambda _number: None,
) -> Outcome:
    """Store what *reading* gives as the archive called *name*, and return how that went.

    A source that breaks off is told in the outcome: what came before it stays. *watch* is told how many records were
    done. In a dry run nothing is written. A process that is killed leaves whole batches; the next run does the rest.
    """
    if is_dry:
        archive = Archive.objects.filter(name=name).first() or Archive(name=name, source=source)
        ledger = Ledger(archive, wishes or Wishes(), is_dry=True)
        return Outcome(ledger, None, _store_all(ledger, reading.records, watch))
    archive, _is_new = Archive.objects.get_or_create(name=name, defaults={"source": source})
    run = Run.objects.create(archive=archive)
    ledger = Ledger(archive, wishes or Wishes())
    broken = ""
    try:
        if reading.home:
            _send_on_home(ledger, reading.home)
        broken = _store_all(ledger, reading.records, watch)
    finally:
        run.counts = {kind: dict(count) for kind, count in ledger.counts.items()}
        run.save(update_fields=["counts"])
        tell_everybody()
    settle(archive, watch=lambda _number: watch(0))
    run.ended_at, run.is_whole = timezone.now(), not broken
    run.save(update_fields=["ended_at", "is_whole"])
    return Outcome(ledger, run, broken)


def _send_on_home(ledger: Ledger, path: str) -> None:
    """Let the old front page lead to the home page of the language that the archive is in."""
    locale, _is_same = ledger.edition("")
    with transaction.atomic():
        send_on(ledger, [(path, shelf(SectionPage, locale).pk)])
        ledger.write_notes()


def _store_all(ledger: Ledger, records: Iterable[Record], watch: Watch) -> str:
    """Store all *records*; return what broke the source off, empty when nothing did."""
    breaks: list[str] = []
    looks = Looks()
    for kind, some in groupby(_until_broken(records, breaks), type):
        for batch in _threads(some) if kind is Comment else batched(some, RECORDS_AT_ONCE):
            _store(ledger, kind, list(batch))
            if not ledger.is_dry:
                name = batch[0].kind
                looks.look(name, ledger.counts[name]["created"])
            watch(len(batch))
    if breaks:
        ledger.note(SOURCE, "", [Note(BROKEN_OFF, breaks[0])])
    with transaction.atomic():
        ledger.write_notes(again=[(SOURCE, "")])
    return breaks[0] if breaks else ""


def _store(ledger: Ledger, kind: type[Record], records: list[Any]) -> None:
    if kind is File:  # each in a transaction of its own
        store_files(ledger, records)
        ledger.write_notes()
        return
    with transaction.atomic():
        _STORES[kind](ledger, records)
        ledger.write_notes()


def _store_lost(ledger: Ledger, records: list[Lost]) -> None:
    """Write down what has no place here."""
    new, _changed = ledger.sorted(Lost.kind, records)
    for record in new:
        ledger.lose(record)


_STORES: dict[type[Record], Callable[[Ledger, list[Any]], None]] = {
    Author: store_authors,
    Term: store_terms,
    Article: store_articles,
    Comment: store_comments,
    Lost: _store_lost,
}


def _until_broken(records: Iterable[Record], breaks: list[str]) -> Iterator[Record]:
    """Yield *records* as far as they can be read, and put into *breaks* why they end there."""
    try:
        yield from records
    except SourceBroken as error:
        breaks.append(str(error))


def _threads(comments: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield comments in batches that end where an article's thread does."""
    batch: list[Record] = []
    for _place, thread in groupby(comments, lambda each: (getattr(each, "article"), getattr(each, "address"))):  # noqa: B009
        batch += thread
        if len(batch) >= COMMENTS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
