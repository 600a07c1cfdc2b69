"""Live blogs: posts within a story, seen as soon as they are saved."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from tests import factories
from tests.newsroom.test_admin import editor  # noqa: F401 - a fixture
from tests.theme.factories import soup
from tribuna.newsroom.models import LivePost
from tribuna.newsroom.receivers import announce_post
from tribuna.press.base import recorded
from tribuna.press.models import Purge
from tribuna.theme.live import live_blog_data

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def post(story, text: str = "<p>It has <b>left</b>.</p>", **fields) -> LivePost:
    body = json.dumps([{"type": "paragraph", "value": text}])
    return LivePost.objects.create(story=story, body=body, **{"at": NOON, **fields})


@pytest.fixture
def story(newsroom):
    return factories.article(title="The ferry", live_blog="running", published_at=NOON)


def test_posts_stand_within_the_story_the_newest_first(story, client):
    other = factories.article(title="Other")
    first = post(story, f'<p>It left. <a linktype="page" id="{other.pk}">Why</a></p>')
    second = post(story, title="Half way", at=NOON + timedelta(minutes=5))
    assert (str(second), str(first)) == ("Half way", f"{story.pk}, 12:00")
    page = soup(client.get(story.url))
    live = page.find("article", class_="story").find(id="live")
    posts = live.find_all("article")
    assert [each["id"] for each in posts] == [f"post-{second.pk}", f"post-{first.pk}"]
    assert posts[0].h3.text == "Half way"
    assert posts[0].find(class_="live-time").a["href"] == f"#post-{second.pk}"
    assert posts[1].find("a", href=other.url).text == "Why"
    assert (live["data-live"], live.h2.text) == (f"/en/live/{story.pk}/", "Live")


def test_a_live_blog_begins_empty_and_ends(story, client):
    assert soup(client.get(story.url)).find(id="live").find("ol").text == ""
    story.live_blog = "over"
    story.save_revision().publish()
    live = soup(client.get(story.url)).find(id="live")
    assert (live.h2.text, live.has_attr("data-live"), live.find("button")) == ("As it happened", False, None)


def test_a_story_without_one_takes_no_query_more(newsroom, client, django_assert_max_num_queries):
    story = factories.article()
    assert soup(client.get(story.url)).find(id="live") is None
    with django_assert_max_num_queries(10):
        client.get(story.url)


def test_posts_take_one_query_and_one_for_all_their_links(story, client, django_assert_max_num_queries):
    other = factories.article(title="Other")
    for _ in range(5):
        post(story, f'<p><a linktype="page" id="{other.pk}">Why</a></p>')
    client.get(story.url)
    with django_assert_max_num_queries(12):
        client.get(story.url)


def test_a_few_bytes_tell_whether_anything_changed(story, client):
    address = f"/en/live/{story.pk}/"
    seen = [client.get(address).content]
    made = post(story)
    seen.append(client.get(address).content)
    made.title = "It left"
    made.save()
    seen.append(client.get(address).content)
    made.delete()
    seen.append(client.get(address).content)
    assert seen[3] == seen[0]
    assert len(set(seen)) == 3
    assert max(map(len, seen)) <= 200
    with recorded() as notes:
        response = client.get(address)
    assert (response["Content-Type"], notes.tags & {f"live:{story.pk}", f"page:{story.pk}"}) == (
        "text/html; charset=utf-8",
        {f"live:{story.pk}", f"page:{story.pk}"},
    )


def test_the_posts_are_to_be_had_by_themselves(story, client):
    made = post(story)
    with recorded() as notes:
        page = soup(client.get(f"/en/live/{story.pk}/posts/"))
    assert page.find("ol").find("article")["id"] == f"post-{made.pk}"
    assert f"live:{story.pk}" in notes.tags


@pytest.mark.parametrize("fields", [{"live_blog": ""}, {"live": False}])
def test_what_has_no_live_blog_or_no_readers_is_not_found(newsroom, client, fields):
    story = factories.article(**{"live_blog": "running", **fields})
    for address in (f"/en/live/{story.pk}/", f"/en/live/{story.pk}/posts/", "/en/live/999999/"):
        assert client.get(address).status_code == 404


def test_what_is_done_to_posts_is_said_of_the_story_and_of_nothing_else(story):
    Purge.objects.all().delete()
    made = post(story)
    announce_post(made, raw=True)
    made.delete()
    assert [(purge.tags, purge.withdrawn) for purge in Purge.objects.order_by("pk")] == [
        ([f"live:{story.pk}"], False),
        ([f"live:{story.pk}"], True),
    ]


def test_machines_are_told_of_every_post(story):
    request = RequestFactory().get("/")
    assert live_blog_data(factories.article(), [], request) == {}
    assert live_blog_data(story, [], request)["coverageStartTime"] == NOON.isoformat()
    first, second = post(story), post(story, title="Half way", at=NOON + timedelta(minutes=5))
    story.live_blog = "over"
    data = live_blog_data(story, list(story.live_posts.all()), request)
    assert (data["@type"], data["coverageEndTime"]) == ("LiveBlogPosting", second.at.isoformat())
    half_way, left = data["liveBlogUpdate"]
    assert (half_way["headline"], left["headline"]) == ("Half way", "It has left.")
    assert left["url"] == f"http://testserver{story.url}#post-{first.pk}"
    assert (left["articleBody"], left["datePublished"]) == ("It has left.", NOON.isoformat())
    story.published_at = None
    assert "coverageEndTime" not in live_blog_data(story, [], request)


def test_an_editor_adds_a_post_in_one_screen(story, editor):  # noqa: F811
    add = reverse(LivePost.snippet_viewset.get_url_name("add"))
    page = soup(editor.get(add))
    assert page.find("select", attrs={"name": "story"}).find("option", selected=True).text == "The ferry"
    form = nested_form_data(
        {
            "story": story.pk,
            "title": "It left",
            "at": "2026-03-01 12:00",
            "body": streamfield([("paragraph", rich_text("<p>At last.</p>"))]),
        }
    )
    assert editor.post(add, form).status_code == 302
    made = LivePost.objects.get()
    assert (made.story_id, made.title, "At last." in str(made.body)) == (story.pk, "It left", True)
    factories.article(title="Another", live_blog="running")
    assert soup(editor.get(add)).find("select", attrs={"name": "story"}).find("option", selected=True)["value"] == ""
    story.live_blog = "over"
    story.save()
    edit = reverse(LivePost.snippet_viewset.get_url_name("edit"), args=[made.pk])
    options = soup(editor.get(edit)).find("select", attrs={"name": "story"}).find_all("option")
    assert {option.text for option in options} >= {"The ferry", "Another"}


def test_posts_of_a_preview_are_those_that_are_stored(story):
    made = post(story)
    page = soup(story.make_preview_request())
    assert page.find(id=f"post-{made.pk}")


def test_the_page_of_a_live_blog_says_so_to_machines(story, client):
    post(story)
    assert '"LiveBlogPosting"' in client.get(story.url).text
