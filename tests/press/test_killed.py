"""Processes that print and write are killed anywhere: no page is ever broken, and in the end none is stale."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.press.printing import KEY, printed, store_in
from tribuna.press.base import Key
from tribuna.press.stores.files import FilesStore

pytestmark = pytest.mark.slow

PROCESSES = 3
KILLINGS = 12
NUMBERS = 5

_TABLES = """
PRAGMA journal_mode=WAL;
CREATE TABLE thing (id INTEGER PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE log (id INTEGER PRIMARY KEY AUTOINCREMENT, thing INTEGER NOT NULL, withdrawn INTEGER NOT NULL);
"""


def key_of(number: int) -> Key:
    return KEY._replace(path=f"/{number}/")


def work_for_ever(folder: Path, store: FilesStore) -> None:
    """Print and write in turn, as a worker does: read after the epoch, forget after the commit."""
    with closing(sqlite3.connect(folder / "truth.sqlite3", isolation_level=None, timeout=30)) as database:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            number = random.randrange(NUMBERS)
            if random.random() < 0.6:
                since = store.epoch()
                ((value,),) = database.execute("SELECT value FROM thing WHERE id = ?", [number])
                store.keep(key_of(number), printed(f"{value} " * 2000, f"page:{number}"), since=since)
                continue
            database.execute("BEGIN IMMEDIATE")
            database.execute("UPDATE thing SET value = value + 1 WHERE id = ?", [number])
            withdrawn = random.random() < 0.3
            row = database.execute("INSERT INTO log (thing, withdrawn) VALUES (?, ?)", [number, withdrawn]).lastrowid
            database.execute("COMMIT")
            store.forget([f"page:{number}"], withdrawn=withdrawn, purge=f"{row}@1")


def started(folder: Path) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    code = (
        "import django, sys; from pathlib import Path; django.setup();"
        "from django.conf import settings; from tests.press.printing import store_in;"
        "from tests.press.test_killed import work_for_ever; folder = Path(sys.argv[1]);"
        "work_for_ever(folder, store_in(folder / 'press', settings))"
    )
    environment = {**os.environ, "PYTHONPATH": f"{root / 'src'}:{root}", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment.pop("COVERAGE_PROCESS_START", None)
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], env=environment, stdout=subprocess.PIPE, text=True
    )


def end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.stdout
    process.stdout.close()


def test_killed_anywhere(tmp_path, settings):
    store = store_in(tmp_path / "press", settings)
    store.tidy(is_start=True)
    with closing(sqlite3.connect(tmp_path / "truth.sqlite3")) as database:
        database.executescript(_TABLES)
        database.executemany("INSERT INTO thing VALUES (?, 0)", [(number,) for number in range(NUMBERS)])
        database.commit()
    processes: list[subprocess.Popen[str]] = []
    try:
        for _ in range(KILLINGS):
            while len(processes) < PROCESSES:
                processes.append(started(tmp_path))
            assert processes[0].stdout
            assert processes[0].stdout.readline() == "ready\n"
            deadline = time.monotonic() + random.random() / 5
            while time.monotonic() < deadline:
                look(store, tmp_path)
            end(processes.pop(0))
    finally:
        for process in processes:
            end(process)
    follow_log(store, tmp_path)
    look(store, tmp_path, is_settled=True)
    store.close()


def follow_log(store: FilesStore, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "truth.sqlite3")) as database:
        for row, number, withdrawn in database.execute("SELECT id, thing, withdrawn FROM log"):
            store.forget([f"page:{number}"], withdrawn=bool(withdrawn), purge=f"{row}@1")


def look(store: FilesStore, folder: Path, *, is_settled: bool = False) -> None:
    """What is found is whole; once the log was followed it is right too, and so is what a web server finds."""
    for number in range(NUMBERS):
        found = store.find(key_of(number))
        values = set(found.bodies["identity"].split()) if found else set()
        assert len(values) <= 1
        file = store.folder / f"pages/http/news.test/{number}/@.html"
        served = set(file.read_bytes().split()) if is_settled and file.exists() else set()
        if is_settled:
            with closing(sqlite3.connect(folder / "truth.sqlite3")) as database:
                ((value,),) = database.execute("SELECT value FROM thing WHERE id = ?", [number])
            assert value > 0
            assert values | served <= {str(value).encode()}
