"""Comments that are stored together: one statement for each table, and each in whole or not at all."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as newsroom_factories
from tests.comments.factories import DOUBTFUL, comment, proof
from tribuna.comments.actions import ReplyGone, hold_comment, submitting
from tribuna.comments.actions.storing import Incoming, store_together
from tribuna.comments.actions.submitting import Arrival, judged
from tribuna.comments.models import Comment, Receipt, State, ThreadStat
from tribuna.comments.queries import drifts
from tribuna.core.convoy import _Ticket, carry_together
from tribuna.humans.actions import AlreadySpent
from tribuna.humans.models import SpentNonce
from tribuna.moderation.models import Decision, Score, Trace
from tribuna.press.models import Purge

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.fixture
def coming(monkeypatch, settings):
    """Return a function that has a comment judged, as ``submit_comment`` does, and returns what is to be stored."""
    settings.TRIBUNA_JUDGES = [DOUBTFUL]

    class Line:
        def carry(self, item: Arrival, *, place: int) -> Any:
            [self.item] = judged([item])
            return self.item.comment

    def coming_in(page, text="A good read.", **fields) -> Incoming:
        line = Line()
        with monkeypatch.context() as patch:
            patch.setattr(submitting, "_together", line)
            comment(page, text, **fields)
        return line.item

    return coming_in


def nonce(number: int) -> str:
    return f"{number:032}"


def test_any_number_of_comments_is_as_many_statements_as_one(page, coming):
    comment(page)
    costs = []
    for first, number in ((1, 1), (10, 7)):
        group = [coming(page, f"Number {n}", proof=proof(nonce=nonce(first + n))) for n in range(number)]
        with CaptureQueriesContext(connection) as queries:
            stored = store_together(group)
        assert [each.body_source for each in stored] == [f"Number {n}" for n in range(number)]
        said = [query["sql"].split("(")[0] for query in queries]
        costs.append([re.sub(r"^\d+ times: ", "", sql) for sql in said])
    assert costs[0] == costs[1]


def test_each_has_all_that_belongs_to_it_and_counts_in_its_own_thread(page, coming):
    other = newsroom_factories.article()
    root = comment(page)
    Purge.objects.all().delete()
    group = [
        coming(page, "Published", proof=proof(nonce=nonce(1))),
        coming(page, "An answer", reply_to=root),
        coming(page, "Is it held?", proof=proof(nonce=nonce(2))),
        coming(other, "Elsewhere"),
    ]
    stored = store_together(group)
    for each, name in zip(stored, ("Published", "An answer", "Is it held?", "Elsewhere"), strict=True):
        kept = Comment.objects.get(pk=each.pk)
        assert (kept.body_source, kept.visible, kept.path) == (name, each.visible, each.path)
        for model in (Receipt, Trace, Score):
            assert model.objects.filter(comment=each).count() == 1
        assert Decision.objects.get(comment=each).state_after == each.state
    assert [each.state for each in stored] == [State.PUBLISHED, State.PUBLISHED, State.HELD, State.PUBLISHED]
    assert (stored[1].parent_id, stored[1].root_id, stored[1].depth) == (root.pk, root.pk, 1)
    counts = dict(ThreadStat.objects.values_list("page_id", "visible_count"))
    assert counts == {page.pk: 3, other.pk: 1}
    root.refresh_from_db()
    assert root.replies == 1
    assert drifts() == []
    assert [set(purge.tags) for purge in Purge.objects.all()] == [{f"comments:{page.pk}", f"comments:{other.pk}"}]


def test_a_form_that_was_used_before_leaves_the_others_as_they_are(page, coming):
    comment(page, proof=proof(nonce=nonce(1)))
    group = [coming(page, f"Number {n}", proof=proof(nonce=nonce(n))) for n in (0, 1, 2, 2)]
    results = store_together(group)
    assert [type(each) for each in results] == [Comment, AlreadySpent, Comment, AlreadySpent]
    assert sorted(Comment.objects.values_list("body_source", flat=True)) == ["A good read.", "Number 0", "Number 2"]
    assert drifts() == []


def test_where_all_were_used_before_nothing_is_said_to_have_changed(page, coming):
    comment(page, proof=proof(nonce=nonce(1)))
    Purge.objects.all().delete()
    (result,) = store_together([coming(page, "Again", proof=proof(nonce=nonce(1)))])
    assert isinstance(result, AlreadySpent)
    assert not Purge.objects.exists()


def test_an_answer_to_what_is_gone_takes_nobody_along(page, coming):
    gone = comment(page)
    group = [
        coming(page, "Before"),
        coming(page, "To nobody", reply_to=gone, proof=proof(nonce=nonce(1))),
        coming(page, "After", proof=proof(nonce=nonce(2))),
    ]
    hold_comment(gone)
    tickets = [_Ticket(item, page.pk) for item in group]
    carry_together(store_together, tickets)
    assert [type(ticket.result) for ticket in tickets] == [Comment, ReplyGone, Comment]
    assert set(Comment.objects.public().values_list("body_source", flat=True)) == {"Before", "After"}
    assert list(SpentNonce.objects.values_list("pk", flat=True)) == [nonce(2)]
    assert drifts() == []


def test_an_answer_to_a_comment_of_another_article_is_none(page, coming):
    elsewhere = comment(newsroom_factories.article())
    with pytest.raises(ReplyGone):
        store_together([coming(page, reply_to=elsewhere)])
