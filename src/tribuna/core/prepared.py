"""Queries that are put into words once.

Django writes the SQL of a queryset anew each time, which for a page with its forty columns takes ten times as long as
the database takes to answer. A prepared query keeps the words, one copy in each thread, and only fills in the values.
PostgreSQL, too, keeps them: it plans a query once for each connection, which takes it longer than the answer.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import wraps
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.models import DateTimeField, Expression, QuerySet
from django.db.models.query import FlatValuesListIterable, ModelIterable, get_related_populators
from django.db.models.sql import UpdateQuery
from django.utils import timezone

from tribuna.core.straight import stored_moment, straight_cursor

_is_writing: ContextVar[bool] = ContextVar("is_writing", default=False)


class Gap(Expression):
    """Stands in a queryset for a value that is given when the query is asked; one for a list goes after ``__in``."""

    def __init__(self, number: int, *, is_list: bool) -> None:
        super().__init__()
        self.number, self.is_list = number, is_list

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return a place, and the gap itself as what belongs there."""
        return "(%s)" if self.is_list else "%s", [self]


class RightNow(Expression):
    """The moment at which a query is asked, prepared or not, by the clock of this process."""

    output_field = DateTimeField()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return a place, and what belongs there: the moment, or this itself in words that are kept."""
        return "%s", [self if _is_writing.get() else stored_moment(timezone.now(), connection)]


class _Words:
    """The SQL of one query, and what is to be filled into it."""

    def __init__(self, query: Any, alias: str) -> None:
        if any(isinstance(getattr(leaf, "rhs", None), date) for leaf in query.where.leaves()):
            raise TypeError("A moment in the words of a prepared query would stand still: use a gap, or RightNow().")
        self.alias = alias
        self.compiler = query.get_compiler(alias)
        sql, self.params = _written(self.compiler)
        # Places with names are far quicker to fill than those without, which Django looks for in the whole text.
        self.sql = sql.replace("%%", "%%%%") % tuple(f"%(p{place})s" for place in range(len(self.params)))

    def _filled(self, values: tuple[Any, ...], connection: Any) -> tuple[str, dict[str, Any]]:
        sql = self.sql
        params: dict[str, Any] = {}
        for place, param in enumerate(self.params):
            name = f"p{place}"
            if isinstance(param, RightNow):
                params[name] = stored_moment(timezone.now(), connection)
            elif not isinstance(param, Gap):
                params[name] = param
            elif param.is_list:
                given = {
                    f"{name}_{number}": _adapted(value, connection) for number, value in enumerate(values[param.number])
                }
                sql = sql.replace(f"%({name})s", ", ".join(f"%({each})s" for each in given) or "NULL", 1)
                params |= given
            else:
                params[name] = _adapted(values[param.number], connection)
        return sql, params


class _Change(_Words):
    """The SQL of one UPDATE."""

    def __init__(self, queryset: QuerySet[Any, Any], written: dict[str, Any]) -> None:
        query: UpdateQuery = queryset.query.chain(UpdateQuery)  # type: ignore[assignment]  # the stubs lose its class
        query.add_update_values(written)
        super().__init__(query, router.db_for_write(queryset.model))

    def ask(self, values: tuple[Any, ...]) -> int:
        """Change the rows for *values* and return how many there were; one query."""
        if not self.sql:
            return 0
        connection = connections[self.alias]
        with cursor_on(connection) as cursor:
            cursor.execute(*self._filled(values, connection))
            changed: int = cursor.rowcount
        return changed


class _Question(_Words):
    """The SQL of one queryset, and how its rows become what the queryset gives."""

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        super().__init__(queryset.query, queryset.db)
        if self.sql:
            columns = [column for column, *_ in self.compiler.select]
            self.converters = [
                (place, [_converter(each, self.compiler.connection) for each in converters], column)
                for place, (converters, column) in self.compiler.get_converters(columns).items()
            ]
            self.made_of = _maker(queryset, self.compiler)

    def ask(self, values: tuple[Any, ...]) -> list[Any]:
        """Return what the queryset gives for *values*; one query, or none where there can't be a row."""
        if not self.sql:
            return []
        connection = connections[self.alias]
        sql, params = self._filled(values, connection)
        with cursor_on(connection) as cursor:
            cursor.execute(sql, params)
            rows = cursor.fetchall()
        return list(map(self.made_of, self._converted(rows, connection) if self.converters and rows else rows))

    def _converted(self, rows: list[Any], connection: Any) -> Iterable[tuple[Any, ...]]:
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        for place, converters, column in self.converters:
            for convert in converters:
                columns[place] = [convert(value, column, connection) for value in columns[place]]
        return zip(*columns, strict=True)


