"""SQLite's own cursor, for words that come again, and moments as it keeps them.

Around each statement Django puts three layers of its own, which together take as long as SQLite does for a small one.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from types import TracebackType
from typing import Any, Self

_PLACE = re.compile(r"%(?:s|\((\w+)\)s|%)")


class _Straight(sqlite3.Cursor):
    """Takes Django's words, and raises Django's errors where its ``with`` block ends."""

    errors: Any  # of Django's connection

    def execute(self, query: str, params: Any = ()) -> Self:
        """Execute *query*, which has its places as Django writes them."""
        return super().execute(_own_words(query), params)

    def executemany(self, query: str, rows: Iterable[Any]) -> Self:
        """Execute *query* for each of *rows*."""
        return super().executemany(_own_words(query), rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        self.errors.__exit__(kind, error, trace)


@lru_cache(maxsize=1_000)
def _own_words(query: str) -> str:
    """Return *query* with its places as SQLite writes them."""
    return _PLACE.sub(_own_place, query)


def _own_place(found: re.Match[str]) -> str:
    if found[0] == "%%":
        return "%"
    return f":{found[1]}" if found[1] else "?"


def is_watched(connection: Any) -> bool:
    """Say whether somebody wants to know what is executed, which Django's cursors tell."""
    return bool(connection.execute_wrappers or connection.queries_logged)


def straight_cursor(connection: Any) -> Any:
    """Return a cursor for one ``with`` block: straight on SQLite, unless somebody wants to know what is executed."""
    if connection.vendor != "sqlite" or is_watched(connection):
        return connection.cursor()
    connection.validate_no_broken_transaction()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        cursor = connection.connection.cursor(_Straight)
    cursor.errors = connection.wrap_database_errors
    return cursor


def stored_moment(moment: datetime, connection: Any) -> Any:
    """Return what the database is given for *moment*: what Django would give it, for which it asks for much."""
    if connection.vendor == "sqlite" and moment.tzinfo is UTC and connection.timezone is UTC:
        return str(moment.replace(tzinfo=None))
    return connection.ops.adapt_datetimefield_value(moment)
