"""SQLite: an FTS5 table beside the entries, with their ids for its rows.

Its columns are stems already, so it needs no more than to be cut at the spaces. Rows go with their entries, by a
trigger: whoever deletes an entry, be it the deletion of a page, leaves no words behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tribuna.search.base.facts import CEILING, HEAD, TITLE, Question, Row

TABLE = "search_words"
_TRIGGER = """CREATE TRIGGER IF NOT EXISTS search_entry_deleted AFTER DELETE ON search_entry
BEGIN DELETE FROM search_words WHERE rowid = old.id; END"""
_MAKE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5(title, head, body, facets, tokenize='ascii')",
    # A later migration that has Django build search_entry anew has to make it again: the trigger goes with the table.
    _TRIGGER,
)
_UNMAKE = ("DROP TRIGGER IF EXISTS search_entry_deleted", f"DROP TABLE IF EXISTS {TABLE}")
_WORTH = f"-bm25({TABLE}, 12.0, 5.0, 1.0, 0.0)"  # title, head, body; facets are worth nothing
_WHERE = f"FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid BETWEEN %s AND %s"
_OF_TITLE, _OF_HEAD = "0t", "0h"


class Pages:
    """The words, in the database of *connection*."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def make(self) -> None:
        """Make the table."""
        self._run(_MAKE)

    def unmake(self) -> None:
        """Remove it."""
        self._run(_UNMAKE)

    def put(self, rows: Sequence[Row]) -> None:
        """Keep the words of entries."""
        with self.connection.cursor() as cursor:
            statement = f"INSERT INTO {TABLE} (rowid, title, head, body, facets) VALUES (%s, %s, %s, %s, %s)"  # noqa: S608
            cursor.executemany(statement, [(row.id, row.title, row.head, row.body, _facets(row)) for row in rows])

    def newest(self, question: Question) -> list[tuple[int, float]]:
        """Return id and worth of the newest hits; where there are too many, all are worth nothing."""
        values = [_match(question), question.first, question.last]
        ids = self._ids(values)  # rows come in the order of their ids, so no more are looked at than are wanted
        if len(ids) > CEILING or not question.groups:
            return [(number, 0.0) for number in ids]
        with self.connection.cursor() as cursor:
            cursor.execute(f"SELECT rowid, {_WORTH} {_WHERE}", values)
            return list(cursor.fetchall())

    def heads(self, question: Question) -> list[tuple[int, float]]:
        """Return id and worth of the newest hits in the head and in the title."""
        found: dict[int, float] = {}
        for worth, prefix in ((HEAD, _OF_HEAD), (TITLE, _OF_TITLE)):
            match = _match(question, columns="facets", prefix=prefix)
            found |= dict.fromkeys(self._ids([match, question.first, question.last]), worth)
        return list(found.items())

    def _ids(self, values: Sequence[Any]) -> list[int]:
        with self.connection.cursor() as cursor:
            cursor.execute(f"SELECT rowid {_WHERE} ORDER BY rowid DESC LIMIT %s", [*values, CEILING + 1])
            return [number for (number,) in cursor.fetchall()]

    def _run(self, statements: Sequence[str]) -> None:
        with self.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _match(question: Question, *, columns: str = "title head body", prefix: str = "") -> str:
    """Return *question* in FTS5's own language. Stems are letters and digits, so quoting them is enough."""
    parts = [f'facets : "{facet}"' for facet in question.facets]
    if question.groups:
        groups = (" OR ".join(_quoted(phrase, prefix) for phrase in group) for group in question.groups)
        between = " OR " if question.is_any else " AND "
        parts.append(f"{{{columns}}} : ({between.join(f'({group})' for group in groups)})")
    return " AND ".join(f"({part})" for part in parts)


def _facets(row: Row) -> str:
    """Return the facets of *row*, and the words of title and head once more as words of their own.

    So the stories with a common word in the title are found without looking at all those that have it anywhere.
    """
    return " ".join([row.facets, _prefixed(row.title, _OF_TITLE), _prefixed(row.head, _OF_HEAD)])


def _quoted(phrase: Sequence[str], prefix: str) -> str:
    return f'"{" ".join(prefix + word for word in phrase)}"'


def _prefixed(words: str, prefix: str) -> str:
    return " ".join(prefix + word for word in words.split())
