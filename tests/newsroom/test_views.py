from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests import factories


def test_the_archive_shows_the_months_of_its_language(newsroom, client):
    factories.article(published_at=datetime(2026, 3, 15, tzinfo=UTC))
    factories.article(language="es", published_at=datetime(2025, 12, 1, tzinfo=UTC))
    assert client.get("/en/archive/").context["months"] == [date(2026, 3, 1)]
    assert client.get("/es/archive/").context["months"] == [date(2025, 12, 1)]


def test_a_month_shows_its_stories_page_by_page(newsroom, client):
    made = [factories.article(published_at=datetime(2026, 3, day, tzinfo=UTC)) for day in range(1, 22)]
    first = client.get("/en/archive/2026/3/")
    assert first.context["month"] == date(2026, 3, 1)
    assert first.context["listing"].items == made[:0:-1]
    older = client.get("/en/archive/2026/3/", {"before": first.context["listing"].older})
    assert older.context["listing"].items == made[:1]


@pytest.mark.parametrize(
    "path", ["2026/13/", "2026/0/", "0/3/", "99999/3/", "9999/12/", "1/1/", "2026/4/", "2026/3/?before=nonsense"]
)
def test_a_month_without_stories_is_not_found(newsroom, client, path):
    factories.article(published_at=datetime(2026, 3, 15, tzinfo=UTC))
    assert client.get(f"/en/archive/{path}").status_code == 404
