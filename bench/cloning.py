"""Fills a SQLite newsroom in bulk: every new story is a copy of one that Wagtail's own page API has made.

Whatever table points at the story's page is copied along, so what a room keeps beside a story comes too. Left out are
the search index, the reference index and revisions, which no reader's page is made from.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

ID_BYTES = 8
BATCH_ROWS = 20_000
_OWN = ("page_ptr_id", "page_id", "article_id", "articlepage_id")  # columns that say whose row it is
_NEAR = "story_id"  # of a related story
_ABOVE = "page_above_id"  # the section that a story stands in
APART = timedelta(minutes=7)
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # of treebeard's paths
_STEP_DIGITS = 4

type Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """Where copies go: below this page."""

    page_id: int
    path: str
    url_path: str
    children: int


@dataclass(frozen=True, slots=True)
class Model:
    """A story to copy: its rows by table, and the column that names the page in each; the thread apart."""

    page: Record
    beside: list[tuple[str, str, Record]]
    thread: list[Record]


def fill(database: str, *, models: list[int], sections: list[int], stories: int, newest: datetime) -> None:
    """Add *stories* copies of the *models* (ids of pages), in turns, spread over *sections* (ids of pages)."""
    connection = sqlite3.connect(database)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-400000")
    with connection:
        tables = _tables_beside(connection)
        originals = [_model(connection, page_id, tables) for page_id in models]
        places = [_section(connection, page_id) for page_id in sections]
        _copy(connection, _numbered(originals, stories), places, newest)
        for place, page_id in enumerate(sections):
            numbers = (section_of(number, models=len(models), sections=len(sections)) for number in range(stories))
            more = sum(each == place for each in numbers)
            connection.execute("UPDATE wagtailcore_page SET numchild = numchild + ? WHERE id = ?", (more, page_id))
    connection.close()


def slug_of(number: int) -> str:
    """Return the slug of copy *number*."""
    return f"story-{number:07}"


def section_of(number: int, *, models: int, sections: int) -> int:
    """Return the place, among the sections, of the one that copy *number* stands in: whole sets of models in turns."""
    return number // models % sections


def _numbered(originals: list[Model], stories: int) -> list[tuple[int, Model]]:
    return [(number, originals[number % len(originals)]) for number in range(stories)]


def _copy(
    connection: sqlite3.Connection, stories: list[tuple[int, Model]], places: list[Section], newest: datetime
) -> None:
    first_id = _highest(connection, "wagtailcore_page") + 1
    models = len({id(model) for _number, model in stories})
    given = [0] * len(places)
    pages: list[Record] = []
    for number, model in stories:
        place = section_of(number, models=models, sections=len(places))
        given[place] += 1
        pages.append(_page(model.page, first_id, number, places[place], given[place], newest))
    _insert(connection, "wagtailcore_page", pages)
    tables = {table: column for _number, model in stories[:models] for table, column, _row in model.beside}
    for table, column in tables.items():
        records = _beside(connection, table, column, stories, first_id)
        _insert(connection, table, _placed(records, column, first_id, places, models, newest))
    _insert(connection, "comments_comment", _threads(connection, stories, first_id))


def _page(record: Record, first_id: int, number: int, place: Section, child: int, newest: datetime) -> Record:
    moment = _moment(newest, number)
    return record | {
        "id": first_id + number,
        "path": place.path + _step(place.children + child),
        "url_path": f"{place.url_path}{slug_of(number)}/",
        "slug": slug_of(number),
        "title": f"{record['title']} {number}",
        "draft_title": f"{record['title']} {number}",
        "translation_key": uuid.uuid4().hex,
        "first_published_at": moment,
        "last_published_at": moment,
        "latest_revision_created_at": moment,
    }


def _beside(
    connection: sqlite3.Connection, table: str, column: str, stories: list[tuple[int, Model]], first_id: int
) -> Iterator[Record]:
    """The rows of *table* for each copy, under ids of their own, with the copy's in *column*."""
    has_id = "id" in _columns(connection, table)
    next_id = _highest(connection, table) + 1 if has_id else 0
    for number, model in stories:
        for name, _column, record in model.beside:
            if name == table:
                yield record | {column: first_id + number} | ({"id": next_id} if has_id else {})
                next_id += 1


