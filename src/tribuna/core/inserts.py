"""New rows that are put into words once, as ``prepared`` does with queries.

Django builds a query anew for each row that ``save`` or ``create`` stores. Where a reader waits, and five rows are
stored together, that takes ten times as long as the database does. Like ``bulk_create`` this sends no signals.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from django.db import connections, models, router
from django.db.models import Field, ForeignKey, Model
from django.db.models.constants import OnConflict

from tribuna.core.straight import stored_moment, straight_cursor

_NUMBERS: frozenset[type] = frozenset({int, type(None)})
_TEXTS: frozenset[type] = frozenset({str, type(None)})
# Most values are what a database takes, and Django looks at each from all sides.
_PLAIN: Mapping[type[Field[Any, Any]], frozenset[type]] = {
    models.BigAutoField: _NUMBERS,
    models.PositiveIntegerField: _NUMBERS,
    models.PositiveSmallIntegerField: _NUMBERS,
    models.PositiveBigIntegerField: _NUMBERS,
    models.CharField: _TEXTS,
    models.TextField: _TEXTS,
    models.FloatField: frozenset({float}),
}


def insert(instance: Model) -> None:
    """Store *instance*, which is new, under the key that it has or one that the database gives.

    The key and what the database computes are on it afterwards, as after ``save(force_insert=True)``. It raises the
    same database errors. Not for models that have a table above them.
    """
    _words(instance, may_be_there=False).store(instance)


def insert_if_new(instance: Model) -> bool:
    """Store *instance* unless a row is there that it may not stand beside; say whether it was stored.

    Within a transaction nothing is broken by such a row, unlike an IntegrityError. It needs its own key, and gets back
    nothing that the database computes.
    """
    return _words(instance, may_be_there=True).store(instance)


def insert_those_new(instances: Sequence[Model]) -> set[Any]:
    """Store *instances* of one model, but for those beside whose like they may not stand; return the keys of the new.

    As with ``insert_if_new``, in one statement.
    """
    return _words(instances[0], may_be_there=True).store_new(instances) if instances else set()


def insert_many(instances: Sequence[Model]) -> None:
    """Store *instances*: new ones of one model, all of which bring their keys or none of which does.

    They get nothing back, not even a key. Otherwise it is as with ``insert``, in a third of ``bulk_create``'s time.
    """
    if instances:
        _words(instances[0], may_be_there=False).store_all(instances)


def insert_rows(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Store new *rows* of *model* of which nobody needs an instance: values by ``attname``, as ``insert_many``.

    What a row does not name gets its default. Nothing fills itself in, as ``auto_now`` would. All name the same.
    """
    if rows:
        has_key = model._meta.pk.attname in rows[0]
        _words_for(model, router.db_for_write(model), has_key=has_key, may_be_there=False).store_rows(rows)


