"""What is known of the files: a SQLite database beside them, for this machine alone and worth nothing without them.

It isn't synchronised with the disk: what a killed process wrote is there, and after a power cut the store begins anew.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tribuna.press.base import Key

EPOCHS_REMEMBERED = 100_000  # a printing that began before so many purges is refused without asking what they were
PURGES_REMEMBERED = 100_000
REFUSALS_REMEMBERED = 50
BUSY_SECONDS = 10

_TABLES = """
PRAGMA journal_mode=WAL;
PRAGMA synchronous=OFF;
PRAGMA foreign_keys=ON;
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY, key TEXT UNIQUE NOT NULL, headers TEXT NOT NULL, digests TEXT NOT NULL,
    stamp INTEGER NOT NULL, size INTEGER NOT NULL, asked INTEGER NOT NULL,
    printed_at REAL NOT NULL, used_at REAL NOT NULL, until REAL NOT NULL, retired_at REAL
) STRICT;
CREATE INDEX IF NOT EXISTS entry_used ON entry (used_at);
CREATE INDEX IF NOT EXISTS entry_retired ON entry (retired_at) WHERE retired_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS entry_asked ON entry (used_at) WHERE asked = 1;
CREATE TABLE IF NOT EXISTS tag (
    tag TEXT NOT NULL, entry INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE, PRIMARY KEY (tag, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tag_entry ON tag (entry);
CREATE TABLE IF NOT EXISTS fragment (
    id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, packed BLOB NOT NULL, tags TEXT NOT NULL, until TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS fragment_tag (
    tag TEXT NOT NULL, fragment INTEGER NOT NULL REFERENCES fragment ON DELETE CASCADE, PRIMARY KEY (tag, fragment)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS fragment_tag_fragment ON fragment_tag (fragment);
CREATE TABLE IF NOT EXISTS forgotten (tag TEXT PRIMARY KEY, epoch INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS done (id INTEGER PRIMARY KEY, purge TEXT UNIQUE NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS number (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS refusal (path TEXT PRIMARY KEY, why TEXT NOT NULL, at REAL NOT NULL) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO number VALUES ('bytes', 0), ('bytes.asked', 0), ('bytes.fragments', 0);
CREATE TRIGGER IF NOT EXISTS entry_added AFTER INSERT ON entry BEGIN
    UPDATE number SET value = value + new.size WHERE name = 'bytes' OR (new.asked AND name = 'bytes.asked');
END;
CREATE TRIGGER IF NOT EXISTS entry_dropped AFTER DELETE ON entry BEGIN
    UPDATE number SET value = value - old.size WHERE name = 'bytes' OR (old.asked AND name = 'bytes.asked');
END;
CREATE TRIGGER IF NOT EXISTS fragment_added AFTER INSERT ON fragment BEGIN
    UPDATE number SET value = value + length(new.packed) WHERE name = 'bytes.fragments';
END;
CREATE TRIGGER IF NOT EXISTS fragment_dropped AFTER DELETE ON fragment BEGIN
    UPDATE number SET value = value - length(old.packed) WHERE name = 'bytes.fragments';
END;
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry, as it stands in the index."""

    id: int
    key: Key
    headers: tuple[tuple[str, str], ...]
    digests: Mapping[str, str]  # by content coding
    stamp: int
    size: int
    printed_at: float
    until: float
    retired_at: float | None

    @property
    def outdated_for(self) -> float:
        """For how many seconds the page has not been right; 0 if it is."""
        since = self.until if self.retired_at is None else min(self.retired_at, self.until)
        return max(0.0, time.time() - since)


class Index:
    """The index in one folder, over one connection that the threads of a process take turns with."""

    def __init__(self, file: Path) -> None:
        self._mutex = threading.RLock()
        self._db = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            self._db.executescript(_TABLES)
        except sqlite3.DatabaseError:
            self._db.close()
            raise

    def is_sound(self) -> bool:
        """Say whether the file can be read from end to end."""
        return bool(self.run("PRAGMA quick_check") == [("ok",)])

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def run(self, query: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Any]:
        """Return the rows of *query*."""
        with self._mutex:
            return self._db.execute(query, values).fetchall()

    def _run_each(self, query: str, values: Iterable[Sequence[Any]]) -> None:
        with self.at_once() as db:
            db.executemany(query, values)

    @contextmanager
    def at_once(self) -> Iterator[sqlite3.Connection]:
        """Do what is done inside the block as one transaction."""
        with self._mutex:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    # --- entries ------------------------------------------------------------------------------------------------------
    def find(self, key: Key) -> Row | None:
        """Return what is known of *key*, retired or not."""
        return next(iter(self._rows("WHERE key = ?", [_text(key)])), None)

    def shown(self, tags: Iterable[str]) -> list[Row]:
        """Return the entries with one of *tags*."""
        where = "WHERE id IN (SELECT entry FROM tag WHERE tag IN (SELECT value FROM json_each(?)))"
        return self._rows(where, [json.dumps(list(tags))])

    def least_used(self, number: int, *, asked: bool) -> list[Row]:
        """Return *number* entries to let go of first: retired ones, then those used longest ago.

        *asked*: only of those with a query.
        """
        chosen = "asked = 1" if asked else "TRUE"
        retired = self._rows(f"WHERE {chosen} AND retired_at IS NOT NULL ORDER BY retired_at LIMIT ?", [number])
        return retired or self._rows(f"WHERE {chosen} ORDER BY used_at LIMIT ?", [number])

    def retired_before(self, moment: float) -> list[Row]:
        """Return the entries that were retired before *moment*."""
        return self._rows("WHERE retired_at < ?", [moment])

    def expired(self) -> list[Row]:
        """Return the entries whose lifetime has ended, and that nobody has retired."""
        return self._rows("WHERE until <= ? AND retired_at IS NULL", [time.time()])

    def add(self, key: Key, row: Mapping[str, Any], tags: Iterable[str]) -> Row:
        """Put an entry in the place of whatever was known of *key*, in one transaction, and return it."""
        now = time.time()
        values = {**row, "key": _text(key), "asked": bool(key.query), "printed_at": now, "used_at": now}
        query = f"INSERT INTO entry ({', '.join(values)}) VALUES ({', '.join(f':{name}' for name in values)})"  # noqa: S608
        with self.at_once() as db:
            db.execute("DELETE FROM entry WHERE key = ?", [values["key"]])
            number = db.execute(query, values).lastrowid
            db.executemany("INSERT INTO tag VALUES (?, ?)", [(tag, number) for tag in tags])
        return self._rows("WHERE id = ?", [number])[0]

    def current_keys(self) -> list[Key]:
        """Return the keys of the entries that are right."""
        return [Key(*json.loads(key)) for (key,) in self.run("SELECT key FROM entry WHERE retired_at IS NULL")]

    def current(self) -> list[Row]:
        """Return the entries that are right."""
        return self._rows("WHERE retired_at IS NULL", [])

    def drop_retired(self) -> None:
        """Let go of all retired entries."""
        self.run("DELETE FROM entry WHERE retired_at IS NOT NULL")

    def drop_all(self) -> None:
        """Let go of everything."""
        self.run("DELETE FROM entry")

    def retire_all(self) -> None:
        """Note that everything is outdated since now."""
        self.run("UPDATE entry SET retired_at = ? WHERE retired_at IS NULL", [time.time()])

    def drop(self, rows: Iterable[Row]) -> None:
        """Let go of entries."""
        self._run_each("DELETE FROM entry WHERE id = ?", [(row.id,) for row in rows])

    def retire(self, rows: Iterable[Row]) -> None:
        """Note that entries are outdated since now."""
        now = time.time()
        self._run_each(
            "UPDATE entry SET retired_at = coalesce(retired_at, ?) WHERE id = ?", [(now, r.id) for r in rows]
        )

    def size(self, *, asked: bool = False) -> int:
        """Return the bytes of all entries, or of those with a query."""
        return self.number("bytes.asked" if asked else "bytes")

    def lengths(self) -> tuple[int, int]:
        """Return the number of entries that are right and of those that are retired."""
        ((right, retired),) = self.run("SELECT count(*) - count(retired_at), count(retired_at) FROM entry")
        return right, retired

    def _rows(self, where: str, values: list[Any]) -> list[Row]:
        query = "SELECT id, key, headers, digests, stamp, size, printed_at, until, retired_at FROM entry "
        return [
            Row(number, Key(*json.loads(key)), tuple(map(tuple, json.loads(headers))), json.loads(digests), *rest)
            for number, key, headers, digests, *rest in self.run(query + where, values)
        ]

    # --- epochs and the purge log -------------------------------------------------------------------------------------
    def epoch(self) -> int:
        """Return the number of times that something was forgotten."""
        return self.number("epoch")

    def next_epoch(self, tags: Iterable[str]) -> None:
        """Begin a new epoch, in which *tags* were forgotten."""
        with self.at_once() as db:
            self.add_to("epoch", 1)
            epoch = self.epoch()
            db.executemany("INSERT OR REPLACE INTO forgotten VALUES (?, ?)", [(tag, epoch) for tag in tags])
            if epoch % 1000 == 0:
                db.execute("DELETE FROM forgotten WHERE epoch <= ?", [epoch - EPOCHS_REMEMBERED])

    def is_forgotten(self, tags: Iterable[str], *, since: int) -> bool:
        """Say whether one of *tags* was forgotten after the epoch *since*, or may have been."""
        if since <= self.epoch() - EPOCHS_REMEMBERED:
            return True
        query = "SELECT 1 FROM forgotten WHERE tag IN (SELECT value FROM json_each(?)) AND epoch > ? LIMIT 1"
        return bool(self.run(query, [json.dumps(list(tags)), since]))

    def is_done(self, purge: str) -> bool:
        """Say whether the purge with that token in the log was carried out here."""
        return bool(self.run("SELECT 1 FROM done WHERE purge = ?", [purge]))

    def note_done(self, purge: str) -> None:
        """Note that it was."""
        with self.at_once() as db:
            number = db.execute("INSERT INTO done (purge) VALUES (?)", [purge]).lastrowid or 0
            db.execute("DELETE FROM done WHERE id <= ?", [number - PURGES_REMEMBERED])

    # --- small things -------------------------------------------------------------------------------------------------
    def number(self, name: str) -> int:
        """Return a number that is kept under *name*; 0 at first."""
        rows = self.run("SELECT value FROM number WHERE name = ?", [name])
        return rows[0][0] if rows else 0

    def add_to(self, name: str, change: int) -> None:
        """Add to a number."""
        query = "INSERT INTO number VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value"
        self.run(query, [name, change])

    def numbers(self, prefix: str) -> dict[str, int]:
        """Return the numbers whose names begin with *prefix*, without it."""
        rows = self.run("SELECT name, value FROM number WHERE name LIKE ? || '%' ORDER BY name", [prefix])
        return {name.removeprefix(prefix): value for name, value in rows}

    def note(self, counts: Mapping[str, int], *, read: Iterable[Key], refusals: Mapping[str, str]) -> None:
        """Add to the counts, date the entries that were read, and keep the latest refusals."""
        now = time.time()
        for name, count in counts.items():
            self.add_to(f"count.{name}", count)
        self._run_each("UPDATE entry SET used_at = ? WHERE key = ?", [(now, _text(key)) for key in read])
        self._run_each("INSERT OR REPLACE INTO refusal VALUES (?, ?, ?)", [(*each, now) for each in refusals.items()])
        kept = "SELECT path FROM refusal ORDER BY at DESC LIMIT ?"
        self.run(f"DELETE FROM refusal WHERE path NOT IN ({kept})", [REFUSALS_REMEMBERED])  # noqa: S608 - a constant

    def refusals(self) -> tuple[tuple[str, str], ...]:
        """Return the latest refusals: (path, why)."""
        return tuple(self.run("SELECT path, why FROM refusal ORDER BY at DESC"))


def _text(key: Key) -> str:
    return json.dumps(key, ensure_ascii=False)
