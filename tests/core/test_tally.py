"""Sums in memory, written down a moment later."""

from __future__ import annotations

import threading

import pytest

from tribuna.core import tally
from tribuna.core.tally import Tally

NEVER = 24 * 60 * 60


class Paper:
    """Where sums are written; it may be out."""

    def __init__(self) -> None:
        self.sums: dict[str, float] = {}
        self.is_out = False
        self.written = threading.Event()

    def write(self, sums) -> None:
        if self.is_out:
            raise OSError("No paper.")
        for key, amount in sums.items():
            self.sums[key] = self.sums.get(key, 0) + amount
        self.written.set()


@pytest.fixture
def paper():
    return Paper()


@pytest.fixture
def counted(paper):
    """Sums that nobody writes down unless the test does."""
    found = Tally(paper.write, seconds=lambda: NEVER)
    yield found
    found.forget()


def test_what_was_added_waits_to_be_written_down(counted, paper):
    counted.add({"a": 1, "b": 2})
    counted.add({"a": 3})
    assert counted.pending(["a", "b", "c"]) == {"a": 4, "b": 2, "c": 0}
    assert paper.sums == {}
    assert counted.write_down()
    assert paper.sums == {"a": 4, "b": 2}
    assert counted.pending(["a"]) == {"a": 0}


def test_nothing_is_written_where_there_is_nothing(counted, paper):
    paper.is_out = True
    assert counted.write_down()


def test_what_could_not_be_written_is_kept_and_added_to(counted, paper, caplog):
    paper.is_out = True
    counted.add({"a": 1})
    assert not counted.write_down()
    assert "kept for the next time" in caplog.text
    counted.add({"a": 1})
    paper.is_out = False
    assert counted.write_down()
    assert paper.sums == {"a": 2}


def test_a_flood_of_keys_does_not_fill_the_memory(counted, paper, monkeypatch):
    monkeypatch.setattr(tally, "KEYS_MAXIMUM", 3)
    counted.add({str(number): 1 for number in range(10)})
    counted.add({"0": 1, "99": 1})
    counted.write_down()
    assert paper.sums == {"0": 2, "1": 1, "2": 1}


def test_another_thread_writes_it_down_by_itself_again_and_again(paper):
    counted = Tally(paper.write, seconds=lambda: 0)
    for _each in range(3):
        counted.add({"a": 1})
        assert paper.written.wait(10)
        paper.written.clear()
    assert paper.sums == {"a": 3}


def test_while_it_is_being_written_it_can_still_be_seen(paper):
    seen = []
    counted = Tally(lambda sums: seen.append(counted.pending(["a"])), seconds=lambda: NEVER)
    counted.add({"a": 1})
    counted.write_down()
    counted.forget()
    assert seen == [{"a": 1}]


def test_what_is_forgotten_is_not_written(counted, paper):
    counted.add({"a": 1})
    counted.forget()
    counted.forget()
    assert counted.write_down()
    assert paper.sums == {}


def test_many_threads_lose_nothing(counted, paper):
    def add() -> None:
        for _each in range(500):
            counted.add({"a": 1})

    threads = [threading.Thread(target=add) for _each in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        counted.write_down()
    for thread in threads:
        thread.join()
    counted.write_down()
    assert paper.sums == {"a": 2000}
