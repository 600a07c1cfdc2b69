"""Transactions that go together: each whole or not at all, and none the worse for another."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import get_language, override

from tribuna.core import convoy
from tribuna.core.convoy import Convoy, carry_together
from tribuna.press.models import Purge

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.fixture(autouse=True)
def empty_log(db):
    """What was said while the database was made ready is not ours."""
    Purge.objects.all().delete()


class Refused(Exception):  # noqa: N818
    """Nothing of this work may be stored."""


def stores(name: str, error: Exception | None = None, *, tries: int = 99):
    """Return a work that stores a row and then, so many times, raises *error*."""
    left = [tries]

    def work() -> str:
        Purge.objects.create(tags=[name])
        left[0] -= 1
        if error is not None and left[0] >= 0:
            raise error
        return name

    return work


def tickets(*works, places=None):
    return [convoy._Ticket(work, place) for work, place in zip(works, places or range(len(works)), strict=True)]


def stored() -> list[str]:
    return [purge.tags[0] for purge in Purge.objects.order_by("pk")]


@pytest.mark.django_db(transaction=True)
def test_who_is_alone_has_a_transaction_like_any_other(django_assert_num_queries):
    with CaptureQueriesContext(connection) as seen:
        assert Convoy().carry(stores("one"), place=1) == "one"
    assert [query["sql"] for query in seen if "SAVEPOINT" in query["sql"]] == []
    with pytest.raises(Refused):
        Convoy().carry(stores("two", Refused()), place=1)
    assert stored() == ["one"]


def test_within_a_transaction_a_work_is_part_of_it():
    line = Convoy()
    with transaction.atomic():
        assert line.carry(stores("one"), place=1) == "one"
        transaction.set_rollback(True)
    assert stored() == []


@pytest.mark.django_db(transaction=True)
def test_all_go_with_one_commit_in_the_order_of_what_they_lock():
    group = tickets(stores("b"), stores("a"), stores("c"), places=[2, 1, 3])
    with CaptureQueriesContext(connection) as seen:
        carry_together(group)
    assert [ticket.result for ticket in group] == ["b", "a", "c"]
    assert all(ticket.is_done and ticket.error is None for ticket in group)
    assert stored() == ["a", "b", "c"]
    assert len([query for query in seen if query["sql"] in {"COMMIT", "BEGIN IMMEDIATE", "BEGIN"}]) == 2


def test_what_is_refused_leaves_the_others_as_they_are():
    group = tickets(stores("one"), stores("two", Refused()), stores("three"))
    carry_together(group)
    assert isinstance(group[1].error, Refused)
    assert ([ticket.error is None for ticket in group], stored()) == ([True, False, True], ["one", "three"])


@pytest.mark.parametrize(("tries", "names"), [(1, ["one", "three", "two"]), (2, ["one", "three"])])
def test_what_the_database_refuses_is_tried_once_more_by_itself(tries, names):
    group = tickets(stores("one"), stores("two", OperationalError("deadlock"), tries=tries), stores("three"))
    carry_together(group)
    assert stored() == names
    assert isinstance(group[1].error, OperationalError if tries == 2 else type(None))


class _Commit:
    """A transaction whose commit fails so many times."""

    def __init__(self, error: DatabaseError) -> None:
        self.error, self.real, self.depth = error, transaction.atomic, 0

    def __call__(self):
        return self

    def __enter__(self):
        self.depth += 1
        self.inner = self.real()
        self.stack = [*getattr(self, "stack", []), self.inner]
        self.inner.__enter__()

    def __exit__(self, *about):
        self.depth -= 1
        inner = self.stack.pop()
        if self.depth == 0 and about[0] is None and self.error is not None:
            error, self.error = self.error, None
            inner.__exit__(type(error), error, None)
            raise error
        return inner.__exit__(*about)


def test_where_the_commit_is_refused_each_is_tried_by_itself(monkeypatch):
    monkeypatch.setattr(transaction, "atomic", _Commit(IntegrityError("a deferred constraint")))
    group = tickets(stores("one"), stores("two"))
    carry_together(group)
    assert ([ticket.error for ticket in group], stored()) == ([None, None], ["one", "two"])


def test_where_the_database_is_away_everybody_is_told_at_once(monkeypatch):
    monkeypatch.setattr(transaction, "atomic", _Commit(OperationalError("gone")))
    group = tickets(stores("one"), stores("two", Refused()))
    carry_together(group)
    assert [type(ticket.error) for ticket in group] == [OperationalError, Refused]
    assert stored() == []


@pytest.mark.django_db(transaction=True)
def test_what_goes_wrong_after_the_commit_takes_nothing_back(caplog):
    def work() -> str:
        transaction.on_commit(lambda: 1 / 0)
        return stores("one")()

    group = tickets(work, stores("two"))
    carry_together(group)
    assert ([ticket.result for ticket in group], stored()) == (["one", "two"], ["one", "two"])
    assert "after a commit" in caplog.text


def test_each_work_has_the_language_of_its_own_request():
    with override("es"):
        spanish = tickets(get_language)
    with override("en"):
        group = [*spanish, *tickets(get_language)]
        carry_together(group)
    assert [ticket.result for ticket in group] == ["es", "en"]


def test_those_who_came_meanwhile_go_with_the_next(monkeypatch):
    line, groups, begun, go_on = Convoy(), [], threading.Event(), threading.Event()

    def carry(group):
        groups.append(len(group))
        begun.set()
        go_on.wait(10)
        for ticket in group:
            ticket.result, ticket.is_done = ticket.work(), True

    monkeypatch.setattr(convoy, "carry_together", carry)
    monkeypatch.setattr(convoy, "MOST", 3)
    monkeypatch.setattr(transaction, "get_connection", lambda: type("Idle", (), {"in_atomic_block": False}))
    results: list[int] = []
    threads = [threading.Thread(target=lambda n=n: results.append(line.carry(lambda: n, place=n))) for n in range(5)]
    threads[0].start()
    assert begun.wait(10)
    for thread in threads[1:]:
        thread.start()
    while len(line._waiting) < 4:
        pass
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert (sorted(results), groups, line._waiting) == (list(range(5)), [1, 3, 1], [])