def cursor_on(connection: Any) -> Any:
    """Return a cursor for words that come again, for one ``with`` block."""
    if connection.vendor != "postgresql" or not connection.settings_dict.get("PREPARED", True):
        return straight_cursor(connection)
    from tribuna.core.preparing import preparing_cursor  # pragma: no cover - the storage tests run there

    return preparing_cursor(connection)  # pragma: no cover - the storage tests run there


def _converter(convert: Callable[..., Any], connection: Any) -> Callable[..., Any]:
    """Return *convert*, or what does the same for the moments of SQLite and takes a quarter of the time."""
    is_of_moments = connection.vendor == "sqlite" and convert == connection.ops.convert_datetimefield_value
    return _moment if is_of_moments and connection.timezone is UTC else convert


def _moment(stored: str | datetime | None, _column: Any, _connection: Any) -> datetime | None:
    if isinstance(stored, str):  # the driver has read it where it is a column, and not where it was computed
        stored = datetime.fromisoformat(stored)
    return stored and stored.replace(tzinfo=UTC)


def _written(compiler: Any) -> tuple[str, tuple[Any, ...]]:
    """Return SQL and parameters, with gaps among them; nothing for a query that never has a row."""
    token = _is_writing.set(True)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return "", ()
    finally:
        _is_writing.reset(token)
    return sql, params


def _maker(queryset: QuerySet[Any, Any], compiler: Any) -> Callable[[tuple[Any, ...]], Any]:
    """Return what makes of a row what the queryset gives: a tuple, a single value, or an instance of the model."""
    if queryset._iterable_class is not ModelIterable:
        return itemgetter(0) if queryset._iterable_class is FlatValuesListIterable else tuple
    of_model = slice(min(compiler.klass_info["select_fields"]), max(compiler.klass_info["select_fields"]) + 1)
    names = frozenset(column.target.attname for column, *_ in compiler.select[of_model])  # Django looks each field up
    fetch_mode = queryset._fetch_mode  # type: ignore[attr-defined]  # newer than the stubs
    related = get_related_populators(compiler.klass_info, compiler.select, queryset.db, fetch_mode)
    annotations = list((compiler.annotation_col_map or {}).items())

    def instance(row: tuple[Any, ...]) -> Any:
        made = queryset.model.from_db(queryset.db, names, row[of_model])
        for each in related:
            each.populate(row, made)
        for name, place in annotations:
            setattr(made, name, row[place])
        return made

    return instance


class _Known(threading.local):
    def __init__(self) -> None:
        self.words: dict[Any, Any] = {}


def prepared[**P, Row](build: Callable[P, QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """Make *build*, which returns a queryset, a function that returns the rows of that queryset with one query.

    What comes by position is a value, or a list of values for ``__in``: *build* gets a gap for it, which may stand
    where a filter or an annotation takes a value. What comes by keyword *build* gets as it is, and for each there are
    other words: the size of a slice, a model. Nothing is prefetched.
    """
    return _kept(build, _Question)


def prepared_update[**P](build: Callable[P, tuple[QuerySet[Any, Any], dict[str, Any]]]) -> Callable[P, int]:
    """Make *build*, which returns a queryset and what to write into its rows, a function that does so.

    It takes what a prepared query takes, with one query, and returns how many rows there were, as ``update`` does.
    """
    return _kept(build, lambda said: _Change(*said))


def _kept(build: Callable[..., Any], put: Callable[[Any], Any]) -> Callable[..., Any]:
    """Return what *build* becomes: what it says is *put* into words when those facts are there for the first time."""
    known = _Known()

    @wraps(build)
    def ask(*values: Any, **fixed: Any) -> Any:
        shape = tuple(fixed.items())
        words = known.words.get(shape)
        if words is None:
            gaps: Any = [Gap(number, is_list=_is_list(value)) for number, value in enumerate(values)]
            words = known.words[shape] = put(build(*gaps, **fixed))
        return words.ask(values)

    return ask


def _is_list(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str | bytes)


def _adapted(value: Any, connection: Any) -> Any:
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return stored_moment(value, connection) if isinstance(value, datetime) else value
