"""A process tree of small children, looked at from outside."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.site.processes import clean_environment
from tests.site.programs import python, running, until
from tribuna.site.tree import LONGEST_PAUSE_SECONDS, Pace

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture
def plant(tmp_path):
    """Return what runs a scenario of the saplings."""

    def planted(scenario):
        path = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
        env = {**clean_environment(), "PYTHONPATH": path}
        return running(python("-m", "tests.site.saplings", scenario), cwd=ROOT, env=env, output=tmp_path / "output")

    return planted


def child(program, name, *, number=1):
    """Return the pid of the child called *name*, the *number*-th there was."""

    def found():
        pids = list(dict.fromkeys(program.says(rf"child {name} (\d+)")))
        return len(pids) >= number and int(pids[number - 1])

    return until(found)


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_it_comes_up_and_stops_whole(plant, sent):
    with plant("steady") as tree:
        tree.says("up")
        assert tree.alive == {tree.pid, child(tree, "a"), child(tree, "b")}
        tree.process.send_signal(sent)
        assert tree.ends() == 0
        assert tree.alive == set()


def test_ctrl_c_in_a_terminal_is_heard_by_the_root_alone(plant):
    with plant("steady") as tree:
        tree.says("up")
        os.killpg(tree.pid, signal.SIGINT)
        assert tree.ends() == 0
        assert "takes its place" not in tree.printed


def test_a_child_that_was_killed_is_replaced_at_once(plant):
    with plant("steady") as tree:
        tree.says("up")
        killed = child(tree, "a")
        os.kill(killed, signal.SIGKILL)
        began = time.monotonic()
        assert tree.says(rf"a, process {killed}, was ended by SIGKILL. Another takes its place")
        assert child(tree, "a", number=2) in tree.alive
        assert time.monotonic() - began < 2
        assert tree.printed.count("\nup\n") == 1
        assert tree.stop() == 0


def test_one_that_keeps_dying_is_started_at_growing_intervals(plant):
    with plant("brief") as tree:
        tree.says("a, process [0-9]+, ended with status 3. Another takes its place", times=4)
        assert tree.stop() == 0


def test_the_intervals_grow_up_to_a_bound_and_shrink_again_after_a_long_life():
    pace, pauses = Pace(), []
    for lived in [0.0] * 12 + [3600.0]:
        pace.died(lived_seconds=lived)
        pauses.append(round(pace.due - time.monotonic(), 1))
    assert pauses[:4] == [0.0, 0.2, 0.5, 1.0]
    assert max(pauses) == LONGEST_PAUSE_SECONDS
    assert pauses[-1] == 0.0


def test_what_ends_with_a_status_that_is_no_number_has_failed(plant):
    with plant("wordy") as tree:
        tree.says("a, process [0-9]+, ended with status 1. Another takes its place")
        assert tree.stop() == 0


def test_one_that_can_not_even_start_ends_the_tree_with_a_message(plant):
    with plant("broken") as tree:
        assert tree.ends() == 1
        assert "b CRITICAL" not in tree.printed
        assert "CRITICAL b could not start (ended with status 1). What it said stands above." in tree.printed
        assert "ValueError: out of order" in tree.printed
        assert tree.alive == set()


def test_where_no_process_is_to_be_had_it_says_so(plant):
    with plant("poor") as tree:
        assert tree.ends() == 1
        assert "a could not start (could not be forked: no process to be had)" in tree.printed


def test_who_does_not_end_when_asked_is_killed_in_the_end(plant):
    with plant("stubborn") as tree:
        tree.says("up")
        assert tree.stop() == 0
        assert "did not end when asked to, and is killed" in tree.printed
        assert tree.alive == set()


def test_asked_twice_it_waits_for_nobody(plant):
    with plant("stubborn") as tree:
        tree.says("up")
        began = time.monotonic()
        tree.process.terminate()
        tree.says("no")
        tree.process.send_signal(signal.SIGINT)
        assert tree.ends() == 0
        assert time.monotonic() - began < 1


def test_an_errand_is_done_once_and_told_about(plant):
    with plant("steady") as tree:
        tree.says("up")
        tree.process.send_signal(signal.SIGHUP)
        tree.says("errand ended with 3")
        assert len(set(tree.says(r"child errand (\d+)"))) == 1
        assert tree.stop() == 0


def test_without_its_root_a_child_goes_on_for_a_while_and_ends(plant):
    with plant("steady") as tree:
        tree.says("up")
        tree.process.kill()
        tree.ends()
        tree.says("a WARNING The root is gone; a goes on for 0 s at most")
        tree.says("b WARNING The root is gone; b goes on for 0.2 s at most")
        until(lambda: not tree.alive, within=10)


def test_without_its_root_not_even_a_stubborn_child_stays(plant):
    with plant("stubborn") as tree:
        tree.says("up")
        tree.process.kill()
        tree.ends()
        until(lambda: not tree.alive, within=10)


def test_elders_are_dismissed_when_the_young_are_ready(plant):
    with plant("replaced") as tree:
        tree.says("up")
        tree.says("elder-stubborn, process [0-9]+, did not end when asked to, and is killed")
        until(lambda: tree.alive == {tree.pid, child(tree, "young")})
        assert "takes its place" not in tree.printed
        assert tree.stop() == 0
