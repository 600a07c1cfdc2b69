"""What PostgreSQL knows of its tables while a run fills them: its plans are made for that."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.importers.factories import article, bring

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("newsroom")]


def _looks(number: int, *, is_dry: bool = False) -> int:
    """Return how often PostgreSQL was made to look at its tables while *number* stories came one by one."""
    with CaptureQueriesContext(connection) as queries:
        bring(*(article(str(key)) for key in range(number)), is_dry=is_dry)
    return sum("ANALYZE" in query["sql"] and "wagtailcore_page" in query["sql"] for query in queries)


@pytest.mark.parametrize(("number", "looks"), [(1, 1), (4, 1), (5, 2), (20, 2), (21, 3)])
def test_postgresql_looks_again_when_there_is_four_times_as_much(monkeypatch, number, looks):
    monkeypatch.setattr("tribuna.importers.actions.running.RECORDS_AT_ONCE", 1)
    assert _looks(number) == (looks if connection.vendor == "postgresql" else 0)


def test_sqlite_never_looks():
    """It would take the index of aliases for useless, and read all pages for every list."""
    with CaptureQueriesContext(connection) as queries:
        bring(article())
    assert any("ANALYZE" in query["sql"] for query in queries) == (connection.vendor == "postgresql")


def test_where_nothing_comes_nobody_looks():
    assert _looks(3, is_dry=True) == 0
    bring(*(article(str(key)) for key in range(3)))
    assert _looks(3) == 0
