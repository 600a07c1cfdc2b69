"""``tribuna serve`` as a process tree: what it does when its processes are killed, told to reload, or left alone."""

from __future__ import annotations

import json
import os
import pty
import shutil
import signal
import sqlite3
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.site.paper import Paper, Visitors, ask, open_paper, pid_of
from tests.site.processes import free_port
from tests.site.programs import living, python, until

pytestmark = pytest.mark.slow

BACK_WITHIN_SECONDS = 2
ON_TIME_SECONDS = 1
TREE = 5  # the root, two workers, the clerk and the mint


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    return open_paper(tmp_path_factory.mktemp("papers") / "paper")


@pytest.fixture
def paper(template, tmp_path):
    """A newsroom of the test's own."""
    folder = shutil.copytree(template.folder, tmp_path / "paper")
    return Paper(folder, template.story, template.url)


@pytest.fixture
def port():
    return free_port()


def settled(tree):
    """Return the processes of *tree* once the herald has gone home."""
    until(lambda: len(tree.alive) == TREE)
    return tree.alive


def kept_comments(paper):
    with sqlite3.connect(paper.folder / "tribuna.sqlite3") as database:
        texts = [text for (text,) in database.execute("SELECT body_source FROM comments_comment")]
    database.close()
    return texts


def assert_nothing_was_lost(paper, port, visitors):
    """Every comment that was acknowledged is there, once, and its receipt can be read."""
    assert len(visitors.receipts) > 1
    texts = kept_comments(paper)
    for text, receipt in visitors.receipts.items():
        assert texts.count(text) == 1
        assert ask(port, receipt).status == 200


@pytest.mark.parametrize("victims", [["http-1"], ["clerk"], ["http-1", "http-2", "clerk", "mint"]], ids="+".join)
def test_a_process_that_is_killed_is_back_at_once(paper, port, victims):
    with paper.served(port) as tree:
        killed = {pid_of(tree, name) for name in victims}
        with Visitors(port, paper) as visitors:
            until(lambda: len(visitors.receipts) > 3)
            for pid in killed:
                os.kill(pid, signal.SIGKILL)
            until(lambda: len(tree.alive) == TREE and not tree.alive & killed)
            before = len(visitors.receipts)
            until(lambda: len(visitors.receipts) > before + 3)
        assert visitors.longest_gap_seconds < BACK_WITHIN_SECONDS
        assert len(visitors.failed) <= 3, visitors.failed  # what was in the middle of something
        assert_nothing_was_lost(paper, port, visitors)
        assert tree.stop() == 0
        assert tree.alive == set()


def test_when_the_root_is_killed_the_next_one_takes_over_without_a_gap(paper, port):
    with paper.served(port) as former, Visitors(port, paper) as visitors:
        until(lambda: len(visitors.receipts) > 3)
        former.process.kill()
        former.ends()
        with paper.served(port) as tree:
            until(lambda: not former.alive)
            before = len(visitors.receipts)
            until(lambda: len(visitors.receipts) > before + 3)
            visitors.__exit__()
            assert visitors.longest_gap_seconds < BACK_WITHIN_SECONDS
            assert_nothing_was_lost(paper, port, visitors)
            assert tree.stop() == 0
            assert tree.alive == set()


def test_a_reload_refuses_nobody_and_brings_what_is_new(paper, port):
    with paper.served(port) as tree:
        before = settled(tree)
        with Visitors(port, paper) as visitors:
            paper.say("TRIBUNA_LOG_FORMAT=json", "TRIBUNA_LOG_ACCESS=on")
            tree.process.send_signal(signal.SIGHUP)
            tree.says("Looking the newsroom over")
            tree.process.send_signal(signal.SIGHUP)  # said twice, done once
            tree.says('"message": "Reloaded."')
            until(lambda: tree.alive & before == {tree.pid} and len(tree.alive) == TREE)
            written = len(visitors.receipts)
            until(lambda: len(visitors.receipts) > written + 3)
        assert visitors.failed == []
        assert tree.printed.count("Reloaded.") == 1
        assert_nothing_was_lost(paper, port, visitors)
        assert tree.stop() == 0
        assert tree.alive == set()
    events = [json.loads(line) for line in tree.printed.splitlines() if line.startswith("{")]
    asked = [event for event in events if event["logger"] == "tribuna.access"]
    assert {"method", "path", "status", "ms", "role", "time"} <= set(asked[-1])
    assert not [event for event in asked if "127.0.0.1" in json.dumps(event)]
    assert not [path for path in visitors.receipts.values() if path in tree.printed]


def test_a_reload_that_would_fail_changes_nothing(paper, port):
    with paper.served(port) as tree:
        before = settled(tree)
        paper.say("TRIBUNA_LOG_FORMAT=xml")
        tree.process.send_signal(signal.SIGHUP)
        tree.says("Nothing was reloaded")
        assert "TRIBUNA_LOG_FORMAT is line or json" in tree.printed
        assert tree.alive == before
        assert ask(port, paper.url).status == 200
        assert tree.stop() == 0


