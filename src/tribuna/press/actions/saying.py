"""What is said while a page is printed, and what is said when something changes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from django.db import DatabaseError, InterfaceError, connection, transaction

from tribuna.core.inserts import insert
from tribuna.press.actions.forgetting import CHANNEL, forget_pages, page_store
from tribuna.press.base import STORE_ERRORS, Epoch, Fragment, printing, recorded
from tribuna.press.models import Purge

logger = logging.getLogger(__name__)


def shows(*tags: str) -> None:
    """Note that the page being printed shows what *tags* name. Outside of printing it does nothing."""
    notes = printing.get()
    if notes is not None:
        notes.tags.update(tags)


def lasts_until(moment: datetime | None) -> None:
    """Note that the page being printed is right only until *moment*; None says nothing."""
    notes = printing.get()
    if notes is not None and moment is not None and (notes.until is None or moment < notes.until):
        notes.until = moment


def fragment(name: str, make: Callable[[], str]) -> str:
    """Return a part of the page being printed, as HTML: from the store, or as *make* prints it, and then it is stored.

    It is kept apart from the pages that it stands on, until something is changed that *make* said it shows. *name*
    says all that it depends on besides, such as the language. Outside of printing nothing is read or kept, and a store
    that can't be used is done without.
    """
    notes = printing.get()
    if notes is None or notes.epoch is None:
        return make()
    store, number = notes.epoch
    found = _tried(lambda: store.fragment(name))
    if found is None:
        with recorded(epoch=notes.epoch) as own:
            html = make()
        found = made = Fragment(html, frozenset(own.tags), own.until)
        _tried(lambda: store.keep_fragment(name, made, since=number))
    shows(*found.tags)
    lasts_until(found.until)
    return found.html


def remembered[Value](name: str, read: Callable[[], tuple[Value, Iterable[str]]]) -> Value:
    """Return what *read* reads for many pages, once in this process until one of the tags that it returns is forgotten.

    Its value must not be changed, and each page says for itself what it shows of it. Outside of printing it is read.
    """
    notes = printing.get()
    if notes is None or notes.epoch is None:
        return read()[0]
    known = _remembered.get(name)
    if known is None or not _still_holds(known, notes.epoch):
        value, tags = read()
        known = _Known(notes.epoch, value, frozenset(tags))
    if len(_remembered) >= REMEMBERED_MAXIMUM:
        _remembered.clear()
    _remembered[name] = known._replace(epoch=notes.epoch)
    kept: Value = known.value
    return kept


@contextmanager
def with_memory() -> Iterator[None]:
    """Let what is remembered for pages be remembered inside the block, too, though no page that is kept is printed."""
    store = page_store()
    number = _tried(store.epoch)
    with recorded(epoch=None if number is None else Epoch(store, number)):
        yield


class _Known(NamedTuple):
    epoch: Epoch  # in which it was right
    value: Any
    tags: frozenset[str]


REMEMBERED_MAXIMUM = 10_000  # things: then all are forgotten
_remembered: dict[str, _Known] = {}


def _still_holds(known: _Known, epoch: Epoch) -> bool:
    store, number = known.epoch
    if store is not epoch.store:
        return False
    if number == epoch.number:
        return True
    return _tried(lambda: store.is_forgotten(known.tags, since=number)) is False


def _tried[Found](ask: Callable[[], Found]) -> Found | None:
    """Return what *ask* does; None where the store can't be used."""
    try:
        return ask()
    except STORE_ERRORS:
        logger.exception("The store of printed pages can't be used.")
        return None


def changed(*tags: str, withdrawn: bool = False) -> None:
    """Forget every page with one of *tags* once the current transaction is committed (at once where there is none).

    *withdrawn*: what changed must not be seen any more (taken down, not just brought up to date), so not even an
    outdated copy is kept for the time when the database is away. The log row is part of the transaction: whatever
    happens to this process after the commit, the clerk of every node finds it there.
    """
    if not tags:
        return
    purge = Purge(tags=sorted(set(tags)), withdrawn=withdrawn)
    insert(purge)
    transaction.on_commit(partial(_forget_everywhere, purge))


def _forget_everywhere(purge: Purge) -> None:
    """Forget here what *purge* says, and wake those who read the log elsewhere.

    PostgreSQL commits transactions that notify one after the other, whatever they are about. So they are told
    afterwards: who isn't woken looks a moment later anyway.
    """
    forget_pages(purge.tags, withdrawn=purge.withdrawn, purge=purge.token)
    if connection.vendor == "postgresql":  # pragma: no cover - the storage tests run there
        with suppress(DatabaseError, InterfaceError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
