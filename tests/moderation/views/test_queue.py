from __future__ import annotations

import pytest
from django.urls import reverse

from tests.moderation.factories import article, comment
from tests.moderation.views.pages import QUEUE, soup, state, text_of
from tribuna.comments.models import Comment

# Session, account, permissions, and what Wagtail's sidebar asks; comments and reports that wait, for its badges.
FRAME_QUERIES = 11
OWN_QUERIES = 9  # and one more when comments came that this process has not read yet

pytestmark = pytest.mark.django_db


def test_a_waiting_comment_is_shown_with_all_that_is_needed_to_decide(desk) -> None:
    page = article(title="Ferry returns")
    root = comment(page, name="Ben", text="Where is the ferry?", state="published")
    comment(page, name="Ana", text="Here it is: cheap.com", language="es", reply_to=root, email="ana@example.org")
    response = desk.get(QUEUE)
    assert response.status_code == 200
    (row,) = soup(response).select("article")
    text = text_of(row)
    for part in (
        "Ana",
        "Spanish",
        "New author",
        "Ferry returns",
        "In reply to Ben: Where is the ferry?",
        "Here it is: cheap.com",
        "A link from a newcomer (cheap.com) is read by a person first.",
        "Publish Spam",
        "Keep to the subject",
    ):
        assert part in text
    assert row.select_one(".desk-comment__text")["lang"] == "es"
    assert row.select_one(".desk-comment__where a")["href"] == page.get_url()
    assert "1 comment waits for a moderator" in text_of(soup(response))


def test_every_field_of_the_queue_has_a_label_of_its_own(desk) -> None:
    page = article()
    for number in range(2):
        comment(page, text=f"Comment {number}")
    shown = soup(desk.get(QUEUE))
    ids = [element["id"] for element in shown.select("main [id]")]
    assert len(ids) == len(set(ids))
    for field in shown.select("main :is(input:not([type=hidden]), select, textarea)"):
        assert (
            field.get("aria-label") or shown.select_one(f"label[for={field.get('id')}]") or field.find_parent("label")
        )


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same_however_many_wait(desk, count: int, django_assert_num_queries) -> None:
    page = article()
    root = comment(page, state="published")
    for number in range(count):
        comment(page, text=f"Comment {number}", reply_to=root, email=f"{number}@example.org")
    desk.get(QUEUE)
    with django_assert_num_queries(FRAME_QUERIES + OWN_QUERIES):
        response = desk.get(QUEUE)
    assert len(soup(response).select("article")) == count
    comment(page, text="One more came", reply_to=root)
    with django_assert_num_queries(FRAME_QUERIES + OWN_QUERIES + 1):
        assert len(soup(desk.get(QUEUE)).select("article")) == count + 1


def test_the_first_screen_asks_ten_questions_at_most_besides_those_of_any_page_of_the_admin(
    desk, django_assert_num_queries
) -> None:
    article()
    bare = reverse("moderation:appeals")  # without appeals it asks for both kinds of these, and nothing else
    desk.get(bare)
    with django_assert_num_queries(FRAME_QUERIES + 2):
        desk.get(bare)
    assert OWN_QUERIES + 1 <= 10


def test_the_queue_is_narrowed_and_goes_on_narrowed(desk, settings) -> None:
    settings.TRIBUNA_DESK_ROWS_PER_PAGE = 1
    page = article()
    for name in ("Ana", "Ben"):
        comment(page, name=name, text=f"I am {name}", language="es", email="one@example.org")
    comment(page, name="Cleo")
    first = Comment.objects.get(name="Ana")
    shown = soup(desk.get(f"{QUEUE}?language=es&page={page.pk}&author={first.pk}"))
    assert [name.get_text() for name in shown.select("article h3")] == ["Ana"]
    assert "Only comments of one author. Only comments on one article." in text_of(shown)
    following = shown.select_one(".desk-pages a")["href"]
    assert f"after={first.pk}" in following
    shown = soup(desk.get(following))
    assert [name.get_text() for name in shown.select("article h3")] == ["Ben"]
    (back,) = shown.select(".desk-pages a")
    assert back["href"] == f"{QUEUE}?language=es&page={page.pk}&author={first.pk}"
    assert shown.select_one("article form")["action"].endswith(back["href"].removeprefix(QUEUE))


def test_wishes_that_make_no_sense_show_the_queue(desk) -> None:
    stored = comment(name="Ana")
    for query in (
        "state=x&section=x&page=x&author=x&after=x",
        f"section={10**30}&page={10**30}&author={10**30}",
        f"after={10**30}",
    ):
        response = desk.get(f"{QUEUE}?{query}")
        assert response.status_code == 200
        assert not soup(response).select("article .error-message")
    assert state(stored) == "held"


def test_an_empty_queue_says_so(desk) -> None:
    assert "There is nothing here." in desk.get(f"{QUEUE}?state=all").content.decode()