def _placed(
    records: Iterable[Record], column: str, first_id: int, places: list[Section], models: int, newest: datetime
) -> Iterator[Record]:
    """The same rows, with what they say of the copy's date, section and neighbours put right."""
    stories = list(records)
    last = stories[-1][column] - first_id + 1
    for turn, record in enumerate(stories):
        number = record[column] - first_id
        if "published_at" in record:
            record["published_at"] = _moment(newest, number)
        if _ABOVE in record:
            record[_ABOVE] = places[section_of(number, models=models, sections=len(places))].page_id
        if _NEAR in record:  # recommended are the stories nearby: none is by thousands of others
            record[_NEAR] = first_id + (number + turn % 5 + 1) % last
        yield record


def _threads(connection: sqlite3.Connection, stories: list[tuple[int, Model]], first_id: int) -> Iterator[Record]:
    """The thread below each copy: the same comments under new ids, and paths that are made of these."""
    next_id = _highest(connection, "comments_comment") + 1
    for number, model in stories:
        ids = {record["id"]: next_id + place for place, record in enumerate(model.thread)}
        next_id += len(ids)
        for record in model.thread:
            names = {name: ids.get(record[name]) for name in ("id", "parent_id", "reply_to_id", "root_id")}
            yield record | names | {"page_id": first_id + number, "path": _moved(record["path"], ids)}


def _moved(path: bytes, ids: dict[int, int]) -> bytes:
    steps = (int.from_bytes(path[at : at + ID_BYTES]) for at in range(0, len(path), ID_BYTES))
    return b"".join(ids[step].to_bytes(ID_BYTES) for step in steps)


def _step(number: int) -> str:
    digits = ""
    for _ in range(_STEP_DIGITS):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits


def _moment(newest: datetime, number: int) -> str:
    return f"{newest - APART * number:%Y-%m-%d %H:%M:%S}"


def _tables_beside(connection: sqlite3.Connection) -> dict[str, str]:
    """The tables with a row, or rows, for a story, and their column that says which."""
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    found = {
        table: key["from"]
        for table in tables
        for key in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        if key["table"] in {"wagtailcore_page", "newsroom_articlepage"} and key["from"] in _OWN
    }
    return {table: column for table, column in found.items() if table != "comments_comment"}


def _model(connection: sqlite3.Connection, page_id: int, tables: dict[str, str]) -> Model:
    beside = [
        (table, column, record)
        for table, column in tables.items()
        for record in _records(connection, table, column, page_id)
    ]
    page = _records(connection, "wagtailcore_page", "id", page_id)[0]
    return Model(page, beside, _records(connection, "comments_comment", "page_id", page_id))


def _section(connection: sqlite3.Connection, page_id: int) -> Section:
    record = _records(connection, "wagtailcore_page", "id", page_id)[0]
    return Section(page_id, record["path"], record["url_path"], record["numchild"])


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """The columns that are stored; what is generated can't be written."""
    return [row["name"] for row in connection.execute(f"PRAGMA table_xinfo({table})") if row["hidden"] == 0]


def _records(connection: sqlite3.Connection, table: str, column: str, value: int) -> list[Record]:
    names = _columns(connection, table)
    order = "id" if "id" in names else column
    rows = connection.execute(f"SELECT {', '.join(names)} FROM {table} WHERE {column} = ? ORDER BY {order}", (value,))
    return [dict(row) for row in rows]


def _highest(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0])


def _insert(connection: sqlite3.Connection, table: str, records: Iterable[Record]) -> None:
    names = _columns(connection, table)
    marks = ", ".join(f":{name}" for name in names)
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"
    records = iter(records)
    while batch := list(islice(records, BATCH_ROWS)):
        connection.executemany(statement, batch)