def test_a_story_goes_live_at_its_moment(paper, port):
    with paper.served(port) as tree:
        assert ask(port, "/en/city/at-dawn/").status == 404
        moment = datetime.now(UTC) + timedelta(seconds=15)
        schedule = f"""
from datetime import datetime
from tests import factories
story = factories.article(title="At dawn", live=False)
story.go_live_at = datetime.fromisoformat("{moment.isoformat()}")
story.save_revision().publish()
"""
        paper.run("shell", "-v", "0", "-c", schedule)
        assert ask(port, "/en/city/at-dawn/").status == 404
        until(lambda: ask(port, "/en/city/at-dawn/").status == 200)
        seen_late = (datetime.now(UTC) - moment).total_seconds()
        (late,) = map(float, tree.says(r"Done: publish \d+, (\d+\.\d+) s after its moment"))
        assert late < ON_TIME_SECONDS, tree.printed
        assert 0 <= seen_late < late + BACK_WITHIN_SECONDS
        until(lambda: "At dawn" in ask(port, "/en/city/").text)
        assert tree.stop() == 0


def test_with_the_database_moved_away_stored_pages_are_served_and_comments_told_to_wait(paper, port):
    new = f"/en/articles/{paper.story}/comments/new/"
    file = paper.folder / "tribuna.sqlite3"
    with paper.served(port) as tree:
        assert ask(port, paper.url).status == ask(port, new).status == 200
        away = file.rename(file.with_suffix(".away"))
        assert ask(port, paper.url).status == 200
        assert ask(port, new).status == ask(port, new, fields={"text": "Kept?"}).status == 503
        tree.says("The database does not answer; the schedule waits for it.")
        assert not file.exists()
        away.rename(file)
        until(lambda: ask(port, new).status == 200)
        with Visitors(port, paper) as visitors:
            until(lambda: len(visitors.receipts) > 1)
        assert_nothing_was_lost(paper, port, visitors)
        tree.says("The database answers again; the schedule goes on.")
        assert tree.stop() == 0


def test_a_port_that_is_served_at_is_refused_and_left_alone(paper, port):
    with paper.served(port) as tree:
        before = settled(tree)
        with pytest.raises(AssertionError, match=f"tribuna: nobody can serve at 127.0.0.1:{port}: Address already"):
            paper.run("serve", "--bind", f"127.0.0.1:{port}")
        assert tree.alive == before
        assert ask(port, paper.url).status == 200
        assert tree.stop() == 0


def test_without_its_database_it_says_so_and_makes_no_other(paper, port):
    (paper.folder / "tribuna.sqlite3").unlink()
    with pytest.raises(AssertionError, match=r"tribuna: the database .* is not there"):
        paper.run("serve", "--bind", f"127.0.0.1:{port}")
    assert not (paper.folder / "tribuna.sqlite3").exists()


def test_it_can_be_looked_over_without_being_served(paper, port):
    assert paper.run("serve", "--check") == ""
    paper.say("TRIBUNA_LOG_FORMAT=xml")
    with pytest.raises(AssertionError, match="TRIBUNA_LOG_FORMAT is line or json"):
        paper.run("serve", "--check")


def test_it_ends_with_the_terminal_that_it_was_started_in(paper, port):
    """Elsewhere a hang-up means to reload; the kernel sends it, too, when somebody closes the window."""
    seat, desk = pty.openpty()
    sit_down = (
        "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
    )
    try:
        with paper.served(port, before=python("-c", sit_down), stdin=desk) as tree:
            os.close(seat)
            assert tree.ends() == 0
            assert tree.alive == set()
            assert "Looking the newsroom over" not in tree.printed
    finally:
        os.close(desk)


def test_an_https_address_behind_a_proxy_is_ready_too(paper, port):
    with paper.served(port, TRIBUNA_ADDRESS="https://news.example.org") as tree:
        assert f"ready https://news.example.org/ (listening at 127.0.0.1:{port})" in tree.printed
        assert tree.stop() == 0


def test_the_log_says_who_died_and_nothing_stays_in_the_run_folder(paper, port):
    with paper.served(port) as tree:
        os.kill(pid_of(tree, "clerk"), signal.SIGKILL)
        tree.says(r"ERROR tribuna tribuna.site.tree clerk, process \d+, was ended by SIGKILL. Another takes its place.")
        assert len(list((paper.folder / "run").glob("*.json"))) == 1
        began = time.monotonic()
        assert tree.stop() == 0
        assert time.monotonic() - began < 10
        assert living(tree.pid) == set()
    assert list((paper.folder / "run").glob("*.json")) == []
