"""Other orders of a thread, pages of a branch, and the small page that says how many comments there are."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests import factories as newsroom_factories
from tests.comments.factories import BEGINNING, comment, replies
from tests.comments.test_editing import receipt
from tests.comments.test_queries import flat
from tribuna.comments.actions import hold_comment, withdraw_comment
from tribuna.comments.models import Comment
from tribuna.comments.queries import (
    BrokenCursor,
    Sort,
    branch_page,
    branch_place_of,
    thread_page,
)
from tribuna.press.base import recorded

pytestmark = pytest.mark.django_db


def respected(stored: Comment, number: int) -> Comment:
    Comment.objects.filter(pk=stored.pk).update(respect=number)
    return stored


def read_through(page_id: int, sort: Sort, size: int) -> list[int]:
    ids, after = [], None
    while True:
        part = thread_page(page_id, after, size, sort=sort)
        ids += [node.comment.pk for node in flat(part.nodes)]
        if part.next_cursor is None:
            return ids
        after = part.next_cursor


@pytest.mark.storage
def test_each_order_shows_every_conversation_once(page):
    @hypothesis_settings(max_examples=15, deadline=None)
    @given(votes=st.lists(st.integers(0, 3), max_size=9), size=st.integers(1, 4))
    def check(votes: list[int], size: int) -> None:
        Comment.objects.all().delete()
        roots = [
            respected(comment(page, at=BEGINNING if number % 3 else None), each) for number, each in enumerate(votes)
        ]
        below = {root.pk: [each.pk for each in replies(page, 2, to=root)] for root in roots}
        order = {
            Sort.NEWEST: sorted(roots, key=lambda root: (root.created_at, root.pk), reverse=True),
            Sort.OLDEST: sorted(roots, key=lambda root: (root.created_at, root.pk)),
            Sort.RESPECTED: sorted(roots, key=lambda root: (votes[roots.index(root)], root.pk), reverse=True),
        }
        for sort, expected in order.items():
            whole = [pk for root in expected for pk in (root.pk, *below[root.pk])]
            assert read_through(page.pk, sort, size) == whole

    check()


@pytest.mark.storage
def test_votes_move_no_conversation_that_was_read_already(page):
    first, second, third = [respected(comment(page), number) for number in (9, 5, 1)]
    below = replies(page, 2, to=second)
    part = thread_page(page.pk, size=3, sort=Sort.RESPECTED)
    assert part.next_cursor == f"{below[0].pk}-5"
    respected(second, 0)
    respected(first, 4)
    rest = thread_page(page.pk, part.next_cursor, 3, sort=Sort.RESPECTED)
    assert below[1].pk in [node.comment.pk for node in flat(rest.nodes)]
    assert third.pk in [node.comment.pk for node in flat(rest.nodes)]


@pytest.mark.parametrize("after", ["", "1", "x-1", "1-x", "1-", "-1"])
def test_a_cursor_of_another_order_is_broken(page, after):
    stored = comment(page)
    with pytest.raises(BrokenCursor):
        thread_page(page.pk, after.replace("1", str(stored.pk), 1) if after != "1-" else after, sort=Sort.RESPECTED)


@pytest.mark.parametrize("sort", list(Sort))
def test_any_order_costs_four_queries_at_most(page, django_assert_max_num_queries, sort):
    for _ in range(4):
        replies(page, 5)
    with django_assert_max_num_queries(3):
        first = thread_page(page.pk, size=7, sort=sort)
    with django_assert_max_num_queries(6):
        thread_page(page.pk, first.next_cursor, 10, sort=sort)


@pytest.mark.storage
def test_a_page_of_a_branch_shows_the_next_levels_and_goes_on(page, django_assert_num_queries):
    chain = replies(page, 9)
    beside = comment(page, reply_to=chain[3])
    with django_assert_num_queries(1):
        nodes = flat(branch_page(chain[3]).nodes)
    assert [(node.comment.pk, node.level, node.goes_on) for node in nodes] == [
        (chain[3].pk, 0, False),
        (chain[4].pk, 1, False),
        (chain[5].pk, 2, False),
        (chain[6].pk, 3, True),
        (beside.pk, 1, False),
    ]
    part = branch_page(chain[3], size=2)
    assert part.next_cursor == str(chain[4].pk)
    with django_assert_num_queries(2):
        rest = branch_page(chain[3], part.next_cursor, 9)
    assert rest.next_cursor is None
    assert [node.comment.pk for node in flat(rest.nodes)] == [chain[5].pk, chain[6].pk, beside.pk]


def test_a_cursor_from_elsewhere_leads_to_no_page_of_a_branch(page):
    one, other = replies(page, 2), replies(page, 2)
    with pytest.raises(BrokenCursor):
        branch_page(one[0], str(other[1].pk))


@pytest.mark.parametrize(("depth", "top"), [(3, None), (4, 3), (6, 3), (7, 6), (9, 6), (10, 9), (15, 12)])
def test_a_deep_comment_stands_on_the_page_of_a_branch(page, depth, top):
    chain = replies(page, 16)
    assert branch_place_of(chain[depth]) == (None if top is None else (chain[top].pk, None))


# --- over HTTP --------------------------------------------------------------------------------------------------------
def ids(text: str) -> list[int]:
    return [int(found) for found in re.findall(r'id="comment-(\d+)"', text)]


def test_each_order_has_pages_of_its_own(client, page, settings):
    settings.TRIBUNA_COMMENTS_PER_PAGE = 2
    stored = [respected(comment(page), number) for number in (1, 9, 5)]
    url = reverse("comments:thread", args=[page.pk])
    for sort, expected in ("oldest", [0, 1]), ("respected", [1, 2]):
        response = client.get(url, {"sort": sort})
        assert ids(response.text) == [stored[number].pk for number in expected]
        assert 'aria-current="true"' in response.text
        onward = re.search(r'rel="next" href="([^"]+)"', response.text)[1].replace("&amp;", "&")
        assert f"sort={sort}" in onward
        assert len(ids(client.get(onward).text)) == 1
    assert client.get(url, {"sort": "newest"}).status_code == 302
    assert client.get(url, {"sort": "x"}).status_code == 404
    article = client.get(page.url).text
    assert f"{url}?sort=oldest#comments" in article
    assert "sort=" not in re.search(r'rel="next" href="([^"]+)"', article)[1]


def test_an_article_without_comments_offers_no_order(client, page):
    assert "sort=oldest" not in client.get(page.url).text


def test_a_thread_continues_on_the_page_of_its_branch(client, page, settings):
    settings.TRIBUNA_COMMENTS_PER_PAGE = 6
    chain = replies(page, 8)
    assert f'href="/en/comments/{chain[3].pk}/replies/"' in client.get(page.url).text
    branch = client.get(f"/en/comments/{chain[3].pk}/replies/")
    assert "Replies to <bdi>Reader 3</bdi>" in branch.text
    assert ids(branch.text) == [each.pk for each in chain[3:7]]
    for _ in range(6):
        comment(page, reply_to=chain[3])
    onward = re.search(r'rel="next" href="([^"]+)"', client.get(f"/en/comments/{chain[3].pk}/replies/").text)[1]
    assert client.get(onward).status_code == 200
    last = Comment.objects.latest("pk")
    place = client.get(last.get_absolute_url())["Location"]
    assert place.startswith(f"/en/comments/{chain[3].pk}/replies/?after=")
    assert last.pk in ids(client.get(place).text)
    assert client.get(f"/en/comments/{chain[3].pk}/replies/?after=x").status_code == 404
    assert "There are no more comments." in client.get(f"/en/comments/{last.pk}/replies/?after={last.pk}").text
    withdraw_comment(receipt(chain[3]))
    assert "Reader 3" not in client.get(f"/en/comments/{chain[3].pk}/replies/").text


def test_what_is_taken_down_has_no_pages(client, page):
    stored = comment(page)
    count = f"/en/articles/{page.pk}/comments/count/"
    branch = f"/en/comments/{stored.pk}/replies/"
    page.unpublish()
    assert (client.get(count).status_code, client.get(branch).status_code) == (404, 410)
    page.view_restrictions.create(restriction_type="login")
    assert (client.get(count).status_code, client.get(branch).status_code) == (404, 404)
    hold_comment(stored)
    assert client.get(branch).status_code == 404


def test_the_number_of_comments_comes_in_few_bytes_and_is_forgotten_with_the_thread(client, page):
    replies(page, 3)
    with recorded() as notes:
        response = client.get(f"/en/articles/{page.pk}/comments/count/")
    assert 'data-count="3"' in response.text
    assert len(response.content) <= 200
    assert notes.tags == {f"comments:{page.pk}", f"page:{page.pk}"}
    assert not response.cookies
    assert f'data-news="/en/articles/{page.pk}/comments/count/" data-shown="3"' in client.get(page.url).text


def test_reading_in_any_order_writes_nothing(client, page):
    chain = replies(page, 6)
    other = newsroom_factories.article(title="Another")
    for url in (
        f"/en/articles/{page.pk}/comments/?sort=oldest",
        f"/en/articles/{page.pk}/comments/?sort=respected",
        f"/en/articles/{other.pk}/comments/?sort=respected",
        f"/en/comments/{chain[3].pk}/replies/",
        f"/en/comments/{chain[3].pk}/respect/",
        f"/en/articles/{page.pk}/comments/count/",
    ):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        assert response.status_code == 200
        assert {query["sql"].split()[0] for query in queries} <= {"SELECT"}
        assert not response.cookies
