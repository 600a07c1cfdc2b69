"""A cursor of PostgreSQL's that has its statements prepared, where Django's put the values into the words."""

from __future__ import annotations

from typing import Any

import psycopg

STATEMENTS_KEPT = 200  # for each connection: PostgreSQL needs memory for each


class PreparingCursor(psycopg.Cursor[Any]):
    """Has PostgreSQL keep the plan of whatever it executes, under the words without the values."""

    def execute(  # pragma: no cover - the storage tests run there
        self, query: Any, params: Any = None, **how: Any
    ) -> PreparingCursor:
        """Execute *query*, prepared."""
        self.connection.prepare_threshold = 0
        try:
            return super().execute(query, params, **how)
        finally:
            self.connection.prepare_threshold = None  # Django's own cursors write the values into the words


def preparing_cursor(connection: Any) -> Any:  # pragma: no cover - the storage tests run there
    """Return one on Django's *connection*, in the wrapper that counts queries and translates errors."""
    connection.close_if_health_check_failed()  # as for any other cursor
    connection.ensure_connection()
    connection.connection.prepared_max = STATEMENTS_KEPT
    return connection._prepare_cursor(PreparingCursor(connection.connection))
