"""The search page, as a reader without a script gets it."""

from __future__ import annotations

import pytest

from tests import factories
from tests.theme.factories import soup
from tribuna.search.actions import index_due


def test_a_search_shows_what_it_found(newsroom, client):
    story = factories.article(title="Ferry returns", story_language="es", standfirst="The ferry.")
    page = client.get("/en/search/", {"q": "  férry "})
    shown = page.context
    assert (shown["query"], shown["found"].stories, shown["found"].total) == ("férry", [story], 1)
    assert (shown["page_number"], shown["has_next"]) == (1, False)
    assert page["Cache-Control"] == "no-store"
    hit = soup(page).find("article", class_="card")
    assert hit["lang"] == "es"
    assert str(hit.find("a").find("mark")) == "<mark>Ferry</mark>"
    assert soup(page).find(role="status").text.split() == ["1", "story", "contains", "“férry”."]


def test_a_search_without_words_shows_only_its_form(newsroom, client):
    factories.article(language="es")
    page = client.get("/es/search/")
    assert page.status_code == 200
    assert (page.context["query"], page.context["found"].hits) == ("", ())
    assert soup(page).find(role="status") is None
    assert not soup(page).find("details").has_attr("open")


def test_a_search_is_narrowed_down_by_its_form(newsroom, client):
    author, topic = factories.author("Ana Ruiz"), factories.topic("Ferries")
    story = factories.article(title="Boat", authors=[author], topics=[topic], story_language="fr")
    factories.article(title="Boat")
    index_due()
    today = f"{story.published_at:%Y-%m-%d}"
    for given in (
        {"author": "ana ruiz"},
        {"author": "ana-ruiz", "q": "boat"},
        {"topic": "FERRIES", "section": "city"},
        {"language": "fr", "since": today, "until": today},
    ):
        page = client.get("/en/search/", given)
        assert page.context["found"].stories == [story], given
        assert soup(page).find("details").has_attr("open")
    assert soup(page).find(role="status").text.strip() == "1 story."


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"author": "Nobody"}, "There is no author called “Nobody”."),
        ({"topic": "Nothing"}, "There is no topic called “Nothing”."),
        ({"since": "2026-02-02", "until": "2026-02-01"}, "This day is before the first one."),
        ({"since": "yesterday"}, "Enter a valid date."),
        ({"section": "nowhere"}, "Select a valid choice. nowhere is not one of the available choices."),
        ({"author": "x" * 300}, "Ensure this value has at most 255 characters (it has 300)."),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(newsroom, client, given, said):
    factories.article(title="Boat")
    page = client.get("/en/search/", {"q": "boat", **given})
    assert page.status_code == 200
    assert page.context["found"].hits == ()
    field = soup(page).find(id=f"id_{list(given)[-1]}")
    error = soup(page).find(id=f"{field['id']}_error")
    assert (error.text, field["aria-invalid"], field["aria-describedby"]) == (said, "true", error["id"])


def test_who_finds_nothing_is_told_what_to_try(newsroom, client):
    help_ = soup(client.get("/en/search/", {"q": "boat", "section": "city"})).find(class_="search-help")
    links = [link["href"] for link in help_.find_all("a")]
    assert links == ["/en/search/?q=boat", "/es/search/?q=boat&section=city", "/en/archive/"]


def test_some_of_the_words_are_said_to_be_some(newsroom, client):
    factories.article(title="Ferry returns")
    page = soup(client.get("/en/search/", {"q": "ferry sinks"}))
    assert "some of them" in page.find(role="status").text
    assert page.find("mark").text == "Ferry"


def test_what_a_search_found_stands_on_several_pages(newsroom, client, monkeypatch):
    for number in range(21):
        factories.article(title=f"Ferry {number}")
    first = client.get("/en/search/", {"q": "ferry & boat", "page": 1})
    first = client.get("/en/search/", {"q": "ferry", "page": 1, "utm": "x"})
    assert (len(first.context["found"].hits), first.context["has_next"]) == (20, True)
    assert soup(first).find("a", rel="next")["href"] == "?q=ferry&page=2"
    second = client.get("/en/search/", {"q": "ferry", "page": 2})
    assert (len(second.context["found"].hits), second.context["has_next"]) == (1, False)
    assert (soup(second).find("ol", class_="listing")["start"], second.context["found"].total) == ("21", 21)
    monkeypatch.setattr("tribuna.search.queries.finding.CEILING", 20)
    assert "More than 20" in soup(client.get("/en/search/", {"q": "ferry"})).find(role="status").text


@pytest.mark.parametrize(
    "page",
    [
        *("0", "-1", "x", "", "2", "50", "51", "9999", "10000", "٣"),
        *("9" * 5000, "000001" + "9" * 5000, "0000019999999999999999999", "1" * 18),
    ],
)
def test_a_page_beyond_the_last_or_no_page_at_all_is_not_found(newsroom, client, page):
    factories.article(title="Ferry")
    assert client.get("/en/search/", {"q": "ferry", "page": page}).status_code == 404


@pytest.mark.parametrize("text", ["\0", "<script>alert(1)</script>", "\u202eferry", "a" * 5000, "\ud800", "ferry AND"])
def test_a_search_for_rubbish_is_answered(newsroom, client, text):
    response = client.get("/en/search/", {"q": text.encode("utf-8", "surrogatepass")})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert len(response.context["query"]) <= 200


@pytest.mark.parametrize("number", [1, 3])
def test_a_search_takes_the_same_queries_for_any_number_of_hits(
    newsroom, client, django_assert_max_num_queries, number
):
    image = factories.image()
    image.get_rendition("fill-400x225|format-avif")
    for _ in range(number):
        factories.article(title="Ferry", main_image=image)
    client.get("/en/search/", {"q": "ferry"})
    with django_assert_max_num_queries(
        11
    ):  # terms, language, sections, index, stories, bylines, pictures, comments, frame
        assert client.get("/en/search/", {"q": "ferry"}).context["found"].total == number
