"""Keeps printed pages as files that nginx and Caddy serve by themselves: the body, and beside it its gzip and Brotli.

A file is a page that may be served. It is put there whole, by renaming, and taken away by unlinking, so no answer is
ever half a page. The lock makes *look whether it was forgotten, then put it there* one step against *forget*; the index
is written before a file appears and after it is gone, so a process may be killed anywhere: a file that the index
doesn't know can't come to be, and a purge that was cut short is still in the log.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, suppress
from functools import cached_property
from hashlib import blake2b
from mmap import mmap
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings

from tribuna.press.base import FRAGMENTS, LOG_SECONDS, SITE, SUFFIXES, Fragment, Key, Printed, Status, StoredPage
from tribuna.press.stores.files import fragments, locks, sheets
from tribuna.press.stores.files.index import Index, Row
from tribuna.press.stores.files.layout import MAKING, PAGES, RETIRED, TURNS, may_lie, place_of

logger = logging.getLogger(__name__)

ASKED_SHARE = 0.1  # of the room, for pages with a query: whoever makes many of those only pushes out others of them
FRAGMENTS_SHARE = 0.25  # as much again as this share of the room, for the parts of pages
EVICTED_AT_ONCE = 50
TURN_FILES = 256
TIDIED = "tidied"  # a file whose date is the last time that somebody looked after the store
RETIRED_SECONDS = 24 * 60 * 60
MAKING_SECONDS = 60
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class FilesStore:
    """The store on this machine's disk, under ``TRIBUNA_PRESS_FOLDER``; shared by all processes of the newsroom."""

    def __init__(self) -> None:
        self._opening = threading.Lock()
        self._index: Index | None = None

    @cached_property
    def folder(self) -> Path:
        """The folder, with all that belongs into it."""
        folder = Path(settings.TRIBUNA_PRESS_FOLDER)
        for name in (PAGES, RETIRED, MAKING, TURNS):
            (folder / name).mkdir(parents=True, exist_ok=True)
        return folder

    @cached_property
    def bell(self) -> mmap:
        """What is rung when something was forgotten."""
        return sheets.hang_bell(self.folder / "bell")

    @property
    def index(self) -> Index:
        """What is known of the files."""
        with self._opening:
            if self._index is None:
                self._index = Index(self.folder / "index.sqlite3")
            return self._index

    def close(self) -> None:
        """Let go of the index; it is opened again when it is needed."""
        with self._opening:
            if self._index is not None:
                self._index.close()
            self._index = None

    # --- what every store does ----------------------------------------------------------------------------------------
    def epoch(self) -> int:
        """Return the number of times that something was forgotten."""
        return self.index.epoch()

    def find(self, key: Key, *, outdated_within: float = 0) -> StoredPage | None:
        """Return the page if it is there, whole and right; or what it was up to *outdated_within* seconds ago."""
        with self._locked(locks.SHARED):
            row = self.index.find(key)
            if row is None or row.outdated_for > outdated_within:
                return None
            page = self._read(row)
        if page is None:
            logger.warning("A stored page was damaged and is printed again: %s", key.path)
            with self._locked(locks.ALONE):
                self._take_away([row])
        return page

    def keep(self, key: Key, page: Printed, *, since: int) -> StoredPage | None:
        """Keep *page* unless one of its tags was forgotten after the epoch *since*, or its key has no place here."""
        if not may_lie(key) or page.until <= time.time():
            return None
        bodies, stamp = sheets.codings(page.body), sheets.stamp(page.body)
        described = sheets.described(page, bodies, stamp)
        made = {coding: sheets.make(self.folder / MAKING, body, stamp) for coding, body in bodies.items()}
        try:
            with self._locked(locks.ALONE):
                if self.index.is_forgotten(page.tags, since=since):
                    return None
                sheets.unlink(self._place(PAGES, key))  # or, killed here, we'd leave a file with another's tags
                row = self.index.add(key, described, page.tags)
                sheets.put(self._place(PAGES, key), made)
                stored = self._stored(row, bodies, sheets.identity(self._place(PAGES, key)))
        finally:
            for file in made.values():
                file.unlink(missing_ok=True)
        self._make_room()
        return stored

    def fragment(self, name: str) -> Fragment | None:
        """Return a part of pages, if it is there and its lifetime has not ended."""
        return fragments.find(self.index, name)

    def keep_fragment(self, name: str, fragment: Fragment, *, since: int) -> None:
        """Keep a part of pages unless one of its tags was forgotten after the epoch *since*."""
        with self._locked(locks.ALONE):
            if not self.index.is_forgotten(fragment.tags, since=since):
                room = settings.TRIBUNA_PRESS_MAXIMUM_BYTES * FRAGMENTS_SHARE
                fragments.add(self.index, name, fragment, room=room)

    def is_forgotten(self, tags: Iterable[str], *, since: int) -> bool:
        """Say whether one of *tags* was forgotten after the epoch *since*."""
        return self.index.is_forgotten(tags, since=since)

    def forget(self, tags: Iterable[str], *, withdrawn: bool = False, purge: str | None = None) -> list[Key]:
        """Forget the pages with one of *tags*; unless *withdrawn* they are kept aside for when the database is away."""
        tags = set(tags)
        if self._is_done(purge):  # as the clerk mostly finds it: nobody need wait for that
            return []
        with self._locked(locks.ALONE):
            if self._is_done(purge):
                return []
            self.index.next_epoch(tags)
            fragments.drop(self.index, None if FRAGMENTS in tags or (withdrawn and SITE in tags) else tags)
            keys = self._forget_all(withdrawn) if SITE in tags else self._forget_some(tags, withdrawn)
            sheets.ring(self.bell)
            if purge is not None:
                self.index.note_done(purge)
        return keys

    def _is_done(self, purge: str | None) -> bool:
        return purge is not None and self.index.is_done(purge)

    def turn(self, key: Key, patience: float) -> AbstractContextManager[bool]:
        """Wait up to *patience* seconds for the others who print *key*; tell whether nobody else prints it now."""
        number = int.from_bytes(blake2b(repr(key).encode(), digest_size=2).digest()) % TURN_FILES
        return locks.tried(self.folder / TURNS / str(number), patience)

    # --- files --------------------------------------------------------------------------------------------------------
    def _locked(self, mode: int) -> AbstractContextManager[None]:
        return locks.held(self.folder / "lock", mode)

    def _place(self, shelf: str, key: Key) -> Path:
        return place_of(self.folder, shelf, key)

    def _read(self, row: Row) -> StoredPage | None:
        """Return the page of *row*; None if a file is not what the index says."""
        place = self._place(PAGES if row.retired_at is None else RETIRED, row.key)
        found = sheets.read(place, row.digests)
        if found is None:
            return None
        return self._stored(row, *found)

    def _stored(self, row: Row, bodies: Mapping[str, bytes], identity: sheets.Identity) -> StoredPage:
        """Return the page of *row*, of which *bodies* and *identity* are those of its files."""
        place = self._place(PAGES if row.retired_at is None else RETIRED, row.key)
        until = row.until if row.retired_at is None else 0.0  # what was set aside is no longer right
        watch = sheets.Watch(str(place), identity, until, self.bell, self.bell[: sheets.BELL_BYTES])
        return StoredPage(row.headers, bodies, row.stamp, row.printed_at, watch)

    def _forget_some(self, tags: set[str], withdrawn: bool) -> list[Key]:
        rows = self.index.shown(tags)
        current = [row for row in rows if row.retired_at is None]
        if withdrawn:
            self._take_away(rows)
        else:
            self._set_aside(current)
        return [row.key for row in current]

    def _forget_all(self, withdrawn: bool) -> list[Key]:
        """Forget everything in one step, however much it is."""
        if self.index.lengths() == (0, 0):
            return []
        keys = self.index.current_keys()
        rubbish = Path(mkdtemp(dir=self.folder / MAKING))
        (self.folder / RETIRED).replace(rubbish / RETIRED)
        (self.folder / PAGES).replace(rubbish / PAGES if withdrawn else self.folder / RETIRED)
        for name in (PAGES, RETIRED):
            (self.folder / name).mkdir(exist_ok=True)
        self.index.drop_retired()
        if withdrawn:
            self.index.drop_all()
        else:
            self.index.retire_all()
        return keys

    def _take_away(self, rows: Iterable[Row]) -> None:
        for row in rows:
            for shelf in (PAGES, RETIRED):
                sheets.unlink(self._place(shelf, row.key))
        self.index.drop(rows)

    def _set_aside(self, rows: Iterable[Row]) -> None:
        for row in rows:
            sheets.move(self._place(PAGES, row.key), self._place(RETIRED, row.key))
        self.index.retire(rows)

    def _make_room(self) -> None:
        """Let go of what is used least until everything fits."""
        maximum = settings.TRIBUNA_PRESS_MAXIMUM_BYTES
        for asked, room in ((True, maximum * ASKED_SHARE), (False, maximum)):
            while self.index.size(asked=asked) > room:
                with self._locked(locks.ALONE):
                    rows = self.index.least_used(EVICTED_AT_ONCE, asked=asked)
                    self._take_away(rows)
                if not rows:
                    break

    # --- upkeep -------------------------------------------------------------------------------------------------------
    def note(self, counts: Mapping[str, int], *, read: Iterable[Key], refusals: Mapping[str, str]) -> None:
        """Take down what a front has counted."""
        self.index.note(counts, read=read, refusals=refusals)

    def status(self) -> Status:
        """Return what there is, and what was counted since the store was new."""
        right, retired = self.index.lengths()
        counts = self.index.numbers("count.")
        return Status(right, self.index.size(), retired, counts, self.index.refusals())

    def tidy(self, *, is_start: bool = False) -> None:
        """Clear away what has run out. At a start, also look whether every file is what it should be.

        After a restart of the machine nothing is believed: the last purges may not have reached the disk.
        """
        if is_start and not self._is_trusted():
            self._start_over()
        if self._was_away():
            self.forget({SITE}, withdrawn=True)
        (self.folder / TIDIED).touch()
        with self._locked(locks.ALONE):
            self._take_away([*self.index.expired(), *self.index.retired_before(time.time() - RETIRED_SECONDS)])
        if is_start:
            self._check_files()
        self._clear_folders()
        if is_start:
            self.close()  # whoever starts a server goes on to fork, and SQLite must not be open then

    def _is_trusted(self) -> bool:
        """Say whether the index can be read and is of this run of the machine."""
        try:
            return (self.folder / "boot").read_text() == BOOT_ID.read_text() and self.index.is_sound()
        except (OSError, sqlite3.DatabaseError):
            return False

    def _was_away(self) -> bool:
        """Say whether purges may have left the log before they were carried out here."""
        try:
            return time.time() - (self.folder / TIDIED).stat().st_mtime > LOG_SECONDS / 2
        except FileNotFoundError:
            return True

    def _start_over(self) -> None:
        """Throw everything away. Nobody else is at work: what isn't trusted is of a machine that was switched off."""
        self.close()
        shutil.rmtree(self.folder)
        self.__dict__.pop("bell", None)
        del self.folder
        if BOOT_ID.exists():
            (self.folder / "boot").write_text(BOOT_ID.read_text())

    def _check_files(self) -> None:
        """Take away what the index doesn't know, and what isn't as it says."""
        known = set()
        for row in self.index.current():
            with self._locked(locks.ALONE):
                if self._read(row) is None:
                    self._take_away([row])
            known |= {f"{self._place(PAGES, row.key)}{suffix}" for suffix in SUFFIXES.values()}
        for file in (self.folder / PAGES).rglob("@*"):
            if str(file) not in known and file.is_file():
                file.unlink(missing_ok=True)

    def _clear_folders(self) -> None:
        """Remove rubbish, and folders in which nothing lies any more."""
        for made in (self.folder / MAKING).iterdir():
            if time.time() - made.stat().st_ctime > MAKING_SECONDS:
                shutil.rmtree(made) if made.is_dir() else made.unlink(missing_ok=True)
        for shelf in (PAGES, RETIRED):
            for path, _folders, files in (self.folder / shelf).walk(top_down=False):
                if not files and path != self.folder / shelf:
                    with self._locked(locks.ALONE), suppress(OSError):  # there is something in it
                        path.rmdir()
