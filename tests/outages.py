"""Times when something is away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, OperationalError, connection


@contextmanager
def database_away(after: int = 0, *, error: type[Error] = OperationalError) -> Iterator[None]:
    """Let the database do *after* more statements, and fail in each one that follows."""
    left = iter(range(after))

    def execute_or_fail(execute, sql, params, many, context):
        if next(left, None) is None:
            raise error("the database is away")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(execute_or_fail):
        yield
