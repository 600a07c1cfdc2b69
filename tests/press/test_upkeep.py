"""The store on disk is looked after: what has run out goes, and what can't be trusted."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.press.printing import KEY, printed, store_in
from tribuna.press.base import LOG_SECONDS, Key
from tribuna.press.stores import files
from tribuna.press.stores.files import FilesStore

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


# --- upkeep -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def boot_id(tmp_path, monkeypatch) -> Path:
    file = tmp_path / "boot_id"
    file.write_text("monday")
    monkeypatch.setattr(files, "BOOT_ID", file)
    return file


def test_after_a_restart_of_the_machine_nothing_is_believed(store, boot_id):
    store.tidy(is_start=True)
    store.keep(KEY, printed(), since=store.epoch())
    store.tidy(is_start=True)
    assert store.find(KEY)
    boot_id.write_text("tuesday")
    store.tidy(is_start=True)
    assert store.find(KEY) is None
    assert names(store) == []
    store.tidy(is_start=True)
    assert store.keep(KEY, printed(), since=store.epoch())


def test_where_the_machine_does_not_say_nothing_is_believed_either(store, boot_id):
    boot_id.unlink()
    store.keep(KEY, printed(), since=0)
    store.tidy(is_start=True)
    assert names(store) == []


def test_a_broken_index_is_made_anew(tmp_path, settings, boot_id):
    first = store_in(tmp_path / "press", settings)
    first.tidy(is_start=True)
    first.keep(KEY, printed(), since=first.epoch())
    first.close()
    (first.folder / "index.sqlite3").write_bytes(b"no database" * 1000)
    second = FilesStore()
    second.tidy(is_start=True)
    assert names(second) == []
    assert second.keep(KEY, printed(), since=second.epoch())
    second.close()


def test_after_a_long_time_away_everything_is_forgotten(store, boot_id):
    store.tidy(is_start=True)
    store.keep(KEY, printed(), since=store.epoch())
    long_ago = time.time() - LOG_SECONDS
    os.utime(store.folder / "tidied", (long_ago, long_ago))
    store.tidy()
    assert store.find(KEY, outdated_within=99) is None


def test_at_the_start_every_file_is_looked_at(store, boot_id, place):
    store.tidy(is_start=True)
    for key in (KEY, ASKED):
        store.keep(key, printed(), since=store.epoch())
    place.write_bytes(b"fer")
    (place.parent / "@stray.html").write_bytes(b"of nobody")
    store.tidy(is_start=True)
    assert names(store) == ["@before=1.html", "@before=1.html.br", "@before=1.html.gz"]


def test_rubbish_and_empty_folders_go(store, monkeypatch):
    store.tidy()
    for key in (KEY, KEY._replace(path="/en/sport/")):
        store.keep(key, printed(), since=store.epoch())
    store.forget(["site"], withdrawn=True)
    store.keep(KEY, printed(), since=store.epoch())
    (store.folder / "making" / "half").write_text("fer")
    monkeypatch.setattr(files, "MAKING_SECONDS", -1)
    store.tidy()
    store.tidy()
    assert not list((store.folder / "making").iterdir())
    assert not list((store.folder / "retired").rglob("*"))
    assert [path.name for path in (store.folder / "pages").rglob("*") if path.is_dir()] == [
        "http",
        "news.test",
        "en",
        "city",
    ]


def test_outdated_copies_do_not_stay_for_ever(store, monkeypatch):
    store.keep(KEY, printed("x", "page:1"), since=0)
    store.forget(["page:1"])
    monkeypatch.setattr(files, "RETIRED_SECONDS", -1)
    store.tidy()
    assert store.find(KEY, outdated_within=99) is None
    assert store.status().outdated == 0


def test_the_status_says_what_was_counted(store):
    store.keep(KEY, printed(), since=0)
    store.note({"hit": 3}, read=[KEY], refusals={"/en/a/": "it sets a cookie"})
    store.note({"hit": 2}, read=[], refusals={f"/en/{number}/": "x" for number in range(60)})
    status = store.status()
    assert (status.entries, status.outdated, status.counts) == (1, 0, {"hit": 5})
    assert status.size == store.find(KEY).size
    assert len(status.refusals) == 50


def test_two_processes_see_the_same(store, settings):
    other = FilesStore()
    stored = store.keep(KEY, printed("a", "page:1"), since=0)
    assert other.find(KEY).bodies == stored.bodies
    other.forget(["page:1"])
    assert not stored.is_current()
    assert store.epoch() == 1
    other.close()


def test_a_key_is_an_address():
    assert Key("https", "news.test", "/en/", "before=1").url == "https://news.test/en/?before=1"
    assert KEY.url == "http://news.test/en/city/"
