"""PostgreSQL: a ``tsvector`` in the row of each entry, under a GIN index. Django knows nothing of that column.

Vectors and questions are written by us and not by ``to_tsvector``: the stems are the same as on SQLite, no dictionary
and no extension has to be there, and no text that a reader types is parsed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from tribuna.search.base.facts import CEILING, HEAD, TITLE, Question, Row

_MAKE = (
    "ALTER TABLE search_entry ADD COLUMN vector tsvector",
    "CREATE INDEX search_entry_vector ON search_entry USING gin (vector)",
)
_UNMAKE = ("ALTER TABLE search_entry DROP COLUMN vector",)
_WEIGHTS = "{0.05, 0.2, 0.4, 1.0}"  # of D, C, B, A
_LONGEST = 16_383  # the last position that a vector knows
_NORMALIZED = 1  # by the logarithm of the length


class Vectors:  # pragma: no cover - PostgreSQL, where the storage tests run
    """The words, in the database of *connection*."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def make(self) -> None:
        """Make the column."""
        self._run(_MAKE)

    def unmake(self) -> None:
        """Remove it."""
        self._run(_UNMAKE)

    def put(self, rows: Sequence[Row]) -> None:
        """Keep the words of entries."""
        with self.connection.cursor() as cursor:
            statement = "UPDATE search_entry SET vector = %s::tsvector WHERE id = %s"
            cursor.executemany(statement, [(_vector(row), row.id) for row in rows])

    def newest(self, question: Question) -> list[tuple[int, float]]:
        """Return id and worth of the newest hits; where there are too many, all are worth nothing."""
        words = _query(question)
        ids = self._ids(question, words)
        if len(ids) > CEILING or not words:
            return [(number, 0.0) for number in ids]
        with self.connection.cursor() as cursor:
            worth = f"ts_rank('{_WEIGHTS}', vector, %s::tsquery, {_NORMALIZED})"
            cursor.execute(f"SELECT id, {worth} FROM search_entry WHERE id = ANY(%s)", [words, ids])  # noqa: S608
            return list(cursor.fetchall())

    def heads(self, question: Question) -> list[tuple[int, float]]:
        """Return id and worth of the newest hits in the head and in the title."""
        found = dict.fromkeys(self._ids(question, _query(question, suffix=":AB")), HEAD)
        found |= dict.fromkeys(self._ids(question, _query(question, suffix=":A")), TITLE)
        return list(found.items())

    def _ids(self, question: Question, words: str) -> list[int]:
        match = " & ".join([*(f"'={facet}'" for facet in question.facets), *([f"({words})"] if words else [])])
        statement = """SELECT id FROM search_entry WHERE vector @@ %s::tsquery AND id BETWEEN %s AND %s
            ORDER BY id DESC LIMIT %s"""
        with self.connection.cursor() as cursor:
            cursor.execute(statement, [match, question.first, question.last, CEILING + 1])
            return [number for (number,) in cursor.fetchall()]

    def _run(self, statements: Sequence[str]) -> None:
        with self.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _query(question: Question, *, suffix: str = "") -> str:
    """Return the words of *question* as a ``tsquery``. Stems are letters and digits, so quoting them is enough."""
    groups = (
        " | ".join("(" + " <-> ".join(f"'{word}'{suffix}" for word in phrase) + ")" for phrase in group)
        for group in question.groups
    )
    return (" | " if question.is_any else " & ").join(f"({group})" for group in groups)


def _vector(row: Row) -> str:
    """Return the words of *row* as a ``tsvector``: each with its places, and the weight of where it stands there."""
    places: dict[str, list[str]] = defaultdict(list)
    for place, (word, weight) in enumerate(_weighed(row), start=1):
        places[word].append(f"{min(place, _LONGEST)}{weight}")
    lexemes = [f"'{word}':{','.join(found)}" for word, found in places.items() if word]
    return " ".join([*lexemes, *(f"'={facet}'" for facet in row.facets.split())])


def _weighed(row: Row) -> Iterator[tuple[str, str]]:
    for text, weight in ((row.title, "A"), (row.head, "B"), (row.body, "D")):
        for word in text.split():
            yield word, weight
        yield "", ""  # no phrase reaches from one part into the next
