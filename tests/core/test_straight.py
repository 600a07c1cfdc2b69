"""SQLite's own cursor: it takes Django's words and raises Django's errors."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, connections, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from tribuna.core.straight import stored_moment, straight_cursor

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has this cursor; it is run there, always"),
]


@pytest.fixture(autouse=True)
def table(db):
    with straight_cursor(connection) as cursor:
        cursor.execute("CREATE TEMPORARY TABLE word (word TEXT UNIQUE, number INTEGER)")
    yield
    with straight_cursor(connection) as cursor:
        cursor.execute("DROP TABLE word")


def rows(query, params=()):
    with straight_cursor(connection) as cursor:
        cursor.execute(query, params)
        return cursor.fetchall()


def test_it_is_sqlites_own():
    with straight_cursor(connection) as cursor:
        assert isinstance(cursor, sqlite3.Cursor)


def test_places_are_those_that_django_writes():
    with straight_cursor(connection) as cursor:
        cursor.executemany("INSERT INTO word VALUES (%s, %s)", [("one", 1), ("100 %", 2)])
    assert rows("SELECT number FROM word WHERE word LIKE '%% %%' AND number > %s", [1]) == [(2,)]
    assert rows("SELECT word FROM word WHERE number = %(p1)s OR word = %(p10)s", {"p1": 1, "p10": ""}) == [("one",)]


def test_errors_are_djangos():
    insert = "INSERT INTO word VALUES (%s, 1)"
    rows(insert, ["one"])
    with pytest.raises(IntegrityError, match="UNIQUE") as caught:
        rows(insert, ["one"])
    assert isinstance(caught.value.__cause__, sqlite3.IntegrityError)
    with pytest.raises(OperationalError, match="nowhere"):
        rows("SELECT * FROM nowhere")
    with pytest.raises(ValueError, match="not the database's"), straight_cursor(connection):
        raise ValueError("not the database's")


def test_a_connection_that_is_closed_is_an_error_of_djangos(monkeypatch):
    closed = sqlite3.connect(":memory:")
    closed.close()
    with monkeypatch.context() as patched:
        patched.setattr(connections["default"], "connection", closed)
        with pytest.raises(DatabaseError):
            straight_cursor(connection)


def test_a_transaction_that_has_failed_is_left_alone():
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            straight_cursor(connection)


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=2))])
@pytest.mark.parametrize("microsecond", [0, 7, 120_000])
def test_moments_are_kept_as_django_keeps_them(zone, microsecond):
    moment = datetime(2026, 5, 4, 10, 0, 59, microsecond, tzinfo=zone)
    assert stored_moment(moment, connection) == connection.ops.adapt_datetimefield_value(moment)


def test_who_wants_to_know_what_is_executed_hears_of_it():
    heard = []

    def hear(execute, sql, params, many, context):
        heard.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hear):
        assert rows("SELECT %s", [1]) == [(1,)]
    assert heard == ["SELECT %s"]
    with CaptureQueriesContext(connection) as captured:
        rows("SELECT %s", [1])
    assert [each["sql"] for each in captured] == ["SELECT 1"]
