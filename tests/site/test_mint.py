"""The mint prepares puzzles when nobody else wants the processor, and stops when it is asked to."""

from __future__ import annotations

import logging
import os
import signal

import pytest

from tribuna.site import mint


class Enough(Exception):  # noqa: N818
    """The test has seen what it wanted to see."""


@pytest.fixture
def day(monkeypatch):
    """What the mint does in a day of three rounds, without taking the time; how it fills is up to the test."""
    done = []

    def sleep(seconds):
        done.append(seconds)
        if len(done) == 3:
            raise Enough

    monkeypatch.setattr(mint.time, "sleep", sleep)
    monkeypatch.setattr(mint.os, "nice", lambda by: done.append(f"nice {by}") or done.clear())
    before = signal.getsignal(signal.SIGTERM)
    yield done
    signal.signal(signal.SIGTERM, before)


def strike(monkeypatch, fill_pool):
    monkeypatch.setattr(mint, "fill_pool", fill_pool)
    said = []
    with pytest.raises(Enough):
        mint.strike(lambda: said.append("ready"))
    assert said == ["ready"]


def test_it_looks_again_and_again(day, monkeypatch):
    filled = []
    strike(monkeypatch, lambda: filled.append(1))
    assert len(filled) == 3
    assert day == [mint.POLL_SECONDS] * 3


def test_a_folder_that_can_t_be_used_is_said_once_and_tried_again(day, monkeypatch, caplog):
    outcomes = iter([OSError("No space left on device"), OSError("No space left on device"), None])

    def fill_pool():
        if outcome := next(outcomes):
            raise outcome

    with caplog.at_level(logging.ERROR):
        strike(monkeypatch, fill_pool)
    assert day == [mint.LONG_SECONDS, mint.LONG_SECONDS, mint.POLL_SECONDS]
    assert len(caplog.records) == 1


def test_it_goes_at_once_when_asked_to(day, monkeypatch):
    monkeypatch.setattr(mint, "fill_pool", lambda: os.kill(os.getpid(), signal.SIGTERM))
    with pytest.raises(SystemExit) as left:
        mint.strike(lambda: None)
    assert left.value.code == 0


def test_whoever_serves_a_page_goes_first(monkeypatch):
    asked = []

    def nice(by):
        asked.append(by)
        raise Enough

    monkeypatch.setattr(mint.os, "nice", nice)
    with pytest.raises(Enough):
        mint.strike(lambda: None)
    assert asked == [19]
