"""The store on disk: what lies where, what is never served, what goes first when it is full."""

from __future__ import annotations

import gzip
import os
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest

from tests.press.printing import KEY, printed, store_in
from tribuna.press.base import Fragment
from tribuna.press.stores.files import FilesStore, sheets

ASKED = KEY._replace(query="before=1")


@pytest.fixture
def store(tmp_path, settings) -> Iterator[FilesStore]:
    store = store_in(tmp_path / "press", settings)
    yield store
    store.close()


@pytest.fixture
def place(store) -> Path:
    return store.folder / "pages/http/news.test/en/city/@.html"


def names(store: FilesStore) -> list[str]:
    """What a web server could serve."""
    return sorted(path.name for path in (store.folder / "pages").rglob("*") if path.is_file())


def test_a_page_is_kept_in_every_coding(store, place):
    stored = store.keep(KEY, printed("ferry " * 99, "page:1"), since=store.epoch())
    assert names(store) == ["@.html", "@.html.br", "@.html.gz"]
    assert gzip.decompress(Path(f"{place}.gz").read_bytes()) == b"ferry " * 99
    assert brotli.decompress(Path(f"{place}.br").read_bytes()) == b"ferry " * 99
    assert place.stat().st_mode & 0o777 == 0o644
    assert stored.bodies == store.find(KEY).bodies
    assert stored.is_current()
    assert not list((store.folder / "making").iterdir())


def test_what_is_kept_is_what_is_found_again(store):
    stored = store.keep(KEY, printed("ferry", "page:1"), since=store.epoch())
    found = store.find(KEY)
    told = [(each.headers, each.bodies, each.stamp, each.printed_at) for each in (stored, found)]
    assert told[0] == told[1]
    assert stored.is_current()
    assert found.is_current()
    store.forget(["page:1"])
    assert not stored.is_current()
    assert not found.is_current()


def test_a_purge_that_another_process_carries_out_meanwhile_is_not_carried_out_again(store):
    class Late(FilesStore):
        def _locked(self, mode):
            if not self.index.is_done("8@1"):
                self.index.note_done("8@1")  # as the other one does, which has the lock till now
            return super()._locked(mode)

    store.keep(KEY, printed("ferry", "page:1"), since=store.epoch())
    late, before = Late(), store.epoch()
    assert late.forget(["page:1"], purge="8@1") == []
    late.close()
    assert store.epoch() == before


def test_the_etag_is_that_of_nginx(store, place):
    stored = store.keep(KEY, printed("ferry"), since=0)
    for coding, file in ("identity", place), ("gzip", Path(f"{place}.gz")):
        seen = file.stat()
        assert stored.etag(coding) == f'"{int(seen.st_mtime):x}-{seen.st_size:x}"'
    again = store.keep(KEY, printed("ferry"), since=0)
    assert again.etag("gzip") == stored.etag("gzip")
    assert store.keep(KEY, printed("fairy"), since=0).etag("gzip") != stored.etag("gzip")


def test_another_file_of_the_same_content_is_told_from_it(store):
    first = store.keep(KEY, printed(), since=0)
    second = store.keep(KEY, printed(), since=0)
    assert first.is_current()  # as right as the other, until somebody has a reason to look
    store.forget(["page:9"])
    assert not first.is_current()
    assert second.is_current()


def test_what_was_forgotten_meanwhile_is_not_kept(store):
    since = store.epoch()
    store.forget(["page:1"])
    assert store.keep(KEY, printed("old", "page:1"), since=since) is None
    assert store.keep(KEY, printed("other", "page:2"), since=since) is not None
    assert store.keep(KEY, printed("new", "page:1"), since=store.epoch()) is not None


def test_a_printing_of_long_ago_is_not_kept(store, monkeypatch):
    monkeypatch.setattr("tribuna.press.stores.files.index.EPOCHS_REMEMBERED", 3)
    since = store.epoch()
    for number in range(3):
        store.forget([f"page:{number}"])
    assert store.keep(KEY, printed(), since=since) is None


def test_old_epochs_are_struck_off(store):
    for number in range(1000):
        store.index.next_epoch([f"page:{number}"])
    assert store.index.is_forgotten(["page:0"], since=0)


def test_forgetting_takes_the_pages_with_the_tag_and_no_others(store):
    other = KEY._replace(path="/en/sport/")
    store.keep(KEY, printed("a", "page:1"), since=0)
    store.keep(other, printed("b", "page:2"), since=0)
    assert store.forget(["page:1", "page:9"]) == [KEY]
    assert store.find(KEY) is None
    assert store.find(other).bodies["identity"] == b"b"


def test_what_was_brought_up_to_date_is_set_aside_for_a_while(store):
    stored = store.keep(KEY, printed("old", "page:1"), since=0)
    store.forget(["page:1"])
    assert not stored.is_current()
    assert names(store) == []
    assert store.find(KEY) is None
    outdated = store.find(KEY, outdated_within=5)
    assert outdated.bodies == stored.bodies
    assert not outdated.is_current()
    store.forget(["page:1"])
    assert store.status().outdated == 1
    store.keep(KEY, printed("new", "page:1"), since=store.epoch())
    assert store.find(KEY, outdated_within=5).bodies["identity"] == b"new"


def test_what_was_withdrawn_is_gone(store):
    store.keep(KEY, printed("old", "page:1"), since=0)
    store.forget(["page:1"])
    store.forget(["page:1"], withdrawn=True)
    assert store.find(KEY, outdated_within=99) is None
    assert not [path for path in store.folder.rglob("@*") if path.is_file()]


