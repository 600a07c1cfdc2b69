"""A cursor of PostgreSQL's that has its statements prepared, where Django's put the values into the words."""

from __future__ import annotations

from types import TracebackType
from typing import Any

import psycopg

from tribuna.core.straight import is_watched

STATEMENTS_KEPT = 200  # for each connection: PostgreSQL needs memory for each


class PreparingCursor(psycopg.Cursor[Any]):
    """Has PostgreSQL keep the plan of whatever it executes, under the words without the values.

    Where Django's wrapper is not around it, it raises Django's errors where its ``with`` block ends.
    """

    errors: Any = None  # of Django's connection

    def execute(  # pragma: no cover - the storage tests run there
        self, query: Any, params: Any = None, **how: Any
    ) -> PreparingCursor:
        """Execute *query*, prepared."""
        self.connection.prepare_threshold = 0
        try:
            return super().execute(query, params, **how)
        finally:
            self.connection.prepare_threshold = None  # Django's own cursors write the values into the words

    def __exit__(  # pragma: no cover - the storage tests run there
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if self.errors:
            self.errors.__exit__(kind, error, trace)


def preparing_cursor(connection: Any) -> Any:  # pragma: no cover - the storage tests run there
    """Return one on Django's *connection*; in the wrapper that tells of queries where somebody wants to know."""
    connection.close_if_health_check_failed()  # as for any other cursor
    connection.ensure_connection()
    connection.connection.prepared_max = STATEMENTS_KEPT
    cursor = PreparingCursor(connection.connection)
    if is_watched(connection):
        return connection._prepare_cursor(cursor)
    connection.validate_no_broken_transaction()
    cursor.errors = connection.wrap_database_errors
    return cursor
