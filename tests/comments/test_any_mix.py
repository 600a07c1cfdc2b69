"""A thread in which readers, authors and moderators do what they like, in any order: no counter drifts."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext

import pytest
from django.db import transaction
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.comments.factories import DOUBTFUL, SEVERE, comment, proof
from tribuna.comments.actions import (
    NotEditable,
    NotShown,
    StateMoved,
    VoteRefused,
    edit_comment,
    editable_until,
    hold_comment,
    mark_answered,
    mark_comment_as_spam,
    pin_comment,
    publish_comment,
    reject_comment,
    respect_comment,
    withdraw_comment,
)
from tribuna.comments.models import Comment, Receipt, State, ThreadStat
from tribuna.comments.queries import drifts

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

VERBS = {
    State.PUBLISHED: publish_comment,
    State.HELD: hold_comment,
    State.REJECTED: reject_comment,
    State.SPAM: mark_comment_as_spam,
}
_nonces = itertools.count(1)


class Thread(RuleBasedStateMachine):
    """Readers and moderators at one page, in any order; a plain dictionary says what should come of it."""

    page: object

    def __init__(self) -> None:
        super().__init__()
        self.states: dict[int, State] = {}
        self.parents: dict[int, int | None] = {}
        self.withdrawn: set[int] = set()
        self.respected: Counter[int] = Counter()
        self.savepoint = transaction.atomic()

    @initialize()
    def open_thread(self) -> None:
        self.savepoint.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def is_visible(self, pk: int) -> bool:
        return self.states[pk] == State.PUBLISHED and self.nearest_hidden_ancestor(pk) is None

    def nearest_hidden_ancestor(self, pk: int) -> int | None:
        above = self.parents[pk]
        while above is not None and self.states[above] == State.PUBLISHED:
            above = self.parents[above]
        return above

    def root(self, pk: int) -> int:
        while (above := self.parents[pk]) is not None:
            pk = above
        return pk

    @rule(choice=st.integers(0, 30))
    def post(self, choice: int) -> None:
        public = [pk for pk in self.states if self.is_visible(pk)]
        answered = public[-1 - choice] if choice < len(public) else None
        stored = comment(self.page, reply_to=None if answered is None else Comment.objects.get(pk=answered))
        self.states[stored.pk], self.parents[stored.pk] = State.PUBLISHED, stored.parent_id
        assert stored.reply_to_id == answered

    @precondition(lambda self: self.states)
    @rule(choice=st.integers(0, 30), state=st.sampled_from([State.PUBLISHED, *VERBS]))
    def decide(self, choice: int, state: State) -> None:
        pk = self.one(choice)
        if self.states[pk] == State.WITHDRAWN:
            with pytest.raises(StateMoved):
                VERBS[state](Comment.objects.get(pk=pk))
        else:
            VERBS[state](Comment.objects.get(pk=pk))
            self.states[pk] = state

    @precondition(lambda self: self.states)
    @rule(choice=st.integers(0, 30), text=st.sampled_from(["Better.", "Really?", "SHOUT", "Better."]))
    def edit(self, choice: int, text: str) -> None:
        pk = self.one(choice)
        receipt = Receipt.objects.select_related("comment").get(pk=pk)
        was = receipt.comment.body_source
        may = editable_until(receipt, at=receipt.comment.created_at) is not None
        try:
            edit_comment(receipt, page=self.page, text=text, at=receipt.comment.created_at)
        except NotEditable:
            assert not may
            return
        assert may
        if text != was and self.states[pk] == State.PUBLISHED:
            self.states[pk] = {"Really?": State.HELD, "SHOUT": State.REJECTED}.get(text, State.PUBLISHED)

    @precondition(lambda self: self.states)
    @rule(choice=st.integers(0, 30))
    def withdraw(self, choice: int) -> None:
        pk = self.one(choice)
        withdraw_comment(Receipt.objects.select_related("comment").get(pk=pk))
        if pk in self.withdrawn:
            return
        self.withdrawn.add(pk)
        is_answered = pk in self.parents.values()
        stays = is_answered and self.states[pk] in (State.PUBLISHED, State.HELD)
        self.states[pk] = State.PUBLISHED if stays else State.WITHDRAWN

    @precondition(lambda self: self.states)
    @rule(choice=st.integers(0, 30))
    def respect(self, choice: int) -> None:
        pk = self.one(choice)
        refused = not self.is_visible(pk) or pk in self.withdrawn
        with pytest.raises(VoteRefused) if refused else nullcontext():
            respect_comment(Comment.objects.get(pk=pk), proof=proof(nonce=f"{next(_nonces):032x}"))
            self.respected[pk] += 1

    @precondition(lambda self: self.states)
    @rule(choice=st.integers(0, 30), verb=st.sampled_from([pin_comment, mark_answered]))
    def distinguish(self, choice: int, verb: Callable[[Comment], None]) -> None:
        pk = self.one(choice)
        refused = not self.is_visible(pk) or pk in self.withdrawn
        with pytest.raises(NotShown) if refused else nullcontext():
            verb(Comment.objects.get(pk=pk))

    def one(self, choice: int) -> int:
        return list(self.states)[choice % len(self.states)]

    @invariant()
    def readers_see_what_is_published_under_published(self) -> None:
        for stored in Comment.objects.filter(page=self.page):
            assert stored.visible == self.is_visible(stored.pk)
            assert stored.hidden_by_id == self.nearest_hidden_ancestor(stored.pk)
            assert stored.state == self.states[stored.pk]
            assert stored.is_withdrawn == (stored.pk in self.withdrawn)
            assert stored.respect == self.respected[stored.pk]
            if stored.parent_id is None:
                below = [pk for pk in self.states if self.root(pk) == stored.pk != pk and self.is_visible(pk)]
                assert stored.replies == len(below)

    @invariant()
    def counters_count(self) -> None:
        stat = ThreadStat.objects.filter(page=self.page).first()
        assert (stat.visible_count if stat else 0) == Comment.objects.filter(page=self.page).public().count()
        assert drifts() == []


def test_counters_and_visibility_hold_after_any_mix_of_what_readers_and_moderators_do(page, settings):
    settings.TRIBUNA_JUDGES = [DOUBTFUL, SEVERE]

    class ThreadOfPage(Thread):
        pass

    ThreadOfPage.page = page
    run_state_machine_as_test(
        ThreadOfPage, settings=hypothesis_settings(max_examples=20, stateful_step_count=20, deadline=None)
    )
