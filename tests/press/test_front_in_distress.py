"""The front in bad times: storms, failures, ends of lifetimes; what it has at hand, and what it counts."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest

from tests.press.printing import KEY, Application, ask, environ, store_in
from tribuna.press import front as front_module
from tribuna.press.actions import lasts_until
from tribuna.press.front import Front


@pytest.fixture
def store(tmp_path, settings):
    store = store_in(tmp_path / "press", settings)
    yield store
    store.close()


@pytest.fixture
def application() -> Application:
    return Application()


@pytest.fixture
def front(application, store) -> Front:
    return Front(application, store)


# --- lifetimes, storms, failures --------------------------------------------------------------------------------------
def test_a_page_ends_when_what_it_shows_is_due(front, application, store):
    soon = datetime.now(UTC) + timedelta(milliseconds=300)
    application.meanwhile = lambda: lasts_until(soon)
    ask(front, environ())
    ask(front, environ())
    assert len(application.asked) == 1
    while datetime.now(UTC) < soon:
        threading.Event().wait(0.01)
    application.meanwhile = lambda: None
    ask(front, environ())
    assert len(application.asked) == 2


def test_a_storm_costs_one_printing(front, application):
    together = threading.Barrier(8)
    application.meanwhile = lambda: threading.Event().wait(0.1)

    def reader() -> bytes:
        together.wait()
        return ask(front, environ()).body

    with ThreadPoolExecutor(8) as pool:
        answers = [future.result() for future in [pool.submit(reader) for _ in range(8)]]
    assert answers == [b"ferry"] * 8
    assert len(application.asked) == 1


def test_who_waited_takes_what_the_other_thread_has_at_hand(front, application, monkeypatch):
    ask(front, environ())
    held = front.memory.get(KEY)
    monkeypatch.setattr(front.memory, "get", Mock(side_effect=[None, held]))
    monkeypatch.setattr(front.store, "find", Mock(side_effect=AssertionError))
    assert ask(front, environ()).body == b"ferry"
    assert len(application.asked) == 1


@pytest.fixture
def _hurried(monkeypatch):
    monkeypatch.setattr(front_module, "PATIENCE_SECONDS", 0.01)


@pytest.mark.usefixtures("_hurried")
def test_nobody_waits_for_another_thread_for_ever(front, application):
    for lock in front._turns:
        lock.acquire()
    assert ask(front, environ()).body == b"ferry"
    assert len(application.asked) == 1


@pytest.mark.usefixtures("_hurried")
@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, b"ferry"),
        ({"sec_fetch_site": "cross-site"}, b"ferry"),
        ({"referer": "https://elsewhere.test/"}, b"ferry"),
        ({"sec_fetch_site": "same-origin"}, b"fairy"),
        ({"referer": "http://news.test/en/"}, b"fairy"),
    ],
)
def test_while_it_is_printed_strangers_get_what_was_before(
    front, application, store, monkeypatch, settings, headers, body
):
    """And who comes from a page of ours, and may have caused the change, sees it."""
    monkeypatch.setattr(front_module, "OWN_PATIENCE_SECONDS", 0.01)
    settings.TRIBUNA_PRESS_CDN_SECONDS = 600
    ask(front, environ())
    store.forget(["page:1"])
    application.text = "fairy"
    with store.turn(KEY, 0):
        answered = ask(front, environ(**headers))
    assert answered.body == body
    is_outdated = body == b"ferry"
    assert (answered.headers["Cache-Control"] == "no-cache") is is_outdated  # nobody may keep it
    assert ("Surrogate-Key" in answered.headers) is not is_outdated


@pytest.mark.usefixtures("_hurried")
def test_nobody_gets_what_was_withdrawn(front, application, store):
    ask(front, environ())
    store.forget(["page:1"], withdrawn=True)
    application.text = "fairy"
    with store.turn(KEY, 0):
        assert ask(front, environ()).body == b"fairy"


def test_when_printing_fails_readers_get_what_was_right_before(front, application, store):
    ask(front, environ())
    store.forget(["page:1"])
    application.text, application.status = "sorry", "503 Service Unavailable"
    for _ in range(3):
        assert ask(front, environ()).body == b"ferry"
    assert len(application.asked) == 2  # it is not tried again at once
    assert application.closed == 2
    application.text, application.status = "fairy", "200 OK"
    front.failing.seconds = 0
    front.failing.add(KEY)
    assert ask(front, environ()).body == b"fairy"


def test_what_never_was_right_fails_for_everybody(front, application):
    application.text, application.status = "sorry", "500 Internal Server Error"
    assert [ask(front, environ()).status for _ in range(2)] == [500, 500]


def test_a_store_that_fails_is_gone_round(front, application, store, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(store, "find", broken)
    assert ask(front, environ()).body == b"ferry"
    assert "can't be used" in caplog.text
    monkeypatch.setattr(store, "note", broken)
    front._write_down()
    assert "could not be written down" in caplog.text


# --- memory and counts ------------------------------------------------------------------------------------------------
def test_memory_is_bounded(store, settings):
    settings.TRIBUNA_PRESS_MEMORY_BYTES = 20_000
    front = Front(Application("ferry" * 500), store)
    for number in range(40):
        ask(front, environ(f"/en/{number}/"))
    assert 0 < front.memory.size <= 20_000
    assert front.memory.size == sum(held.size for held in front.memory._held.values())
    assert ask(front, environ("/en/0/")).body == b"ferry" * 500


def test_what_is_read_stays_at_hand(store, settings):
    settings.TRIBUNA_PRESS_MEMORY_BYTES = 8_000
    front = Front(Application("ferry" * 50), store)
    for number in range(20):
        ask(front, environ())
        ask(front, environ(f"/en/{number}/"))
    assert KEY in front.memory._held
    front.tally.due = 0
    ask(front, environ())
    assert store.status().counts == {"hit": 20, "printed": 21}


def test_marks_are_bounded(front, monkeypatch):
    monkeypatch.setattr("tribuna.press.front.memory.KEYS_MAXIMUM", 3)
    keys = [KEY._replace(path=f"/{number}/") for number in range(5)]
    for key in keys:
        front.unstored.add(key)
    assert [key in front.unstored for key in keys] == [False, False, True, True, True]


def test_only_what_is_held_is_let_go_of(front):
    ask(front, environ())
    held = front.memory.get(KEY)
    front.memory._let_go(KEY._replace(path="/other/"), held)
    assert front.memory.get(KEY) is held


def test_what_was_counted_is_written_down_in_time(front, store):
    ask(front, environ())
    front.tally.due = 0
    ask(front, environ())
    assert store.status().counts == {"printed": 1, "hit": 1}
    front.tally.due = 0
    ask(front, environ("/en/sport/"))
    assert store.status().counts == {"printed": 2, "hit": 1}
    assert front.tally.hits == 0


# --- for CDNs ---------------------------------------------------------------------------------------------------------
def test_a_cdn_is_told_how_long_and_by_which_words(application, store, settings):
    settings.TRIBUNA_PRESS_CDN_SECONDS = 600
    application.tags = ("page:2", "comments:1")
    headers = ask(Front(application, store), environ()).headers
    assert headers["CDN-Cache-Control"] == "max-age=600, stale-if-error=86400"
    assert headers["Cache-Tag"] == "comments:1,page:2,site"
    assert headers["Surrogate-Key"] == "comments:1 page:2 site"
    assert headers["Cache-Control"] == "public, max-age=0, must-revalidate"
