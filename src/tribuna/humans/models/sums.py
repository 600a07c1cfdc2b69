"""Rows that are sums, which many processes add to at once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import batched
from typing import Any

from django.db import connections, models, router, transaction

ROWS_PER_STATEMENT = 500


class SumQuerySet[Row: models.Model](models.QuerySet[Row]):
    """Adds to rows whose last field is a sum and whose others, together, are unique."""

    def add_up(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add the last value of each of *rows* to the row that has the others, or make one: all of them, or none.

        The database adds, so that nothing is lost between two who add at once; the order keeps them from deadlock.
        """
        fields = [field for field in self.model._meta.concrete_fields if not isinstance(field, models.AutoField)]
        connection = connections[router.db_for_write(self.model)]
        name, names = connection.ops.quote_name, [connection.ops.quote_name(str(field.column)) for field in fields]
        table, one = name(self.model._meta.db_table), f"({', '.join(['%s'] * len(fields))})"
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for batch in batched(sorted(rows), ROWS_PER_STATEMENT):
                cursor.execute(
                    f"INSERT INTO {table} ({', '.join(names)}) VALUES {', '.join([one] * len(batch))} "  # noqa: S608
                    f"ON CONFLICT ({', '.join(names[:-1])}) "
                    f"DO UPDATE SET {names[-1]} = {table}.{names[-1]} + excluded.{names[-1]}",
                    [
                        field.get_db_prep_save(value, connection)
                        for row in batch
                        for field, value in zip(fields, row, strict=True)
                    ],
                )
