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


def test_a_search_shows_what_it_found(newsroom, client):
    story = factories.article(title="Ferry returns")
    response = client.get("/en/search/", {"q": "  ferry "})
    shown = response.context
    assert (shown["query"], shown["results"], shown["total"]) == ("ferry", [story], 1)
    assert (shown["page_number"], shown["has_next"]) == (1, False)


def test_a_search_without_words_shows_only_its_form(newsroom, client):
    response = client.get("/es/search/")
    assert response.status_code == 200
    assert (response.context["query"], response.context["results"]) == ("", [])


def test_what_a_search_found_stands_on_several_pages(newsroom, client):
    for number in range(21):
        factories.article(title=f"Ferry {number}")
    first, second = (client.get("/en/search/", {"q": "ferry", "page": page}).context for page in (1, 2))
    assert (len(first["results"]), first["has_next"]) == (20, True)
    assert (len(second["results"]), second["has_next"], second["total"]) == (1, False, 21)


@pytest.mark.parametrize(
    "page",
    [
        *("0", "-1", "x", "", "2", "9999", "10000", "٣"),
        *("9" * 5000, "000001" + "9" * 5000, "0000019999999999999999999", "1" * 18),
    ],
)
def test_a_page_beyond_the_last_or_no_page_at_all_is_not_found(newsroom, client, page):
    factories.article(title="Ferry")
    assert client.get("/en/search/", {"q": "ferry", "page": page}).status_code == 404


@pytest.mark.parametrize("text", ["\0", "<script>alert(1)</script>", "\u202eferry", "a" * 5000, "\ud800"])
def test_a_search_for_rubbish_is_answered(newsroom, client, text):
    response = client.get("/en/search/", {"q": text.encode("utf-8", "surrogatepass")})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert len(response.context["query"]) <= 200
