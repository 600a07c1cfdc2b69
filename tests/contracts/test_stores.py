"""What every store of pages keeps to, whoever wrote it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from tests.press.printing import KEY, printed
from tribuna.press.base import BROTLI, GZIP, IDENTITY, Fragment, Key, PageStore, Status
from tribuna.press.stores.files import FilesStore
from tribuna.press.stores.null import NullStore

OTHER = Key("https", "news.test", "/es/día/", "before=20261122T101500-12")
TOKEN = "7@1795342500.5"  # of a row in the purge log


KEEPERS = [FilesStore]


def opened(kind: type, folder: Path, settings: Any) -> Iterator[PageStore]:
    settings.TRIBUNA_PRESS_FOLDER = folder
    store = kind()
    yield store
    if isinstance(store, FilesStore):
        store.close()


@pytest.fixture(params=[*KEEPERS, NullStore])
def store(request, tmp_path, settings) -> Iterator[PageStore]:
    """An empty store."""
    yield from opened(request.param, tmp_path / "press", settings)


@pytest.fixture(params=KEEPERS)
def keeper(request, tmp_path, settings) -> Iterator[PageStore]:
    """An empty store that keeps what it is given."""
    yield from opened(request.param, tmp_path / "press", settings)


def is_there(store: PageStore, key: Key = KEY, *, outdated_within: float = 0) -> bool:
    return store.find(key, outdated_within=outdated_within) is not None


# --- what even a store that keeps nothing does ------------------------------------------------------------------------
def test_it_begins_empty(store):
    assert not is_there(store, outdated_within=60)
    assert store.status() == Status()
    assert store.forget({"site"}) == []


def test_what_is_returned_as_kept_is_found(store):
    kept = store.keep(KEY, printed("ferry", "page:1"), since=store.epoch())
    found = store.find(KEY)
    assert (kept is None) == (found is None)
    assert kept is None or found.bodies == kept.bodies


def test_somebody_gets_the_turn(store):
    with store.turn(KEY, 0) as is_mine:
        assert is_mine
    with store.turn(KEY, 0) as is_mine:
        assert is_mine


def test_nobody_waits_for_a_turn_longer_than_is_allowed(store):
    with store.turn(KEY, 0):
        begun = time.monotonic()
        with store.turn(KEY, 0.01) as is_mine:
            assert isinstance(is_mine, bool)
    assert time.monotonic() - begun < 5


def test_a_turn_ends_with_an_error(store):
    with pytest.raises(ZeroDivisionError), store.turn(KEY, 0):
        raise ZeroDivisionError
    with store.turn(KEY, 0) as is_mine:
        assert is_mine


def test_counts_and_upkeep_never_fail(store):
    store.note({}, read=[], refusals={})
    store.note({"hit": 2}, read=[KEY, OTHER], refusals={"/en/": "it sets a cookie"})
    store.tidy(is_start=True)
    store.tidy()
    assert store.status().entries == 0


# --- what a store that keeps something does ---------------------------------------------------------------------------
@pytest.mark.parametrize("key", [KEY, OTHER, Key("http", "127.0.0.1:8000", "/", "")])
def test_a_page_is_found_as_it_was_kept(keeper, key):
    page = printed("¡Llegó el ferry! " * 50, "page:1")
    kept = keeper.keep(key, page, since=keeper.epoch())
    found = keeper.find(key)
    assert found.headers == kept.headers == page.headers
    assert found.bodies[IDENTITY] == page.body
    assert set(found.bodies) >= {IDENTITY, GZIP, BROTLI}
    assert found.etag(GZIP) == kept.etag(GZIP)
    assert found.is_current()


def test_keys_are_told_apart(keeper):
    parts = KEY._asdict()
    others = [{"scheme": "https"}, {"host": "other.test"}, {"path": "/en/"}, {"query": "before=1"}]
    keys = [KEY, *(Key(**parts | other) for other in others)]
    for number, key in enumerate(keys):
        keeper.keep(key, printed(str(number)), since=keeper.epoch())
    assert [keeper.find(key).bodies[IDENTITY] for key in keys] == [b"0", b"1", b"2", b"3", b"4"]


def test_the_last_page_kept_is_the_one_found(keeper):
    held = keeper.keep(KEY, printed("old", "page:1"), since=keeper.epoch())
    keeper.keep(KEY, printed("new", "page:2"), since=keeper.epoch())
    assert keeper.find(KEY).bodies[IDENTITY] == b"new"
    assert keeper.forget({"page:1"}) == []
    assert is_there(keeper)
    assert keeper.forget({"page:2"}) == [KEY]
    assert not held.is_current()


def test_a_page_goes_with_any_of_its_tags(keeper):
    for tag in ("page:1", "list:2", "site"):
        held = keeper.keep(KEY, printed("ferry", "page:1", "list:2"), since=keeper.epoch())
        assert keeper.forget({tag, "page:99"}) == [KEY]
        assert not is_there(keeper)
        assert not held.is_current()


def test_pages_that_show_nothing_of_it_stay(keeper):
    keeper.keep(KEY, printed("ferry", "page:1"), since=keeper.epoch())
    keeper.keep(OTHER, printed("harbour", "page:2"), since=keeper.epoch())
    assert keeper.forget({"page:2", "page:12"}) == [OTHER]
    assert is_there(keeper)


def test_a_purge_is_carried_out_once(keeper):
    keeper.keep(KEY, printed("ferry", "page:1"), since=keeper.epoch())
    assert keeper.forget({"page:1"}, purge=TOKEN) == [KEY]
    keeper.keep(KEY, printed("ferry", "page:1"), since=keeper.epoch())
    assert keeper.forget({"page:1"}, purge=TOKEN) == []
    assert is_there(keeper)
    assert keeper.forget({"page:1"}, purge="8@1795342501.5") == [KEY]


def test_an_outdated_copy_is_given_only_to_who_will_have_one(keeper):
    keeper.keep(KEY, printed("ferry", "page:1"), since=keeper.epoch())
    keeper.forget({"page:1"})
    assert not is_there(keeper)
    outdated = keeper.find(KEY, outdated_within=60)
    assert outdated.bodies[IDENTITY] == b"ferry"
    assert not outdated.is_current()
    assert keeper.status().outdated == 1


@pytest.mark.parametrize("tag", ["page:1", "site"])
def test_of_what_was_withdrawn_there_is_no_copy(keeper, tag):
    keeper.keep(KEY, printed("ferry", "page:1"), since=keeper.epoch())
    keeper.forget({tag}, withdrawn=True)
    assert not is_there(keeper, outdated_within=3600)
    assert keeper.status() == Status(counts=keeper.status().counts)


def test_a_copy_that_is_outdated_already_is_withdrawn_too(keeper):
    keeper.keep(KEY, printed("ferry", "page:1", "page:2"), since=keeper.epoch())
    keeper.forget({"page:1"})
    keeper.forget({"page:2"}, withdrawn=True)
    assert not is_there(keeper, outdated_within=3600)


def test_what_was_forgotten_while_it_was_printed_is_refused(keeper):
    since = keeper.epoch()
    keeper.forget({"page:1"})
    assert keeper.epoch() > since
    assert keeper.keep(KEY, printed("stale", "page:1"), since=since) is None
    assert not is_there(keeper)
    assert keeper.keep(OTHER, printed("right", "page:2"), since=since)
    assert keeper.keep(KEY, printed("fresh", "page:1"), since=keeper.epoch())


def test_a_lifetime_ends(keeper):
    assert keeper.keep(KEY, printed(until=time.time() - 1), since=keeper.epoch()) is None
    assert keeper.keep(KEY, printed(until=time.time() + 60), since=keeper.epoch()).is_current()


def test_one_prints_and_the_others_wait(keeper):
    with keeper.turn(KEY, 0), keeper.turn(KEY, 0) as is_mine:
        assert not is_mine
    with keeper.turn(KEY, 0) as is_mine:
        assert is_mine


def test_the_turn_passes_on(keeper):
    both, got = Barrier(2), []

    def wait() -> None:
        both.wait()
        with keeper.turn(KEY, 10) as is_mine:
            got.append(is_mine)

    with keeper.turn(KEY, 0):
        thread = Thread(target=wait)
        thread.start()
        both.wait()
    thread.join()
    assert got == [True]


def test_what_was_counted_is_told(keeper):
    keeper.keep(KEY, printed("ferry"), since=keeper.epoch())
    keeper.note({"hit": 2, "unstored: status 404": 1}, read=[KEY], refusals={"/en/x/": "it sets a cookie"})
    keeper.note({"hit": 3}, read=[], refusals={})
    status = keeper.status()
    assert status.counts == {"hit": 5, "unstored: status 404": 1}
    assert status.refusals == (("/en/x/", "it sets a cookie"),)
    assert status.entries == 1
    assert status.size >= len(b"ferry")


def test_upkeep_leaves_what_is_right(keeper):
    keeper.tidy(is_start=True)
    keeper.keep(KEY, printed("ferry"), since=keeper.epoch())
    keeper.tidy()
    keeper.tidy(is_start=True)
    assert is_there(keeper)


# --- fragments --------------------------------------------------------------------------------------------------------
def fragment(html: str, *tags: str, until: datetime | None = None) -> Fragment:
    return Fragment(html, frozenset(tags or {"comments:1"}), until)


def test_a_fragment_that_is_returned_is_the_one_kept(store):
    thread = fragment("<li>¡Sí!</li>" * 50, until=datetime.now(UTC) + timedelta(hours=1))
    assert store.fragment("thread") is None
    store.keep_fragment("thread", thread, since=store.epoch())
    assert store.fragment("thread") in {None, thread}


def test_the_last_fragment_kept_is_the_one_found(keeper):
    for html in ("old", ""):
        keeper.keep_fragment("thread", fragment(html), since=keeper.epoch())
    keeper.keep_fragment("related", fragment("cards", "page:1", "image:2"), since=keeper.epoch())
    assert keeper.fragment("thread").html == ""
    assert keeper.fragment("related") == fragment("cards", "page:1", "image:2")


@pytest.mark.parametrize(
    ("tags", "withdrawn", "left"),
    [
        ({"comments:1"}, False, {"comments:2"}),
        ({"comments:1", "page:8"}, True, {"comments:2"}),
        ({"page:7"}, False, set()),
        ({"site"}, False, {"comments:1", "comments:2"}),
        ({"site"}, True, set()),
        ({"site", "fragments"}, False, set()),
    ],
)
def test_a_fragment_outlives_what_is_forgotten_for_the_site(keeper, tags, withdrawn, left):
    for tag in ("comments:1", "comments:2"):
        keeper.keep_fragment(tag, fragment(tag, tag, "page:7"), since=keeper.epoch())
    keeper.forget(tags, withdrawn=withdrawn)
    assert {tag for tag in ("comments:1", "comments:2") if keeper.fragment(tag)} == left


def test_a_fragment_that_was_forgotten_while_it_was_printed_is_refused(keeper):
    since = keeper.epoch()
    keeper.forget({"comments:1"})
    keeper.keep_fragment("thread", fragment("stale", "comments:1", "page:1"), since=since)
    keeper.keep_fragment("other", fragment("right", "page:1"), since=since)
    assert keeper.fragment("thread") is None
    assert keeper.fragment("other")


def test_the_lifetime_of_a_fragment_ends(keeper):
    keeper.keep_fragment("related", fragment("cards", until=datetime.now(UTC) - timedelta(seconds=1)), since=0)
    assert keeper.fragment("related") is None
