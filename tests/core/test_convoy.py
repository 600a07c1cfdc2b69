"""Transactions that go together: each whole or not at all, and none the worse for another."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tribuna.core import convoy
from tribuna.core.convoy import Convoy, carry_together
from tribuna.press.models import Purge

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.fixture(autouse=True)
def empty_log(db):
    """What was said while the database was made ready is not ours."""
    Purge.objects.all().delete()


class Refused(Exception):  # noqa: N818
    """Nothing of this item may be stored."""


def store(items: list) -> list:
    """Store a row for each item: a name, or a name with what goes wrong: refused, or so many times raised."""
    results = []
    for item in items:
        name, error = item if isinstance(item, tuple) else (item, None)
        if not isinstance(error, Refused):
            Purge.objects.create(tags=[name])
            if error is not None and error.args[0] > 0:
                error.args = (error.args[0] - 1,)
                raise error
        results.append(error if isinstance(error, Refused) else name)
    return results


def tickets(*items, places=None):
    return [convoy._Ticket(item, place) for item, place in zip(items, places or range(len(items)), strict=True)]


def stored() -> list[str]:
    return [purge.tags[0] for purge in Purge.objects.order_by("pk")]


@pytest.mark.django_db(transaction=True)
def test_who_is_alone_has_a_transaction_like_any_other():
    with CaptureQueriesContext(connection) as seen:
        assert Convoy(store, prepare=list).carry("one", place=1) == "one"
    assert [query["sql"] for query in seen if "SAVEPOINT" in query["sql"]] == []
    with pytest.raises(Refused):
        Convoy(store, prepare=list).carry(("two", Refused()), place=1)
    with pytest.raises(ZeroDivisionError):
        Convoy(store, prepare=list).carry(("three", ZeroDivisionError(1)), place=1)
    assert stored() == ["one"]


def test_within_a_transaction_a_work_is_part_of_it():
    line = Convoy(store, prepare=list)
    with transaction.atomic():
        assert line.carry("one", place=1) == "one"
        with pytest.raises(OperationalError):
            line.carry(("two", OperationalError(1)), place=1)
        assert stored() == ["one"]
        transaction.set_rollback(True)
    assert stored() == []


@pytest.mark.django_db(transaction=True)
def test_all_go_with_one_commit_in_the_order_of_what_they_lock():
    first, second, third = group = tickets("b", "a", "c", places=[2, 1, 3])
    with CaptureQueriesContext(connection) as seen:
        carry_together(store, group)
    assert [ticket.result for ticket in (first, second, third)] == ["b", "a", "c"]
    assert stored() == ["a", "b", "c"]
    assert [query["sql"] for query in seen if "SAVEPOINT" in query["sql"]] == []
    assert len([query for query in seen if query["sql"] in {"COMMIT", "BEGIN IMMEDIATE", "BEGIN"}]) == 2


def test_what_is_refused_leaves_the_others_as_they_are():
    group = tickets("one", ("two", Refused()), "three")
    carry_together(store, group)
    assert isinstance(group[1].result, Refused)
    assert ([ticket.result for ticket in group[::2]], stored()) == (["one", "three"], ["one", "three"])


@pytest.mark.parametrize(("times", "names"), [(1, ["one", "two", "three"]), (2, ["one", "three"])])
@pytest.mark.parametrize("kind", [OperationalError, IntegrityError, ZeroDivisionError])
def test_what_goes_wrong_with_one_is_tried_once_more_each_by_itself(kind, times, names):
    group = tickets("one", ("two", kind(times)), "three")
    carry_together(store, group)
    assert stored() == names
    assert isinstance(group[1].result, kind if times == 2 else str)
    assert [ticket.result for ticket in group[::2]] == ["one", "three"]


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
    group = tickets("one", "two")
    carry_together(store, group)
    assert ([ticket.result for ticket in group], stored()) == (["one", "two"], ["one", "two"])


def test_where_the_commit_fails_everybody_is_told_at_once(monkeypatch):
    monkeypatch.setattr(transaction, "atomic", _Commit(OperationalError("gone")))
    group = tickets("one", ("two", Refused()))
    carry_together(store, group)
    assert [type(ticket.result) for ticket in group] == [OperationalError, OperationalError]
    assert stored() == []


def test_where_no_transaction_begins_everybody_is_told_at_once(monkeypatch):
    class Away:
        tries = 0

        def __enter__(self):
            Away.tries += 1
            raise OperationalError("away")

        def __exit__(self, *_about):
            raise AssertionError

    monkeypatch.setattr(transaction, "atomic", Away)
    group = tickets("one", "two")
    carry_together(store, group)
    assert [type(ticket.result) for ticket in group] == [OperationalError, OperationalError]
    assert Away.tries == 1


@pytest.mark.django_db(transaction=True)
def test_what_goes_wrong_after_the_commit_takes_nothing_back(caplog):
    def work(items):
        transaction.on_commit(lambda: 1 / 0)
        return store(items)

    group = tickets("one", "two")
    carry_together(work, group)
    assert ([ticket.result for ticket in group], stored()) == (["one", "two"], ["one", "two"])
    assert "after a commit" in caplog.text


def test_those_who_came_meanwhile_go_with_the_next(monkeypatch):
    line, groups, begun, go_on = Convoy(store, prepare=list), [], threading.Event(), threading.Event()

    def carry(_work, group):
        groups.append(len(group))
        begun.set()
        go_on.wait(10)
        for ticket in group:
            ticket.result = ticket.item

    monkeypatch.setattr(convoy, "carry_together", carry)
    monkeypatch.setattr(convoy, "MOST", 3)
    monkeypatch.setattr(transaction, "get_connection", lambda: type("Idle", (), {"in_atomic_block": False}))
    results: list[int] = []
    threads = [threading.Thread(target=lambda n=n: results.append(line.carry(n, place=n))) for n in range(5)]
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


def test_as_many_are_waited_for_as_went_together_the_last_time(monkeypatch):
    monkeypatch.setattr(transaction, "get_connection", lambda: type("Idle", (), {"in_atomic_block": False}))
    monkeypatch.setattr(convoy, "PATIENCE_SECONDS", 60)
    groups = []

    def carry(_work, group):
        groups.append(len(group))
        for ticket in group:
            ticket.result = ticket.item

    monkeypatch.setattr(convoy, "carry_together", carry)
    line = Convoy(store, prepare=list)
    line._usual = 3
    threads = [threading.Thread(target=line.carry, args=[number], kwargs={"place": 1}) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    monkeypatch.setattr(convoy, "PATIENCE_SECONDS", 0.001)
    assert line.carry(4, place=1) == 4  # the others don't come
    assert line.carry(5, place=1) == 5
    assert (groups, line._usual) == ([3, 1, 1], 1)


def test_what_is_computed_before_is_computed_for_all_at_once():
    calls = []

    def prepare(items):
        calls.append(len(items))
        return [item.upper() for item in items]

    line = Convoy(store, prepare=prepare)
    group = tickets("one", "two")
    line._set_out(group)
    assert ([ticket.result for ticket in group], stored()) == (["ONE", "TWO"], ["ONE", "TWO"])
    with transaction.atomic():
        assert line.carry("three", place=1) == "THREE"
    assert calls == [2, 1]


def test_where_that_fails_nothing_is_stored_and_everybody_is_told():
    group = tickets("one", "two")
    Convoy(store, prepare=lambda _items: 1 / 0)._set_out(group)
    assert [type(ticket.result) for ticket in group] == [ZeroDivisionError, ZeroDivisionError]
    assert stored() == []


def test_who_is_stopped_leaves_nobody_in_the_belief_that_it_was_stored():
    def stopped(_items):
        raise KeyboardInterrupt

    group = tickets("one", "two")
    with pytest.raises(KeyboardInterrupt):
        carry_together(stopped, group)
    assert [type(ticket.result) for ticket in group] == [DatabaseError, DatabaseError]
    assert stored() == []
