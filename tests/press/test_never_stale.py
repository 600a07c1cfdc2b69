"""No stale page survives: whatever order renders, writes, purges and crashes come in.

Take the epoch check out of ``FilesStore.keep`` or ``keep_fragment`` and they fail.
"""

from __future__ import annotations

import json
import random
import shutil
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.test import override_settings
from hypothesis import Phase
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.press.printing import KEY, ask, environ, store_in
from tribuna.press.actions import shows
from tribuna.press.base import Fragment, Printed
from tribuna.press.front import Front
from tribuna.press.stores.files import FilesStore
from tribuna.press.stores.files.index import Index

TAGS = ["page:1", "page:2", "comments:1"]
PART = "comments:1"
KEYS = [KEY, KEY._replace(path="/en/sport/"), KEY._replace(query="before=1")]


class Press(RuleBasedStateMachine):
    """Two processes over one store. What a tag names is a number in a database, which only grows."""

    renders: Bundle = Bundle("renders")
    purges: Bundle = Bundle("purges")

    @initialize()
    def open(self):
        self.folder = Path(tempfile.mkdtemp(prefix="tribuna-press-"))
        self.overridden = override_settings(TRIBUNA_PRESS_FOLDER=self.folder, TRIBUNA_PRESS_MAXIMUM_BYTES=10_000_000)
        self.overridden.enable()
        self.stores = [FilesStore(), FilesStore()]
        self.stores[0].tidy(is_start=True)
        self.database = dict.fromkeys(TAGS, 0)
        self.acknowledged = dict.fromkeys(TAGS, 0)  # so much every reader must see
        self.withdrawn = dict.fromkeys(TAGS, 0)  # nothing older may be seen, whatever fails
        self.log = []
        self.held = []

    @rule(
        target=renders,
        at=st.sampled_from([0, 1]),
        key=st.sampled_from(KEYS),
        tags=st.sets(st.sampled_from(TAGS), min_size=1),
    )
    def begin_render(self, at, key, tags):
        """Take the epoch and read the database, and what is shown in part from the store, as a thread is."""
        since, shown = self.stores[at].epoch(), {tag: self.database[tag] for tag in tags}
        part = self.stores[at].fragment("thread") if PART in tags else None
        return at, key, since, shown if part is None else shown | {PART: int(part.html)}

    @rule(render=consumes(renders))
    def finish_render(self, render):
        at, key, since, shown = render
        if PART in shown:
            part = Fragment(str(shown[PART]), frozenset({PART}))
            self.stores[at].keep_fragment("thread", part, since=since)
        page = Printed((), json.dumps(shown).encode(), frozenset({"site", *shown}))
        stored = self.stores[at].keep(key, page, since=since)
        if stored is not None:
            self.held.append(stored)

    @rule(render=consumes(renders))
    def kill_render(self, render):
        """Nothing comes of it."""

    @rule(
        target=purges,
        at=st.sampled_from([0, 1]),
        tags=st.sets(st.sampled_from(TAGS), min_size=1),
        withdrawn=st.booleans(),
    )
    def commit(self, at, tags, withdrawn):
        """Change something and say so in the log, in one transaction."""
        for tag in tags:
            self.database[tag] += 1
        purge = (at, f"{len(self.log)}@1", {tag: self.database[tag] for tag in tags}, withdrawn)
        self.log.append(purge)
        return purge

    @rule(target=purges, at=st.sampled_from([0, 1]))
    def commit_everything(self, at):
        return self.commit(at, set(TAGS), False)

    @rule(purge=consumes(purges))
    def acknowledge(self, purge):
        """Forget after the commit, then answer."""
        at, token, versions, withdrawn = purge
        self.stores[at].forget(versions, withdrawn=withdrawn, purge=token)
        self._note(purge)

    @rule(purge=consumes(purges))
    def kill_before_forgetting(self, purge):
        """The log still has it."""

    @rule(at=st.sampled_from([0, 1]))
    def follow_log(self, at):
        for purge in self.log:
            self.stores[at].forget(purge[2], withdrawn=purge[3], purge=purge[1])
            self._note(purge)

    @rule(at=st.sampled_from([0, 1]), withdrawn=st.booleans())
    def forget_all(self, at, withdrawn):
        self.stores[at].forget(["site"], withdrawn=withdrawn)

    @rule(at=st.sampled_from([0, 1]), is_start=st.booleans())
    def restart(self, at, is_start):
        self.stores[at].close()
        self.stores[at].tidy(is_start=is_start)

    def _note(self, purge):
        _at, _token, versions, withdrawn = purge
        for tag, version in versions.items():
            self.acknowledged[tag] = max(self.acknowledged[tag], version)
            if withdrawn:
                self.withdrawn[tag] = max(self.withdrawn[tag], version)

    @invariant()
    def nothing_is_stale(self):
        if not hasattr(self, "stores"):
            return
        for key in KEYS:
            found, outdated = self.stores[0].find(key), self.stores[1].find(key, outdated_within=99)
            assert not found or self._is_right(found, self.acknowledged)
            assert not outdated or self._is_right(outdated, self.withdrawn)
        self.held = [page for page in self.held if page.is_current()]
        assert all(self._is_right(page, self.acknowledged) for page in self.held)
        part = self.stores[0].fragment("thread")
        assert part is None or int(part.html) >= self.acknowledged[PART]
        for file in (self.folder / "pages").rglob("@*.html"):  # what nginx would serve
            assert self._shows(file.read_bytes(), self.acknowledged)

    def _is_right(self, page, versions):
        return self._shows(page.bodies["identity"], versions)

    def _shows(self, body, versions):
        return all(number >= versions[tag] for tag, number in json.loads(body).items())

    def teardown(self):
        if hasattr(self, "stores"):
            for store in self.stores:
                store.close()
            self.overridden.disable()
            shutil.rmtree(self.folder)


