"""The purge log: every node forgets what another changed, in whatever order the transactions end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.utils import timezone

from tests.press.printing import KEY, printed, store_in
from tribuna.press.actions import changed, follow_log, forgetting, keep_house
from tribuna.press.actions.forgetting import LogReader, forget_pages
from tribuna.press.base import LOG_SECONDS
from tribuna.press.models import Purge

OTHER = KEY._replace(path="/en/sport/")


@pytest.fixture
def store(tmp_path, settings, monkeypatch):
    """The store of this node, which doesn't hear of what the tests write into the log."""
    store = store_in(tmp_path / "press", settings)
    monkeypatch.setattr(forgetting, "plug", lambda path: store)
    store.tidy()
    yield store
    store.close()


def logged(*tags: str, **fields: object) -> Purge:
    """Let another node change something."""
    return Purge.objects.create(tags=list(tags), **fields)


@pytest.mark.django_db
def test_the_log_is_carried_out_in_order_and_once(store):
    store.keep(KEY, printed("a", "page:1"), since=store.epoch())
    purge = logged("page:1")
    reader = LogReader()
    reader.read()
    assert store.find(KEY) is None
    assert store.index.is_done(purge.token)
    store.keep(KEY, printed("b", "page:1"), since=store.epoch())
    reader.read()
    LogReader().read()
    assert store.find(KEY)


@pytest.mark.django_db
def test_a_transaction_that_ends_late_is_not_missed(store):
    reader = LogReader()
    first = logged("page:1")
    reader.read()
    late = Purge(pk=first.pk + 1, tags=["page:2"])
    Purge(pk=first.pk + 3, tags=["page:3"]).save()
    reader.read()
    assert set(reader.skipped) == {first.pk + 1, first.pk + 2}
    store.keep(KEY, printed("a", "page:2"), since=store.epoch())
    late.save()
    reader.read()
    assert store.find(KEY) is None
    assert set(reader.skipped) == {first.pk + 2}


@pytest.mark.django_db
def test_one_that_never_ends_is_given_up(monkeypatch):
    reader = LogReader()
    first = logged("page:1")
    reader.read()
    Purge(pk=first.pk + 2, tags=["page:3"]).save()
    reader.read()
    assert reader.skipped
    monkeypatch.setattr(forgetting, "OPEN_TRANSACTION_SECONDS", -1)
    reader.read()
    assert not reader.skipped


@pytest.mark.django_db
def test_a_store_that_can_not_be_written_gets_another_chance(store, monkeypatch, caplog):
    store.keep(KEY, printed("a", "page:1"), since=store.epoch())
    purge = logged("page:1")
    reader = LogReader()

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(store, "forget", full)
        assert forget_pages(["page:1"]) is None
        reader.read()
    assert "could not be forgotten" in caplog.text
    assert store.find(KEY)
    assert set(reader.skipped) == {purge.pk}
    reader.read()
    assert store.find(KEY) is None


@pytest.mark.django_db
def test_the_log_does_not_grow_for_ever(store):
    logged("page:1", at=timezone.now() - timedelta(seconds=LOG_SECONDS + 1))
    kept = logged("page:2")
    keep_house()
    assert list(Purge.objects.all()) == [kept]


@contextmanager
def following() -> Iterator[threading.Event]:
    stop = threading.Event()

    def follow() -> None:
        try:
            follow_log(stop)
        finally:
            connections.close_all()

    thread = threading.Thread(target=follow)
    thread.start()
    try:
        yield stop
    finally:
        stop.set()
        thread.join(30)
        assert not thread.is_alive()


def seconds_until_forgotten(store) -> float:
    begun = time.monotonic()
    while store.find(KEY):
        assert time.monotonic() - begun < 30
        threading.Event().wait(0.001)
    return time.monotonic() - begun


@pytest.mark.storage
@pytest.mark.django_db(transaction=True)
def test_another_node_s_change_arrives(store, monkeypatch):
    """The worker that changes something here is another node: it doesn't touch this store."""
    monkeypatch.setattr("tribuna.press.actions.saying.forget_pages", lambda *args, **kwargs: None)
    with following():
        for number in range(3):
            store.keep(KEY, printed(f"{number}", "page:1"), since=store.epoch())
            with transaction.atomic():
                changed("page:1")
            assert seconds_until_forgotten(store) < 5
            store.keep(OTHER, printed("b", "page:2"), since=store.epoch())
    assert store.find(OTHER)


@pytest.mark.storage
@pytest.mark.django_db(transaction=True)
def test_a_database_that_was_away_is_asked_again(store, monkeypatch, caplog):
    monkeypatch.setattr(forgetting, "AWAY_SECONDS", 0.01)
    read, failures = LogReader.read, [OperationalError("gone"), OperationalError("still gone")]

    def failing(self: LogReader) -> None:
        if failures:
            raise failures.pop()
        read(self)

    monkeypatch.setattr(LogReader, "read", failing)
    store.keep(KEY, printed("a", "page:1"), since=store.epoch())
    logged("page:1")
    with following():
        seconds_until_forgotten(store)
    assert caplog.text.count("can't be read; it is tried again") == 1


@pytest.mark.storage
@pytest.mark.django_db(transaction=True)
def test_it_listens_where_the_database_can_tell():
    reader = LogReader()
    reader.read()
    assert reader._listens == (connection.vendor == "postgresql")
