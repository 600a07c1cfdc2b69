"""What most tests begin with, made once for all tests of a process, on SQLite.

A test that commits leaves rows behind. Instead of emptying every table, and making again what migrations had made, the
database is put back as it was. A newsroom is opened once, in a transaction that is rolled back; from then on the
statements that opened it are said again. Elsewhere than on SQLite both are done anew each time.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")

type _Statement = tuple[str, Any, bool]


class Groundwork:
    """The database as migrations leave it, and what was said to it to lay the ground for a test."""

    def __init__(self) -> None:
        self._clean: sqlite3.Connection | None = None
        self._said: list[_Statement] = []
        self._before: object = None
        self._made = b""

    def lay(self, make: Callable[[], object]) -> None:
        """Keep the database as it is, and what *make* does to it and returns."""
        if connection.vendor != "sqlite":
            return
        self._clean = sqlite3.connect(":memory:", check_same_thread=False)
        connection.ensure_connection()
        connection.connection.backup(self._clean)
        self._before = _state()
        ContentType.objects.clear_cache()
        with transaction.atomic():
            with connection.execute_wrapper(self._hear):
                made = make()
            # The types of content that are known by now: a test that counts queries finds them known.
            self._made = pickle.dumps((made, ContentType.objects._cache))
            transaction.set_rollback(True)

    def _hear(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.lstrip().upper().startswith(WRITES):
            self._said.append((sql, params, many))
        return execute(sql, params, many, context)

    def made(self) -> Any:
        """Make again what was made, and return it; None where the database is not as it was then."""
        if self._clean is None or _state() != self._before:
            return None
        with transaction.atomic(), connection.cursor() as cursor:
            for sql, params, many in self._said:
                (cursor.executemany if many else cursor.execute)(sql, params)
        made, known = pickle.loads(self._made)
        for using, types in known.items():
            ContentType.objects._cache.setdefault(using, {}).update(types)
        return made

    def put_back(self) -> bool:
        """Put the database back as it was, and say whether that could be done."""
        if self._clean is None:
            return False
        connection.ensure_connection()
        self._clean.backup(connection.connection, progress=_wait_no_longer)
        return True


def _wait_no_longer(status: int, _remaining: int, _total: int) -> None:
    """Raise an error where somebody still writes after the timeout; the copying itself would wait for ever."""
    if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        raise sqlite3.OperationalError("Something that a test began still writes to the database.")


def _state() -> object:
    """Return what tells whether a row was ever added: each table's last key. And in which languages we publish."""
    with connection.cursor() as cursor:
        return settings.LANGUAGES, cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name").fetchall()


GROUNDWORK = Groundwork()