@pytest.mark.parametrize("of_fragments", [False, True])
def test_without_the_epoch_check_it_is_seen(monkeypatch, of_fragments):
    """The test above would be worth nothing if it passed without what it tests."""
    checks = Index.is_forgotten

    def is_forgotten(self, tags, *, since):
        return checks(self, tags, since=since) if (tags == {PART}) != of_fragments else False

    monkeypatch.setattr(Index, "is_forgotten", is_forgotten)
    with pytest.raises((AssertionError, BaseExceptionGroup)):
        run_state_machine_as_test(Press, settings=given_settings(max_examples=500, phases=[Phase.generate]))


Press.TestCase.settings = given_settings(max_examples=60, stateful_step_count=40, deadline=None)
TestPress = Press.TestCase


# --- the hammer -------------------------------------------------------------------------------------------------------
HAMMER_SECONDS = 3.0
WRITERS, READERS = 2, 4


class Newspaper:
    """A database of numbers and the pages that show them, with two fronts as two processes have them."""

    def __init__(self, stores):
        self.numbers = [0] * 4
        self.acknowledged = [0] * 4
        self.stores = stores
        self.fronts = [Front(self, store) for store in stores]
        self.stale = []
        self.answers = 0
        self.printed = 0

    def __call__(self, environ, start_response):
        number = int(environ["PATH_INFO"].strip("/"))
        shows(f"page:{number}")
        value = self.numbers[number]
        time.sleep(random.random() / 500)  # what a renderer does between reading and answering
        self.printed += 1
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [str(value).encode()]

    def write(self, until, seed):
        choice = random.Random(seed)
        while time.monotonic() < until:
            number = choice.randrange(
                seed, len(self.numbers), WRITERS
            )  # one writer to a number, as a lock would have it
            self.numbers[number] += 1
            choice.choice(self.stores).forget([f"page:{number}"], withdrawn=choice.random() < 0.2)
            self.acknowledged[number] = self.numbers[number]
            time.sleep(choice.random() / 200)

    def read(self, until, seed):
        choice = random.Random(seed)
        while time.monotonic() < until:
            number = choice.randrange(len(self.numbers))
            least = self.acknowledged[number]
            shown = int(ask(choice.choice(self.fronts), environ(f"/{number}/")).body)
            self.answers += 1
            if shown < least:
                self.stale.append((number, shown, least))


@pytest.mark.slow
def test_the_hammer(tmp_path, settings):
    stores = [store_in(tmp_path / "press", settings), FilesStore()]
    stores[0].tidy(is_start=True)
    paper = Newspaper(stores)
    until = time.monotonic() + HAMMER_SECONDS
    with ThreadPoolExecutor(WRITERS + READERS) as pool:
        work = [pool.submit(paper.write, until, seed) for seed in range(WRITERS)]
        work += [pool.submit(paper.read, until, seed) for seed in range(READERS)]
        for each in work:
            each.result()
    for store in stores:
        store.close()
    assert paper.stale == []
    assert min(paper.numbers) > 10
    assert paper.answers > paper.printed > 0
    assert threading.active_count() < 20
