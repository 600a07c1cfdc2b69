"""What is said while a page is printed, and what is said when something changes."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import partial

from django.db import DatabaseError, InterfaceError, connection, transaction

from tribuna.core.inserts import insert
from tribuna.press.actions.forgetting import CHANNEL, forget_pages
from tribuna.press.base import printing
from tribuna.press.models import Purge


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
