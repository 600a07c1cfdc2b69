"""Many writers in one thread at once."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection
from wagtail.models import Locale, Page

from tests.comments.factories import comment, proof
from tribuna.comments.actions import (
    NotEditable,
    ReplyGone,
    StateMoved,
    VoteRefused,
    edit_comment,
    hold_comment,
    publish_comment,
    reject_comment,
    respect_comment,
    withdraw_comment,
)
from tribuna.comments.models import Comment, Receipt, ThreadStat, Vote
from tribuna.comments.queries import drifts
from tribuna.humans.actions import AlreadySpent
from tribuna.humans.models import SpentNonce

WRITERS = 6
STEPS_PER_WRITER = 25
_numbers = itertools.count(1)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.storage,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite, in tests, has one connection for all"),
]


def run(*work: Callable[[], Any]) -> list[Any]:
    """Return what each piece of *work* gave, all done at the same time and each in a connection of its own."""

    def one(piece: Callable[[], Any]) -> Any:
        try:
            return piece()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, work))


@pytest.fixture
def pages(db):
    """Two pages that every connection sees, gone afterwards with all that was said under them."""

    def make() -> list[Page]:
        locale, _ = Locale.objects.get_or_create(language_code="en")
        return [Page.add_root(instance=Page(title=title, slug=title, locale=locale)) for title in ("one", "two")]

    def clear() -> None:
        for page in Page.objects.filter(slug__in=("one", "two")):
            page.delete()
        SpentNonce.objects.all().delete()

    [made] = run(make)
    for page in made:
        page.comments_policy = "open"
    yield made
    run(clear)


def act(verb: Callable[..., Any], stored: Comment) -> None:
    """Do *verb*, unless somebody else's doing meanwhile rules it out."""
    with suppress(NotEditable, StateMoved, VoteRefused):
        if verb in (edit, withdraw_comment):
            verb(Receipt.objects.select_related("comment").get(pk=stored.pk))
        else:
            verb(stored)


def edit(receipt: Receipt) -> None:
    page = receipt.comment.page
    page.comments_policy = "open"
    edit_comment(receipt, page=page, text=f"Edit {next(_numbers)}", at=receipt.comment.created_at)


def respect(stored: Comment) -> None:
    respect_comment(stored, proof=proof(nonce=f"{next(_numbers):032x}"))


def writer(pages: list[Any], seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(STEPS_PER_WRITER):
        page = dice.choice(pages)
        there = list(Comment.objects.filter(page=page))
        verb = dice.choice([hold_comment, reject_comment, publish_comment, edit, withdraw_comment, respect, None, None])
        if verb and there:
            act(verb, dice.choice(there))
        else:
            try:
                comment(page, reply_to=dice.choice([None, *there]))
            except ReplyGone:
                comment(page)


def test_counters_do_not_drift_with_six_writers(pages):
    run(*[lambda seed=seed: writer(pages, seed) for seed in range(WRITERS)])
    assert drifts() == []
    assert Comment.objects.count() > WRITERS
    assert Vote.objects.exists()
    assert Comment.objects.filter(body_source="").exists()
    states = dict(Comment.objects.values_list("pk", "state"))
    hidden_by = dict(Comment.objects.values_list("pk", "hidden_by_id"))
    parents = dict(Comment.objects.values_list("pk", "parent_id"))
    for pk in states:
        above = parents[pk]
        while above and states[above] == "published":
            above = parents[above]
        assert hidden_by[pk] == above


def test_one_proof_brought_by_six_at_once_is_one_vote(pages):
    [stored] = run(lambda: comment(pages[0]))

    def vote() -> bool:
        try:
            respect_comment(Comment.objects.get(pk=stored.pk), proof=proof())
        except AlreadySpent:
            return False
        return True

    assert sorted(run(*[vote] * WRITERS)) == [False] * (WRITERS - 1) + [True]
    assert Comment.objects.get().respect == Vote.objects.count() == 1


def test_votes_of_six_at_once_are_all_counted(pages):
    [stored] = run(lambda: comment(pages[0]))
    run(*[lambda: [respect(Comment.objects.get(pk=stored.pk)) for _ in range(5)]] * WRITERS)
    assert Comment.objects.get().respect == Vote.objects.count() == 5 * WRITERS
    assert drifts() == []


def test_one_proof_sent_by_six_at_once_makes_one_comment(pages):
    def send() -> bool:
        try:
            comment(pages[0], proof=proof())
        except AlreadySpent:
            return False
        return True

    assert sorted(run(*[send] * WRITERS)) == [False] * (WRITERS - 1) + [True]
    assert Comment.objects.count() == ThreadStat.objects.get().visible_count == 1