@pytest.mark.parametrize("withdrawn", [False, True])
def test_everything_is_forgotten_at_once(store, withdrawn):
    other = KEY._replace(path="/en/sport/")
    store.keep(KEY, printed("a", "page:1"), since=0)
    store.forget(["page:1"])
    store.keep(other, printed("b"), since=store.epoch())
    assert store.forget(["site"], withdrawn=withdrawn) == [other]
    assert names(store) == []
    assert store.find(KEY, outdated_within=99) is None
    assert (store.find(other, outdated_within=99) is None) is withdrawn
    store.keep(other, printed("c"), since=store.epoch())
    assert store.find(other).bodies["identity"] == b"c"


def test_a_purge_is_carried_out_once(store):
    store.forget(["page:1"], purge="7@1")
    store.keep(KEY, printed("new", "page:1"), since=store.epoch())
    assert store.forget(["page:1"], purge="7@1") == []
    assert store.find(KEY)
    assert store.forget(["page:1"], purge="7@2") == [KEY]


def test_a_page_ends_when_it_is_due(store):
    stored = store.keep(KEY, printed(until=time.time() + 60), since=0)
    assert stored.is_current()
    store.index.run("UPDATE entry SET until = 1")
    assert store.find(KEY) is None
    store.tidy()
    assert names(store) == []
    assert store.keep(KEY, printed(until=time.time() - 1), since=0) is None


def test_a_key_without_a_place_is_not_kept(store):
    assert store.keep(KEY._replace(path="/../"), printed(), since=0) is None


@pytest.mark.parametrize("suffix", ["", ".gz", ".br"])
@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(b"fer"), lambda path: path.unlink()])
def test_a_damaged_page_is_never_answered(store, place, suffix, damage, caplog):
    store.keep(KEY, printed("ferry"), since=0)
    damage(Path(f"{place}{suffix}"))
    assert store.find(KEY) is None
    assert "damaged" in caplog.text
    assert names(store) == []
    assert store.keep(KEY, printed("ferry"), since=0)


def test_a_write_that_fails_leaves_nothing_behind(store, monkeypatch):
    def no_room(place, made):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sheets, "put", no_room)
    with pytest.raises(OSError, match="No space"):
        store.keep(KEY, printed(), since=0)
    assert names(store) == []
    assert not list((store.folder / "making").iterdir())
    assert store.find(KEY) is None


def test_a_statement_that_fails_changes_nothing(store):
    with pytest.raises(sqlite3.IntegrityError):
        store.index.add(KEY, {"headers": None, "digests": "", "stamp": 1, "size": 1, "until": 1.0}, ["page:1"])
    assert store.status().entries == 0


def test_what_is_used_least_goes_first(store, settings):
    settings.TRIBUNA_PRESS_MAXIMUM_BYTES = 30_000
    keys = [KEY._replace(path=f"/en/{number}/") for number in range(60)]
    for key in keys:
        store.keep(key, printed(os.urandom(200).hex()), since=0)
        store.note({}, read=keys[:1], refusals={})
    assert store.status().size <= 30_000
    assert store.find(keys[0]) or store.find(keys[-1])
    assert store.find(keys[1]) is None


def test_pages_with_a_query_only_push_each_other_out(store, settings):
    settings.TRIBUNA_PRESS_MAXIMUM_BYTES = 100_000
    store.keep(KEY, printed(), since=0)
    for number in range(100):
        store.keep(KEY._replace(query=f"before={number}"), printed(os.urandom(200).hex()), since=0)
    assert store.status().size <= 12_000
    assert store.find(KEY)


def test_the_oldest_fragments_give_way(store, settings):
    settings.TRIBUNA_PRESS_MAXIMUM_BYTES = 100_000
    for number in range(200):
        store.keep_fragment(str(number), Fragment(os.urandom(200).hex(), frozenset({"comments:1"})), since=0)
    left = [number for number in range(200) if store.fragment(str(number))]
    assert left == list(range(left[0], 200))
    assert 50 <= len(left) <= 120
    assert store.index.number("bytes.fragments") <= 25_000
    store.forget({"fragments"})
    assert store.index.number("bytes.fragments") == 0


def test_a_damaged_fragment_is_printed_again(store, caplog):
    store.keep_fragment("thread", Fragment("<li>ferry</li>" * 20, frozenset({"comments:1"})), since=0)
    ((packed,),) = store.index.run("SELECT packed FROM fragment")
    store.index.run("UPDATE fragment SET packed = ?", [packed[:-1] + bytes([packed[-1] ^ 1])])
    assert store.fragment("thread") is None
    assert "thread" in caplog.text


def test_one_prints_and_the_others_wait(store):
    order = []

    def second() -> bool:
        with store.turn(KEY, 30) as is_mine:
            order.append("second")
        return is_mine

    with ThreadPoolExecutor(1) as pool, store.turn(KEY, 0) as is_mine:
        assert is_mine
        waiting = pool.submit(second)
        with store.turn(KEY, 0) as is_mine_too:
            assert not is_mine_too
        order.append("first")
    assert waiting.result()
    assert order == ["first", "second"]


def test_no_room_at_all_is_no_endless_task(store, settings):
    settings.TRIBUNA_PRESS_MAXIMUM_BYTES = -1
    store.keep(KEY, printed(), since=0)
    assert store.status().entries == 0
