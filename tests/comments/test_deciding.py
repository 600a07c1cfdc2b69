"""What a decision about one comment does to what readers see."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import factories as newsroom_factories
from tests.comments.factories import comment, replies
from tribuna.comments.actions import (
    StateMoved,
    hold_comment,
    mark_comment_as_spam,
    publish_comment,
    reconcile_counts,
    reject_comment,
)
from tribuna.comments.base import Reason
from tribuna.comments.models import Comment, Receipt, State, ThreadStat
from tribuna.comments.queries import Drift

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

VERBS = {
    State.PUBLISHED: publish_comment,
    State.HELD: hold_comment,
    State.REJECTED: reject_comment,
    State.SPAM: mark_comment_as_spam,
}


def seen(*comments: Comment) -> list[bool]:
    return [Comment.objects.get(pk=each.pk).visible for each in comments]


@pytest.mark.parametrize("state", [State.HELD, State.REJECTED, State.SPAM])
def test_what_is_not_published_is_hidden_with_all_below_it_and_not_counted(page, state):
    above, middle, below = replies(page, 3)
    decided = VERBS[state](middle, reasons=[Reason("Off the subject.")])
    assert decided is middle
    assert (middle.state, middle.visible) == (state, False)
    assert seen(above, middle, below) == [True, False, False]
    assert Comment.objects.get(pk=below.pk).state == State.PUBLISHED
    assert ThreadStat.objects.get().visible_count == 1
    above.refresh_from_db()
    assert above.replies == 0
    assert [str(reason) for reason in Receipt.objects.get(comment=middle).why] == ["Off the subject."]


def test_publishing_brings_back_the_branch_and_forgets_the_reasons(page):
    root, reply = replies(page, 2)
    hold_comment(root, reasons=[Reason("Wait.")])
    publish_comment(root)
    assert (root.state, root.visible, root.replies) == (State.PUBLISHED, True, 1)
    assert seen(root, reply) == [True, True]
    assert ThreadStat.objects.get().visible_count == 2
    assert Receipt.objects.get(comment=root).why == []


@pytest.mark.parametrize("inner_first", [True, False])
def test_un_hiding_brings_back_only_what_nothing_else_hides(page, inner_first):
    outer, inner, below, leaf = replies(page, 4)
    for hidden in (inner, outer) if inner_first else (outer, inner):
        reject_comment(hidden)
    publish_comment(outer)
    assert seen(outer, inner, below, leaf) == [True, False, False, False]
    publish_comment(inner)
    assert seen(outer, inner, below, leaf) == [True, True, True, True]
    for hidden in (inner, outer) if inner_first else (outer, inner):
        reject_comment(hidden)
    publish_comment(inner)
    assert seen(outer, inner, below, leaf) == [False, False, False, False]
    publish_comment(outer)
    assert seen(outer, inner, below, leaf) == [True, True, True, True]
    assert ThreadStat.objects.get().visible_count == 4


def test_deciding_the_same_again_changes_nothing_but_the_reasons(page):
    held = comment(page)
    hold_comment(held, reasons=[Reason("One.")])
    version = ThreadStat.objects.get().version
    hold_comment(held, reasons=[Reason("Two.")])
    mark_comment_as_spam(held)
    assert ThreadStat.objects.get().version == version
    assert ThreadStat.objects.get().visible_count == 0


def test_a_decision_on_a_state_that_moved_is_refused(page):
    mine, theirs = comment(page), Comment.objects.get()
    reject_comment(theirs, was=State.PUBLISHED)
    with pytest.raises(StateMoved) as moved:
        hold_comment(mine, was=State.PUBLISHED)
    assert moved.value.state == State.REJECTED
    assert Comment.objects.get().state == State.REJECTED


def test_a_decision_reaches_neither_another_conversation_nor_another_page(page):
    others = [comment(page), comment(newsroom_factories.article(title="Another"))]
    hold_comment(comment(page))
    assert seen(*others) == [True, True]


@pytest.mark.parametrize(("number_of_replies", "statements"), [(1, 12), (3, 12), (50, 12)])
def test_hiding_any_number_of_comments_costs_the_same(page, number_of_replies, statements):
    root = comment(page)
    for _ in range(number_of_replies):
        comment(page, reply_to=root)
    with CaptureQueriesContext(connection) as queries:
        hold_comment(root)
    # PostgreSQL's NOTIFY is the press's own to count.
    # Whether somebody wants mail about it is asked by a primary key.
    theirs = re.compile("pg_notify|comments_alert")
    assert len([query for query in queries if not theirs.search(query["sql"])]) == statements
    assert not Comment.objects.public().exists()


def test_the_database_refuses_two_comments_in_one_place(page):
    one, two = comment(page), comment(page)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=two.pk).update(path=one.path)


def test_the_database_refuses_a_reply_without_a_conversation(page):
    one = comment(page)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=one.pk).update(depth=1)


def test_a_page_goes_with_its_comments(page):
    kept = comment(newsroom_factories.article(title="Another"))
    chain = replies(page, 5)
    reject_comment(chain[1])
    page.delete()
    assert list(Comment.objects.all()) == [kept]
    assert [stat.page_id for stat in ThreadStat.objects.all()] == [kept.page_id]
    connection.check_constraints()


def test_reconciling_finds_and_mends_every_counter(page):
    root, _ = replies(page, 2)
    untouched = comment(newsroom_factories.article(title="Another"))
    assert reconcile_counts() == []
    ThreadStat.objects.filter(page=page).update(visible_count=7)
    assert reconcile_counts() == [Drift(page.pk, stored=7, counted=2)]
    Comment.objects.filter(pk=root.pk).update(replies=0)
    assert reconcile_counts() == [Drift(page.pk, stored=2, counted=2)]
    ThreadStat.objects.filter(page=page).delete()
    assert reconcile_counts() == [Drift(page.pk, stored=0, counted=2)]
    root.refresh_from_db()
    assert (root.replies, ThreadStat.objects.get(page=page).visible_count) == (1, 2)
    assert ThreadStat.objects.get(page=untouched.page_id).version == 1
    assert reconcile_counts() == []


def test_counters_and_comments_say_who_they_are(page):
    stored = comment(page)
    assert str(stored) == str(Receipt.objects.get()) == f"Ana #{stored.pk}"
    assert str(ThreadStat.objects.get()) == f"#{page.pk}: 1"
