"""What readers see of a thread, and what it costs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests import factories as newsroom_factories
from tests.comments.factories import BEGINNING, comment, replies
from tribuna.comments.actions import hold_comment
from tribuna.comments.models import MAX_DEPTH, Comment, after_branch
from tribuna.comments.queries import (
    SHOWN_LEVELS,
    BrokenCursor,
    Node,
    branch_page,
    branch_place_of,
    comment_counts,
    place_of,
    public_page,
    thread_page,
)

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def flat(nodes: list[Node]) -> list[Node]:
    return [each for node in nodes for each in (node, *flat(node.replies))]


def texts(nodes: list[Node]) -> list:
    """Return the texts of *nodes* in reading order, those below one in a list after it."""
    shown = []
    for node in nodes:
        shown.append(node.comment.body_html.removeprefix("<p>").removesuffix("</p>"))
        if node.replies:
            shown.append(texts(node.replies))
    return shown


def read_through(page_id: int, size: int) -> list[int]:
    """Return the ids of all comments as a reader meets them who follows the thread to its end."""
    ids, after = [], None
    while True:
        part = thread_page(page_id, after, size)
        ids += [node.comment.pk for node in flat(part.nodes)]
        if part.next_cursor is None:
            return ids
        after = part.next_cursor


def test_conversations_come_newest_first_and_replies_below_what_they_answer(page):
    old, new = comment(page, "Old"), comment(page, "New")
    first = comment(page, "First reply", reply_to=old)
    comment(page, "Second reply", reply_to=old)
    comment(page, "Reply to the first", reply_to=first)
    hold_comment(comment(page, "Held", reply_to=new))
    thread = thread_page(page.pk)
    assert texts(thread.nodes) == ["New", "Old", ["First reply", ["Reply to the first"], "Second reply"]]
    assert (thread.total, thread.next_cursor) == (5, None)


def test_conversations_of_one_moment_have_an_order(page):
    same = [comment(page, str(number), at=BEGINNING) for number in range(4)]
    assert read_through(page.pk, 1) == [each.pk for each in reversed(same)]
    assert place_of(same[0], 2) == str(same[1].pk)


def test_a_page_without_comments_is_empty(page):
    thread = thread_page(page.pk)
    assert (thread.nodes, thread.next_cursor, thread.total) == ([], None, 0)


def test_what_is_deeper_than_the_shown_levels_is_left_to_the_page_of_its_branch(page):
    chain = replies(page, MAX_DEPTH + 1)
    nodes = flat(thread_page(page.pk).nodes)
    assert [node.comment.pk for node in nodes] == [each.pk for each in chain[:SHOWN_LEVELS]]
    assert [node.level for node in nodes] == list(range(SHOWN_LEVELS))
    assert [node.goes_on for node in nodes] == [False, False, False, True]
    assert [node.comment.answers.name for node in nodes[1:]] == ["Reader 0", "Reader 1", "Reader 2"]
    assert all(node.answers_here for node in nodes[1:])
    assert (nodes[0].comment.answers, nodes[0].answers_here) == (None, False)


def test_a_page_that_begins_deep_within_a_branch_shows_it(page):
    chain = replies(page, 7)
    part = thread_page(page.pk, str(chain[SHOWN_LEVELS].pk))
    assert [(node.comment.pk, node.level, node.goes_on) for node in part.nodes] == [(chain[5].pk, 3, True)]


def test_an_answer_to_a_hidden_neighbour_does_not_lead_to_it(page):
    deepest = replies(page, MAX_DEPTH + 1)[-1]
    beside = comment(page, "Beside", reply_to=deepest)
    hold_comment(deepest)
    nodes = flat(branch_page(Comment.objects.get(depth=MAX_DEPTH - 1)).nodes)
    assert [node.comment.answers for node in nodes if node.comment.pk == beside.pk] == [None]


def test_a_page_may_end_within_a_conversation_and_the_next_says_whom_its_first_comment_answers(page):
    root = comment(page, "Root", name="Eva")
    below = comment(page, "Below", reply_to=root, name="Leo")
    comment(page, "Deeper", reply_to=below)
    comment(page, "Beside", reply_to=root)
    first = thread_page(page.pk, size=2)
    assert texts(first.nodes) == ["Root", ["Below"]]
    second = thread_page(page.pk, first.next_cursor, 2)
    assert texts(second.nodes) == ["Deeper", "Beside"]
    assert [(node.level, node.comment.answers.name, node.answers_here) for node in second.nodes] == [
        (2, "Leo", False),
        (1, "Eva", False),
    ]
    assert second.next_cursor is None


def test_a_cursor_holds_when_its_comment_is_hidden_and_new_ones_come(page):
    roots = [comment(page, str(number)) for number in range(4)]
    cursor = thread_page(page.pk, size=2).next_cursor
    assert cursor == str(roots[2].pk)
    hold_comment(roots[2])
    comment(page, "Newer")
    assert texts(thread_page(page.pk, cursor, 2).nodes) == ["1", "0"]


@pytest.mark.parametrize("after", ["", "x", "-1", "1.5", "٣", "1" * 40, "9" * 18, "9" * 5000, "999999", " 1", "\x00"])
def test_a_broken_cursor_is_told(page, after):
    comment(page)
    with pytest.raises(BrokenCursor):
        thread_page(page.pk, after)


def test_another_pages_cursor_is_broken(page):
    elsewhere = comment(newsroom_factories.article(title="Another"))
    with pytest.raises(BrokenCursor):
        thread_page(page.pk, str(elsewhere.pk))


def test_pages_of_any_size_show_every_comment_once_in_the_same_order_and_every_comment_has_a_place(page):
    @hypothesis_settings(max_examples=15, deadline=None)
    @given(shape=st.lists(st.integers(0, 40), max_size=18), size=st.integers(1, 6), hidden=st.integers(0, 40))
    def check(shape: list[int], size: int, hidden: int) -> None:
        Comment.objects.all().delete()
        there: list[Comment] = []
        for choice in shape:
            there.append(comment(page, reply_to=there[choice] if choice < len(there) else None))
        if hidden < len(there):
            hold_comment(there[hidden])
        shallow = Comment.objects.public().filter(depth__lt=SHOWN_LEVELS)
        whole = [node.comment.pk for node in flat(thread_page(page.pk, size=1000).nodes)]
        assert sorted(whole) == sorted(shallow.values_list("pk", flat=True))
        assert [pk for pk in read_through(page.pk, size) if pk in whole] == whole
        for shown in Comment.objects.public():
            place = branch_place_of(shown, size)
            if place is None:
                part = thread_page(page.pk, place_of(shown, size), size)
            else:
                part = branch_page(Comment.objects.get(pk=place[0]), place[1], size)
            assert shown.pk in [node.comment.pk for node in flat(part.nodes)]

    check()


def test_counts_of_any_number_of_pages_are_one_query(page, django_assert_num_queries):
    other = newsroom_factories.article(title="Another")
    replies(page, 3)
    hold_comment(comment(page))
    with django_assert_num_queries(1):
        assert comment_counts([page.pk, other.pk, 4711]) == {page.pk: 3, other.pk: 0, 4711: 0}
    with django_assert_num_queries(1):
        assert comment_counts(iter([page.pk])) == {page.pk: 3}
    with django_assert_num_queries(0):
        assert comment_counts([]) == {}


@pytest.mark.parametrize("number", [1, 3, 50])
def test_any_number_of_conversations_is_read_in_two_queries(page, django_assert_num_queries, number):
    for _ in range(number):
        comment(page)
    with django_assert_num_queries(2):
        nodes = thread_page(page.pk).nodes
        assert len([node.comment.answers for node in flat(nodes)]) == number


@pytest.mark.parametrize("number", [1, 3, 50])
def test_any_number_of_answered_conversations_is_read_in_two_queries(page, django_assert_num_queries, number):
    for _ in range(number):
        comment(page, reply_to=comment(page))
    with django_assert_num_queries(2):
        nodes = thread_page(page.pk, size=100).nodes
        assert len([node.comment.answers for node in flat(nodes)]) == 2 * number


def test_the_first_page_costs_three_queries_at_most_and_a_deep_one_five(page, django_assert_num_queries):
    for number in (29, 4, 4, 29, 4):  # the newest comes first
        root = comment(page)
        for _ in range(number):
            comment(page, reply_to=root)
    with django_assert_num_queries(3):  # roots, those that are small, what there is room for of a large one
        first = thread_page(page.pk, size=7)
    with django_assert_num_queries(2):  # the last one shown, what follows it
        second = thread_page(page.pk, first.next_cursor, 7)
    assert [len(flat(each.nodes)) for each in (first, second)] == [7, 7]
    with django_assert_num_queries(4):  # ... roots, those that are small
        third = thread_page(page.pk, second.next_cursor, 25)
    with django_assert_num_queries(5):  # ... and what there is room for of a large one
        fourth = thread_page(page.pk, third.next_cursor, 12)
    numbers = [node.comment.pk for each in (first, second, third, fourth) for node in flat(each.nodes)]
    whole = [node.comment.pk for node in flat(thread_page(page.pk, size=200).nodes)]
    assert numbers == whole[: len(numbers)]


def test_a_deep_page_costs_four_queries_where_conversations_are_small(page, django_assert_num_queries):
    for _ in range(4):
        replies(page, 5)
    with django_assert_num_queries(2):
        first = thread_page(page.pk, size=7)
    with django_assert_num_queries(4):
        assert len(flat(thread_page(page.pk, first.next_cursor, 10).nodes)) == 8  # two are deeper than is shown


def test_a_conversation_may_fill_a_whole_page_that_is_not_the_first(page, django_assert_num_queries):
    comment(page, "Older")
    root = comment(page, "Root")
    below = [comment(page, str(number), reply_to=root) for number in range(5)]
    with django_assert_num_queries(2):  # the last one shown, what follows it
        part = thread_page(page.pk, str(root.pk), 3)
    assert [node.comment.pk for node in flat(part.nodes)] == [each.pk for each in below[:3]]
    assert part.next_cursor == str(below[2].pk)


def test_a_place_is_found_in_few_queries(page, django_assert_num_queries):
    chain = replies(page, 3)
    newer = [comment(page) for _ in range(5)]
    found = Comment.objects.select_related("root").get(pk=chain[-1].pk)
    with django_assert_num_queries(4):
        assert place_of(found, 5) == str(newer[0].pk)


def test_a_place_far_down_in_a_long_conversation_begins_with_the_comment_itself(page):
    chain = replies(page, 6)
    comment(page)
    assert place_of(chain[4], 3) == str(chain[3].pk)


def test_a_page_is_public_once_it_was_published_unless_it_is_private_or_takes_no_comments(newsroom):
    live = newsroom_factories.article()
    withdrawn = newsroom_factories.article(title="Withdrawn", live=False)
    draft = newsroom_factories.article(title="Draft", live=False)
    type(draft).objects.filter(pk=draft.pk).update(first_published_at=None)
    private = newsroom_factories.article(title="Private")
    private.view_restrictions.create(restriction_type="login")
    assert (public_page(live.pk), public_page(withdrawn.pk)) == (live, withdrawn)
    for none in (draft.pk, private.pk, newsroom.homes["en"].pk, 4711, 10**30):
        assert public_page(none) is None


def test_an_article_in_a_private_section_is_private(newsroom):
    story = newsroom_factories.article()
    story.get_parent().view_restrictions.create(restriction_type="login")
    assert public_page(story.pk) is None


def test_an_alias_of_a_private_page_is_private_too(newsroom):
    story = newsroom_factories.article()
    alias = story.copy_for_translation(newsroom.homes["es"].locale, alias=True)
    assert public_page(alias.pk) == alias.specific
    story.view_restrictions.create(restriction_type="login")
    assert public_page(story.pk) is None
    assert public_page(alias.pk) is None


def test_the_end_of_a_branch_is_the_next_id():
    assert after_branch((5).to_bytes(8) + (255).to_bytes(8)) == (5).to_bytes(8) + (256).to_bytes(8)
