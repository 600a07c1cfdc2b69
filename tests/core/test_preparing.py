"""PostgreSQL keeps the plans of prepared queries, and of no others."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from tests import factories
from tribuna.core.prepared import cursor_on, prepared
from tribuna.core.preparing import STATEMENTS_KEPT
from tribuna.newsroom.models import ArticlePage

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@prepared
def _titles(slug, excluded):
    return ArticlePage.objects.filter(slug=slug).exclude(pk__in=excluded).values_list("title", flat=True)


@pytest.fixture
def _postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL keeps plans")


def _kept():
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [statement for (statement,) in cursor.fetchall() if "newsroom_articlepage" in statement]


@pytest.mark.usefixtures("_postgresql")
def test_a_plan_is_kept_under_the_words_without_the_values(newsroom):
    story = factories.article()
    before = len(_kept())
    assert [_titles(story.slug, [0]) for _ in range(3)] == [[story.title]] * 3
    assert _titles("another", [7]) == []
    assert len(_kept()) == before + 1
    assert connection.connection.prepared_max == STATEMENTS_KEPT


@pytest.mark.usefixtures("_postgresql")
def test_what_django_asks_is_not_kept(newsroom):
    before = len(_kept())
    for _ in range(10):
        list(ArticlePage.objects.filter(slug="x"))
    assert len(_kept()) == before


@pytest.mark.usefixtures("_postgresql")
def test_nothing_is_kept_where_the_operator_says_so(newsroom, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "PREPARED", False)
    before = len(_kept())
    _titles("x", [1, 2])
    assert len(_kept()) == before


def test_errors_are_djangos(newsroom):
    with pytest.raises(DatabaseError, match="nowhere"), transaction.atomic(), cursor_on(connection) as cursor:
        cursor.execute("SELECT * FROM nowhere")
    assert _titles("x", []) == []


def test_it_counts_as_a_query(newsroom, django_assert_num_queries):
    with django_assert_num_queries(1):
        _titles("x", [])
