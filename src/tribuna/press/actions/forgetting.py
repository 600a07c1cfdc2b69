"""Forgetting what was changed: by who changed it, and by every node that reads of it in the log."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.signals import request_started
from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from tribuna.core.plug import plug
from tribuna.core.prepared import prepared
from tribuna.press.base import LOG_SECONDS, STORE_ERRORS, Key, PageStore
from tribuna.press.models import Purge
from tribuna.press.signals import pages_forgotten

logger = logging.getLogger(__name__)

CHANNEL = "tribuna_press"  # of PostgreSQL's NOTIFY
POLL_SECONDS = 0.2
AWAY_SECONDS = 1.0
# An id that was skipped belongs to a transaction that was rolled back, or one that is still open.
OPEN_TRANSACTION_SECONDS = 15 * 60


def page_store() -> PageStore:
    """Return the store that ``TRIBUNA_PRESS_STORE`` names."""
    store: PageStore = plug(settings.TRIBUNA_PRESS_STORE)
    return store


def forget_pages(tags: Iterable[str], *, withdrawn: bool = False, purge: str | None = None) -> list[Key] | None:
    """Forget the pages of this node with one of *tags* and return which they were.

    *purge* is the token of a log row, which is carried out once. Where the store can't be written that is logged and
    the answer is None: the purge stays undone here, and the clerk tries it again.
    """
    told = frozenset(tags)
    try:
        keys = page_store().forget(told, withdrawn=withdrawn, purge=purge)
    except STORE_ERRORS:
        logger.exception("Pages could not be forgotten; it is tried again within a second.")
        return None
    pages_forgotten.send(sender=None, tags=told, keys=keys)
    return keys


def keep_house(*, is_start: bool = False) -> None:
    """Clear away what has run out, in the store and in the log. The clerk does it at its start and then hourly."""
    page_store().tidy(is_start=is_start)
    Purge.objects.filter(at__lt=timezone.now() - timedelta(seconds=LOG_SECONDS)).delete()


def follow_log(stop: threading.Event) -> None:
    """Forget on this node what the log says, within a second of its commit, until *stop* is set.

    It begins with all that is in the log: what this node did already it doesn't do again.
    """
    reader, is_away = LogReader(), False
    while not stop.is_set():
        request_started.send(sender=LogReader)  # as for a request: connections that are too old or lost are closed
        try:
            reader.read()
            reader.wait(stop)
            is_away = False
        except (DatabaseError, InterfaceError):
            if not is_away:
                logger.exception("The purge log can't be read; it is tried again every second.")
            is_away = True
            connection.close()
            stop.wait(AWAY_SECONDS)
    connection.close()


@prepared
def _news(last: int, skipped: list[int]) -> QuerySet[Purge]:
    return Purge.objects.filter(Q(pk__gt=last) | Q(pk__in=skipped)).order_by("pk")


class LogReader:
    """Reads the purge log in the order of its ids, and comes back for those that were skipped."""

    def __init__(self) -> None:
        self.last = 0
        self.skipped: dict[int, float] = {}  # when each was noticed, in monotonic seconds
        self._listens = False

    def read(self) -> None:
        """Carry out what is new. Raises DatabaseError."""
        self._listen()
        for purge in _news(self.last, list(self.skipped)):
            if self.last:
                self.skipped |= dict.fromkeys(range(self.last + 1, purge.pk), time.monotonic())
            self.last = max(self.last, purge.pk)
            self.skipped.pop(purge.pk, None)
            if forget_pages(purge.tags, withdrawn=purge.withdrawn, purge=purge.token) is None:
                self.skipped[purge.pk] = time.monotonic()
        oldest = time.monotonic() - OPEN_TRANSACTION_SECONDS
        self.skipped = {number: noticed for number, noticed in self.skipped.items() if noticed > oldest}

    def wait(self, stop: threading.Event) -> None:
        """Wait for the next entry, or for a moment where the database can't tell. Raises DatabaseError."""
        if not self._listens:
            stop.wait(POLL_SECONDS)
            return
        with connection.wrap_database_errors:  # pragma: no cover - PostgreSQL, where the storage tests run
            for _ in connection.connection.notifies(timeout=POLL_SECONDS, stop_after=1):
                pass

    def _listen(self) -> None:
        """Let PostgreSQL say when a transaction that wrote to the log is committed."""
        if connection.vendor != "postgresql":
            return
        if not self._listens or connection.connection is None:  # pragma: no cover - the storage tests run there
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {CHANNEL}")
            self._listens = True
