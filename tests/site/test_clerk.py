import fcntl
import os
import signal
from threading import get_native_id

import pytest

from tests.site.programs import until
from tribuna.site import clerk
from tribuna.site.clerk import Clerk


@pytest.fixture(autouse=True)
def _handlers():
    """Leave the signals as they were."""
    former = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, former)


@pytest.fixture
def done():
    return []


@pytest.fixture
def duties(monkeypatch):
    """Return what gives the clerk other duties: those of one clerk at a time, and those of each node."""

    def give(*alone, node=()):
        monkeypatch.setattr(clerk, "DUTIES", alone)
        monkeypatch.setattr(clerk, "NODE_DUTIES", node)

    return give


def end_of_day(*_arguments):
    os.kill(os.getpid(), signal.SIGTERM)


def test_every_duty_is_done_until_the_day_is_over(tmp_path, duties, done):
    def watch(stop):
        done.append("watching")
        stop.wait()
        done.append("watched")

    def work(stop):
        until(lambda: "watching" in done)
        done.append("worked")
        end_of_day()
        stop.wait()

    duties(work, node=[watch])
    Clerk().work(tmp_path / "run", say_ready=lambda: done.append("ready"))
    assert done.index("watching") < done.index("worked") < done.index("watched")
    assert "ready" in done


def test_one_duty_that_breaks_down_ends_them_all(tmp_path, duties, done, caplog):
    def broken(stop):
        raise ValueError("out of ink")

    def patient(stop):
        stop.wait()
        done.append("told")

    duties(patient, broken)
    with pytest.raises(SystemExit, match="1"):
        Clerk().work(tmp_path, say_ready=lambda: None)
    assert done == ["told"]
    assert "broken broke down" in caplog.text
    assert "out of ink" in caplog.text


def test_a_second_clerk_waits_for_the_first_and_does_meanwhile_what_is_its_nodes(tmp_path, duties, done):
    def own(stop):
        done.append("own")
        fcntl.flock(first, fcntl.LOCK_UN)
        stop.wait()

    def common(stop):
        done.append("common")
        end_of_day()

    duties(common, node=[own])
    with (tmp_path / "clerk.lock").open("w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        Clerk().work(tmp_path, say_ready=lambda: None)
    assert done == ["own", "common"]


def test_a_second_clerk_can_go_home_without_having_begun(tmp_path, duties, done):
    duties(lambda stop: done.append("common"))
    with (tmp_path / "clerk.lock").open("w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        Clerk().work(tmp_path, say_ready=end_of_day)
    assert done == []


def test_chores_let_others_go_first(tmp_path, duties, done, monkeypatch):
    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, get_native_id())

    def chores(stop):
        done.append(niceness())
        end_of_day()

    monkeypatch.setattr(clerk, "PATIENT_DUTIES", frozenset({chores}))
    before = niceness()
    duties(chores)
    Clerk().work(tmp_path / "run", say_ready=lambda: None)
    assert (done, niceness()) == ([max(before, clerk.NICENESS)], before)
