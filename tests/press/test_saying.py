"""What is said while printing, and what is said of a change."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from itertools import count
from unittest.mock import Mock

import pytest
from django.db import transaction

from tests.press.printing import KEY, printed, store_in
from tribuna.press.actions import (
    changed,
    forgetting,
    fragment,
    lasts_until,
    recorded,
    remembered,
    saying,
    shows,
    with_memory,
)
from tribuna.press.base import Epoch
from tribuna.press.models import Purge
from tribuna.press.signals import pages_forgotten
from tribuna.press.stores.files import FilesStore
from tribuna.press.stores.null import NullStore

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path, settings, monkeypatch):
    store = store_in(tmp_path / "press", settings)
    monkeypatch.setattr(forgetting, "plug", lambda path: store)
    yield store
    store.close()


def test_what_is_said_is_recorded():
    with recorded() as notes:
        shows("page:1", "image:2")
        shows("page:1")
        for moment in (None, NOON, NOON + timedelta(hours=1), NOON - timedelta(hours=1)):
            lasts_until(moment)
    assert notes.tags == {"page:1", "image:2"}
    assert notes.until == NOON - timedelta(hours=1)


def test_outside_of_printing_nothing_is_recorded():
    with recorded() as notes:
        pass
    shows("page:1")
    lasts_until(NOON)
    assert (notes.tags, notes.until) == (set(), None)


def test_one_printing_knows_nothing_of_another():
    with recorded() as outer:
        with recorded() as inner:
            shows("page:1")
        shows("page:2")
    assert (outer.tags, inner.tags) == ({"page:2"}, {"page:1"})


@pytest.mark.django_db(transaction=True)
def test_a_change_is_logged_with_it_and_carried_out_after_it(store):
    store.keep(KEY, printed("old", "page:1"), since=0)
    with transaction.atomic():
        changed("page:1", "list:2", "page:1")
        assert store.find(KEY)
    assert store.find(KEY) is None
    purge = Purge.objects.get()
    assert (purge.tags, purge.withdrawn, str(purge)) == (["list:2", "page:1"], False, "list:2 page:1")
    assert store.index.is_done(purge.token)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_taken_back_was_none(store):
    store.keep(KEY, printed("old", "page:1"), since=0)
    with transaction.atomic():
        changed("page:1")
        transaction.set_rollback(True)
    assert store.find(KEY)
    assert not Purge.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_leaves_no_copy(store):
    store.keep(KEY, printed("old", "page:1"), since=0)
    changed("page:1", withdrawn=True)
    assert store.find(KEY, outdated_within=99) is None
    assert Purge.objects.get().withdrawn


@pytest.mark.django_db
def test_nothing_said_is_nothing_logged():
    changed()
    assert not Purge.objects.exists()


@pytest.mark.django_db
def test_one_query_logs_a_change(django_assert_num_queries):
    from django.db import connection

    with django_assert_num_queries(2 if connection.vendor == "postgresql" else 1):
        changed("page:1", "page:2")


def test_who_keeps_copies_is_told(store):
    told = []

    def receiver(tags, keys, **kwargs):
        told.append((tags, keys))

    pages_forgotten.connect(receiver)
    try:
        store.keep(KEY, printed("old", "page:1"), since=0)
        forgetting.forget_pages(["page:1", "page:3"])
    finally:
        pages_forgotten.disconnect(receiver)
    assert told == [(frozenset({"page:1", "page:3"}), [KEY])]


# --- parts of pages ---------------------------------------------------------------------------------------------------
@pytest.fixture
def thread() -> Callable[[], str]:
    """What prints a part, which lasts for an hour, and counts how often it did."""
    numbers, end = count(1), datetime.now(UTC) + timedelta(hours=1)

    def make() -> str:
        shows("comments:1", "page:7")
        lasts_until(end)
        return f"thread {next(numbers)}"

    return make


def test_a_part_is_printed_once_until_what_it_shows_is_forgotten(store, thread):
    lasts = set()
    for name, html in [("en", "thread 1"), ("en", "thread 1"), ("es", "thread 2"), ("es", "thread 2")]:
        with recorded(epoch=Epoch(store, store.epoch())) as notes:
            assert fragment(name, thread) == html
        assert notes.tags == {"comments:1", "page:7"}
        lasts.add(notes.until)
    assert len(lasts) == 1
    store.forget({"page:7"})
    with recorded(epoch=Epoch(store, store.epoch())):
        assert fragment("en", thread) == "thread 3"


@pytest.mark.parametrize("notes", [nullcontext, recorded])
def test_outside_of_printing_no_part_is_kept(store, thread, notes):
    with notes():
        assert [fragment("en", thread) for _ in range(2)] == ["thread 1", "thread 2"]


def test_without_a_store_that_works_a_part_is_printed(store, thread, monkeypatch):
    for name in ("fragment", "keep_fragment"):
        monkeypatch.setattr(store, name, Mock(side_effect=sqlite3.OperationalError))
    with recorded(epoch=Epoch(store, 0)) as notes:
        assert fragment("en", thread) == "thread 1"
    assert notes.tags == {"comments:1", "page:7"}


# --- what is the same for many pages ----------------------------------------------------------------------------------
@pytest.fixture
def sections(monkeypatch) -> Callable[[FilesStore | None], int]:
    """Print a page, and return how often the sections had been read by then."""
    monkeypatch.setattr(saying, "_remembered", {})
    numbers = count(1)

    def read(store: FilesStore | None) -> int:
        with recorded(epoch=store and Epoch(store, store.epoch())) as notes:
            known = remembered("sections", lambda: (next(numbers), ["site", "breaking:en"]))
        assert notes.tags == set()
        return known

    return read


def test_it_is_read_again_when_it_was_forgotten_and_not_before(store, sections):
    assert [sections(store), sections(store)] == [1, 1]
    store.forget({"comments:1"})
    assert sections(store) == 1
    store.forget({"breaking:en"})
    assert [sections(store), sections(store)] == [2, 2]
    assert [sections(None), sections(None)] == [3, 4]


def test_it_is_remembered_inside_a_block_that_prints_nothing(store, sections):
    def read() -> int:
        return remembered("sections", lambda: (sections(None), ["site"]))

    with with_memory():
        assert [read(), read()] == [1, 1]
    with with_memory():
        assert read() == 1
    store.forget({"site"})
    with with_memory():
        assert read() == 2
    assert [read(), read()] == [3, 4]


def test_a_store_that_fails_is_done_without(store, sections, monkeypatch):
    monkeypatch.setattr(store, "epoch", Mock(side_effect=sqlite3.OperationalError))
    with with_memory():
        assert [remembered("sections", lambda: (sections(None), [])) for _ in range(2)] == [1, 2]


def test_what_is_remembered_does_not_grow_for_ever(store, monkeypatch):
    monkeypatch.setattr(saying, "_remembered", {})
    monkeypatch.setattr(saying, "REMEMBERED_MAXIMUM", 2)
    with with_memory():
        assert [remembered(name, lambda: (7, [])) for name in "abc"] == [7, 7, 7]
    assert set(saying._remembered) == {"c"}


def test_it_is_read_again_for_another_store_and_for_one_that_fails(store, sections, monkeypatch):
    assert [sections(store), sections(NullStore()), sections(store)] == [1, 2, 3]
    store.forget({"comments:1"})
    monkeypatch.setattr(store, "is_forgotten", Mock(side_effect=sqlite3.OperationalError))
    assert sections(store) == 4
