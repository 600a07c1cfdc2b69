"""Pages as readers get them."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, PageViewRestriction

from tests import factories
from tests.newsroom.queries.test_stories import full_story
from tribuna.newsroom.models import AuthorIndexPage, Correction, TopicIndexPage


@pytest.fixture
def queries(client, django_assert_num_queries):
    """Ask for an address with cold caches, after its pictures have been printed, and count."""

    def ask(url, number):
        assert client.get(url).status_code == 200
        cache.clear()
        ContentType.objects.clear_cache()
        with django_assert_num_queries(number):
            return client.get(url)

    return ask


def test_the_front_page_shows_its_stories(newsroom, client):
    story = factories.article(language="es")
    response = client.get("/es/")
    assert response.context["page"] == newsroom.homes["es"]
    assert response.context["front"].lead == story


def test_a_section_shows_its_stories_and_the_place_for_older_ones(newsroom, client):
    made = [factories.article(title=f"Story {number}") for number in range(21)]
    listing = client.get("/en/city/").context["listing"]
    assert listing.items == made[:0:-1]
    older = client.get("/en/city/", {"before": listing.older}).context["listing"]
    assert (older.items, older.older) == (made[:1], None)


@pytest.mark.parametrize("kind", ["section", "author", "topic"])
def test_a_place_that_is_none_is_not_found(newsroom, client, kind):
    page = {"section": newsroom.sections["en"], "author": factories.author(), "topic": factories.topic()}[kind]
    assert client.get(page.url).status_code == 200
    assert client.get(page.url, {"before": "nonsense"}).status_code == 404


def test_an_author_and_a_topic_show_their_stories(newsroom, client):
    author, topic = factories.author(), factories.topic()
    story = factories.article(authors=[author], topics=[topic])
    assert client.get(author.url).context["listing"].items == [story]
    assert client.get(topic.url).context["listing"].items == [story]


def test_lists_show_authors_and_topics(newsroom, client):
    author, topic = factories.author(), factories.topic()
    assert client.get(AuthorIndexPage.objects.parent_of(author).get().url).context["children"] == [author]
    assert client.get(TopicIndexPage.objects.parent_of(topic).get().url).context["children"] == [topic]


def test_a_story_shows_its_topics(newsroom, client):
    topic = factories.topic()
    assert client.get(factories.article(topics=[topic]).url).context["topics"] == [topic]


def test_an_english_story_on_a_spanish_page_keeps_its_language(newsroom, client):
    story = factories.article(title="Ferry returns", language="es", story_language="en")
    page = client.get("/es/ciudad/ferry-returns/").content.decode()
    assert '<html lang="es" dir="ltr">' in page
    assert f'<article class="story" lang="{story.language}" dir="ltr">' in page


def test_a_draft_is_not_found(newsroom, client):
    story = factories.article(live=False)
    assert client.get(story.url).status_code == 404


def test_a_preview_shows_what_is_not_stored(newsroom, rf: RequestFactory):
    story = factories.article()
    story.title = "Not yet stored"
    story.body = [("paragraph", "<p>Nor this.</p>"), ("read_more", factories.article(live=False, title="A draft"))]
    response = story.make_preview_request()
    response.render()
    assert response.status_code == 200
    assert "Not yet stored" in response.content.decode()
    assert "Nor this." in response.content.decode()


@pytest.mark.parametrize("path", ["", "city/", "city/ferry/", "authors/", "topics/", "archive/", "search/?q=ferry"])
def test_no_page_sets_a_cookie_or_depends_on_one(newsroom, client, path):
    factories.article(title="Ferry", main_image=factories.image(), authors=[factories.author()])
    client.cookies["sessionid"] = "somebody"
    response = client.get(f"/en/{path}")
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("path", ["/en/", "/en/city/", "/en/archive/", "/en/search/"])
def test_a_page_is_only_read(newsroom, client, path):
    assert client.post(path).status_code == 405


def test_reading_writes_nothing(newsroom, client):
    story = full_story(1)
    client.get(story.url)
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        client.get(story.url)
    assert all(query["sql"].startswith("SELECT") for query in asked)


def test_a_private_page_asks_for_its_password(newsroom, client):
    story = factories.article(title="For members")
    PageViewRestriction.objects.create(page=newsroom.sections["en"], restriction_type="password", password="open")
    response = client.get(story.url)
    assert response.status_code == 200
    assert 'type="password"' in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]


# --- query counts, with cold caches, comments and chrome included -----------------------------------------------------
@pytest.mark.parametrize("number", [1, 3])
def test_a_story_takes_fifteen_queries_with_one_of_everything_or_three(newsroom, queries, number):
    story = full_story(number)
    story.topics = [factories.topic(f"Topic {each}") for each in range(number)]
    story.corrections = [Correction(text="It was the other quay.") for _ in range(number)]
    story.save()
    response = queries(story.url, 15)  # while the press prints, four of them are asked once until something changes
    assert response.content.decode().count("It was the other quay.</p>") == number


@pytest.mark.parametrize("number", [1, 3])
def test_a_story_on_a_page_of_another_language_takes_one_more_for_names_and_topics(newsroom, queries, number):
    story = full_story(number)
    story.topics = [factories.topic(f"Topic {each}") for each in range(number)]
    story.save()
    alias = story.copy_for_translation(Locale.objects.get(language_code="es"), alias=True)
    queries(alias.url, 17)


@pytest.mark.parametrize("number", [1, 3, 20])
def test_a_section_takes_ten_queries(newsroom, queries, number):
    full_stories(number)
    queries("/en/city/", 10)


@pytest.mark.parametrize("number", [1, 3])
def test_the_front_page_takes_eleven_queries(newsroom, queries, number):
    full_stories(number)
    queries("/en/", 11)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("path", "count"), [("authors/harbour-desk/", 9), ("archive/2026/3/", 9)])
def test_an_author_and_a_month_take_nine_queries(newsroom, queries, number, path, count):
    full_stories(number)
    queries(f"/en/{path}", count)


def full_stories(number: int) -> None:
    author, image = factories.author(), factories.image()
    moment = factories.timezone.now().replace(year=2026, month=3, day=15)
    for each in range(number):
        factories.article(title=f"Ferry {each}", authors=[author], main_image=image, published_at=moment)
