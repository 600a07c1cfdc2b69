"""Threads: comments in bulk, each below the one it answered, with the counters of page and conversation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import batched

from django.db import connection
from django.db.models import Count, F
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, override
from wagtail.models import Page

from tribuna.comments.models import ID_BYTES, LANGUAGE_MAX_CHARACTERS, MAX_DEPTH, NAME_MAX_CHARACTERS, ThreadStat
from tribuna.comments.models import Comment as Stored
from tribuna.core.inserts import insert_many
from tribuna.core.mojibake import mended
from tribuna.core.signing import keyed_hash
from tribuna.core.text import clean_line, clean_text, render_text
from tribuna.importers.actions.deciding import bring_up_to_date
from tribuna.importers.actions.ledger import Ledger
from tribuna.importers.actions.standing import pages_for
from tribuna.importers.base import DATE_UNKNOWN, MENDED, Comment, Note, Said

ROWS_AT_ONCE = 500
NO_ARTICLE = gettext_noop("The article it stood under did not come.")
NO_WORDS = gettext_noop("Nothing is left of its text; replies to it stand one place higher.")
GONE = gettext_noop("It had been taken away already; replies to it stand one place higher.")
IN_A_RING = gettext_noop("Comments answered each other in a ring; it stands at the beginning now.")
NO_PARENT = gettext_noop("What it answered is not there; it stands at the beginning now.")
NAME_CUT = gettext_noop("The name was too long and was cut.")


def store_comments(ledger: Ledger, records: list[Comment]) -> None:
    """Store comments; *records* are whole threads, or parts of them whose parents came before."""
    new, changed = ledger.sorted(Comment.kind, records)
    pages = pages_for(ledger, new)
    threads: defaultdict[int, list[Comment]] = defaultdict(list)
    for record in new:
        page = pages.get(record.article or record.address)
        if page is None:
            ledger.lose(record, Note(NO_ARTICLE, record.article or record.address, _kept(record)))
        else:
            threads[page].append(record)
    if ledger.is_dry:
        for thread in threads.values():
            _Threads(ledger, {}, {}).sort_out(thread)
        return
    if threads:
        _store(ledger, threads)
    for record, pk in changed:
        bring_up_to_date(ledger, record, pk)
    ledger.write_notes(again=[(Comment.kind, record.key) for record, _pk in changed])


def _kept(record: Comment) -> str:
    """Return what a comment said; neither address nor mail of a reader is kept anywhere."""
    return f"{record.name}: {record.text}"


def _store(ledger: Ledger, threads: Mapping[int, list[Comment]]) -> None:
    _lock(sorted(threads))
    parents = ledger.targets(Comment.kind, {r.parent for thread in threads.values() for r in thread})
    above = {c.pk: c for c in Stored.objects.filter(pk__in=parents.values())}
    work = _Threads(ledger, parents, above)
    kept = {page: work.sort_out(thread) for page, thread in threads.items()}
    languages = dict(Page.objects.filter(pk__in=kept).values_list("pk", "locale__language_code"))
    ids = iter(reserved_ids(sum(len(thread) for thread in kept.values())))
    rows = [work.row(r, page, next(ids), languages[page]) for page, thread in kept.items() for r in thread]
    insert_many(rows)
    made = [record for thread in kept.values() for record in thread]
    ledger.enter(Comment.kind, [(r.key, row.pk, r.digest) for r, row in zip(made, rows, strict=True)])
    count_again(kept, {row.root_id or row.pk for row in rows})


def _lock(pages: Sequence[int]) -> None:
    """Make other writers in these threads wait until the transaction ends, as ``lock_thread`` does for one."""
    for some in batched(pages, ROWS_AT_ONCE):
        ThreadStat.objects.bulk_create([ThreadStat(page_id=page) for page in some], ignore_conflicts=True)
        list(ThreadStat.objects.select_for_update().filter(page__in=some).order_by("page").values_list("page"))


class _Threads:
    """Threads being put in order: who answers whom, now that some are missing."""

    def __init__(self, ledger: Ledger, parents: Mapping[str, int], above: Mapping[int, Stored]) -> None:
        self.ledger = ledger
        self.made: dict[str, Stored] = {key: above[pk] for key, pk in parents.items() if pk in above}
        self.known = set(parents)
        self.answers: dict[str, str] = {}
        self.texts: dict[str, str] = {}

    def sort_out(self, records: Sequence[Comment]) -> list[Comment]:
        """Return those of a thread that can be stored, each after the one it answers."""
        by_key = {record.key: record for record in records}
        kept = {record.key: record for record in records if self._is_kept(record)}
        self.answers |= {key: self._parent(record, by_key, kept) for key, record in kept.items()}
        ordered: dict[str, Comment] = {}
        for key in kept:
            line = []
            at = key
            while at and at in kept and at not in ordered:
                line.append(at)
                at = self.answers[at]
            for each in reversed(line):
                ordered[each] = kept[each]
        return list(ordered.values())

    def _is_kept(self, record: Comment) -> bool:
        if record.state == Said.GONE:
            self.ledger.lose(record, Note(GONE, original=_kept(record)))
        elif not self._cleaned(record):
            self.ledger.lose(record, Note(NO_WORDS, original=_kept(record)))
        else:
            self.ledger.note(Comment.kind, record.key, [*record.notes, *_changes(record)])
            return True
        return False

    def _cleaned(self, record: Comment) -> str:
        text = clean_text(mended(record.text))
        self.texts[record.key] = text
        return text

    def _parent(self, record: Comment, by_key: Mapping[str, Comment], kept: Mapping[str, Comment]) -> str:
        """Return the key of what *record* answers, as far as that is there; empty at the beginning."""
        seen, parent = {record.key}, record.parent
        while parent and parent in by_key and parent not in seen and parent not in kept:
            seen.add(parent)
            parent = by_key[parent].parent
        if parent in kept and self._leads_back(record.key, parent, by_key):
            self.ledger.note(Comment.kind, record.key, [Note(IN_A_RING, parent, is_lost=False)])
            return ""
        if parent and parent not in kept and parent not in self.known:
            self.ledger.note(Comment.kind, record.key, [Note(NO_PARENT, parent, is_lost=False)])
            return ""
        return parent

    @staticmethod
    def _leads_back(key: str, parent: str, by_key: Mapping[str, Comment]) -> bool:
        """Say whether *key* is the first of a ring: the smallest of those in it."""
        ring = [key]
        while parent in by_key and parent not in ring:
            ring.append(parent)
            parent = by_key[parent].parent
        return parent == key and key == min(ring)

    def row(self, record: Comment, page: int, pk: int, language: str) -> Stored:
        """Return the row for *record*; the one it answers was made before."""
        text = self.texts.pop(record.key)
        row = Stored(
            pk=pk,
            page_id=page,
            created_at=record.created_at or timezone.now(),
            state=record.state.value,
            author_ref=keyed_hash("author.email", record.email.strip().casefold()) if record.email.strip() else "",
            name=name_of(record, language),
            lang=(record.language or language)[:LANGUAGE_MAX_CHARACTERS],
            body_source=text,
            body_html=render_text(text),
        )
        answered = self.made.get(self.answers[record.key])
        _hang(row, answered)
        self.made[record.key] = row
        return row


def _hang(row: Stored, answered: Stored | None) -> None:
    """Place *row* below what it answers, or beside that when it is too deep."""
    path = b"" if answered is None else bytes(answered.path)
    if answered is not None:
        too_deep = answered.depth == MAX_DEPTH
        path = path[:-ID_BYTES] if too_deep else path
        row.reply_to_id = answered.pk
        row.parent_id = answered.parent_id if too_deep else answered.pk
        row.root_id = answered.root_id or answered.pk
        row.depth = answered.depth + (not too_deep)
        hider = answered.hidden_by_id if answered.is_published else answered.pk
        row.hidden_by_id = hider
    row.path = path + row.pk.to_bytes(ID_BYTES)


def name_of(record: Comment, language: str) -> str:
    """Return the name above a comment."""
    name = clean_line(mended(record.name))[:NAME_MAX_CHARACTERS]
    if name:
        return name
    with override(language):
        return gettext("Anonymous")


def _changes(record: Comment) -> Iterable[Note]:
    if len(clean_line(record.name)) > NAME_MAX_CHARACTERS:
        yield Note(NAME_CUT, original=record.name, is_lost=False)
    if record.created_at is None:
        yield Note(DATE_UNKNOWN, is_lost=False)
    if mended(record.text) != record.text:
        yield Note(MENDED, original=record.text, is_lost=False)


def reserved_ids(number: int) -> Sequence[int]:
    """Return *number* ids for comments that nobody else will get. Belongs into the transaction that uses them."""
    if not number:
        return []
    table = Stored._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # pragma: no cover - the storage tests run there
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])  # once, and not for each
            cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [cursor.fetchone()[0], number])
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = %s), 0)", [table])
        last = int(cursor.fetchone()[0])
    return range(last + 1, last + 1 + number)


def count_again(pages: Iterable[int], roots: Iterable[int]) -> None:
    """Bring the counters of *pages* and of the conversations *roots* up to date."""
    for some in batched(pages, ROWS_AT_ONCE):
        counted = dict(Stored.objects.public().filter(page__in=some).values_list("page_id").annotate(Count("pk")))
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for page in some:
            groups[counted.get(page, 0)].append(page)
        for number, same in groups.items():
            ThreadStat.objects.filter(page__in=same).update(
                visible_count=number, version=F("version") + 1, last_at=timezone.now()
            )
    below: Counter[int] = Counter()
    wanted = set(roots)
    for some in batched(wanted, ROWS_AT_ONCE):
        below.update(dict(Stored.objects.public().filter(root__in=some).values_list("root_id").annotate(Count("pk"))))
    _write_replies(wanted, below)


def _write_replies(roots: Iterable[int], below: Mapping[int, int]) -> None:
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for root in roots:
        groups[below.get(root, 0)].append(root)
    for number, same in groups.items():
        for some in batched(same, ROWS_AT_ONCE):
            Stored.objects.filter(pk__in=some).exclude(replies=number).update(replies=number)