class _Words:
    """The INSERT for one model, with or without a key of the row's own."""

    def __init__(self, model: type[Model], alias: str, *, has_key: bool, may_be_there: bool) -> None:
        meta, connection = model._meta, connections[alias]
        if meta.parents:
            raise TypeError(f"{meta.label} has a table above it: save() stores in both.")
        self.alias = alias
        missing = None if has_key else meta.auto_field
        fields = [field for field in meta.concrete_fields if not field.generated and field is not missing]
        self.fields = [(field, _kept_by(field)) for field in fields]
        self.defaults = {field.attname: field.get_default() for field in fields if not callable(field.default)}
        self.made_afresh = {field.attname: field.get_default for field in fields if callable(field.default)}
        made = [field for field in meta.concrete_fields if field.generated or field is missing]
        self.made = [] if may_be_there else [(field, _converters(field, connection)) for field in made]
        conflict = OnConflict.IGNORE if may_be_there else None
        name = connection.ops.quote_name
        columns = ", ".join(name(str(field.column)) for field in fields)
        places = ", ".join(f"%(p{place})s" for place in range(len(fields)))
        table = name(meta.db_table)
        self.beginning = f"{connection.ops.insert_statement(on_conflict=conflict)} {table} ({columns}) VALUES "
        self.row = f"({', '.join(['%s'] * len(fields))})"
        self.end = connection.ops.on_conflict_suffix_sql(fields, conflict, [], [])
        self.key = f"RETURNING {table}.{name(str(meta.pk.column))}"
        self.copied = f"COPY {table} ({columns}) FROM STDIN"
        returning = connection.ops.returning_columns([field for field, _ in self.made])[0]
        self.sql = " ".join(filter(None, [f"{self.beginning}({places})", self.end, returning]))

    def _values(self, instance: Any, connection: Any) -> list[Any]:
        return [
            value if type(value := field.pre_save(instance, True)) in kept else _adapted(field, value, connection)
            for field, kept in self.fields
        ]

    def _values_of_row(self, given: Mapping[str, Any], connection: Any) -> list[Any]:
        row = {**self.defaults, **{name: make() for name, make in self.made_afresh.items()}, **given}
        if len(row) > len(self.fields):
            raise TypeError(f"{sorted(given)} has a name that is none of the fields'.")
        return [
            value if type(value := row[field.attname]) in kept else _adapted(field, value, connection)
            for field, kept in self.fields
        ]

    def store_all(self, instances: Sequence[Any]) -> None:
        connection = connections[self.alias]
        self._send([self._values(instance, connection) for instance in instances], connection)

    def store_rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        connection = connections[self.alias]
        self._send([self._values_of_row(row, connection) for row in rows], connection)

    def _send(self, rows: list[list[Any]], connection: Any) -> None:
        with straight_cursor(connection) as cursor:
            if connection.vendor == "postgresql":  # pragma: no cover - the storage tests run there
                with connection.wrap_database_errors, cursor.copy(self.copied) as copy:  # a fifth of its time
                    for row in rows:
                        copy.write_row(row)
            else:
                cursor.executemany(self.beginning + self.row, rows)

    def store_new(self, instances: Sequence[Any]) -> set[Any]:
        connection = connections[self.alias]
        rows = [self._values(instance, connection) for instance in instances]
        statement = f"{self.beginning}{', '.join([self.row] * len(rows))} {self.end} {self.key}"
        with straight_cursor(connection) as cursor:
            cursor.execute(statement, list(chain(*rows)))
            return {key for (key,) in cursor.fetchall()}

    def store(self, instance: Any) -> bool:
        connection = connections[self.alias]
        values = {f"p{place}": value for place, value in enumerate(self._values(instance, connection))}
        with straight_cursor(connection) as cursor:
            cursor.execute(self.sql, values)
            if self.made:
                for value, (field, converters) in zip(cursor.fetchone(), self.made, strict=True):
                    for convert, column in converters:
                        value = convert(value, column, connection)  # noqa: PLW2901 - one after the other
                    setattr(instance, field.attname, value)
            is_stored: bool = cursor.rowcount != 0  # where something is returned SQLite counts nothing yet
        if is_stored:
            instance._state.adding, instance._state.db = False, self.alias
        return is_stored


def _kept_by(field: Field[Any, Any]) -> frozenset[type]:
    """Return the types of the values that *field* would hand to the database as they are."""
    stored = field.target_field if isinstance(field, ForeignKey) else field
    return next((types for kind, types in _PLAIN.items() if type(stored) is kind), frozenset())


def _adapted(field: Field[Any, Any], value: Any, connection: Any) -> Any:
    if type(field) is models.DateTimeField and type(value) is datetime and value.tzinfo is UTC:
        return stored_moment(value, connection)
    return field.get_db_prep_save(value, connection)


def _converters(field: Field[Any, Any], connection: Any) -> list[tuple[Any, Any]]:
    column = field.get_col(field.model._meta.db_table)
    found = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
    return [(convert, column) for convert in found]


class _Known(threading.local):
    def __init__(self) -> None:
        self.words: dict[Any, _Words] = {}


_known = _Known()


def _words(instance: Model, *, may_be_there: bool) -> _Words:
    model = type(instance)
    alias = router.db_for_write(model, instance=instance)
    return _words_for(model, alias, has_key=instance.pk is not None, may_be_there=may_be_there)


def _words_for(model: type[Model], alias: str, *, has_key: bool, may_be_there: bool) -> _Words:
    shape = (model, alias, has_key, may_be_there)
    words = _known.words.get(shape)
    if words is None:
        words = _known.words[shape] = _Words(model, alias, has_key=has_key, may_be_there=may_be_there)
    return words


def next_id(model: type[Model]) -> int:
    """Return a number that no row of *model* has, nor will get, for an ``insert`` in the current transaction."""
    return next_ids(model, 1)[0]


def next_ids(model: type[Model], count: int) -> list[int]:
    """Return *count* such numbers, in one statement."""
    connection = connections[router.db_for_write(model)]
    table, column = connection.ops.quote_name(model._meta.db_table), model._meta.pk.column
    with straight_cursor(connection) as cursor:
        if connection.vendor == "postgresql":  # pragma: no cover - the storage tests run there
            asked = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(asked, [table, column, count])
            return [number for (number,) in cursor.fetchall()]
        # SQLite lets one transaction write at a time, and never gives a number twice.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        last = int((cursor.fetchone() or [0])[0])
        return list(range(last + 1, last + 1 + count))
