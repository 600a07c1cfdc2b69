"""What is said while a page is printed, and what is said when something changes."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import connection, transaction

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
    purge = Purge.objects.create(tags=sorted(set(tags)), withdrawn=withdrawn)
    if connection.vendor == "postgresql":  # pragma: no cover - the storage tests run there
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
    transaction.on_commit(partial(forget_pages, purge.tags, withdrawn=withdrawn, purge=purge.token))
