"""A Drupal database behind a URL: SQLite, MariaDB or MySQL, PostgreSQL. It is only ever read."""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import batched
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from tribuna.importers.base import SourceBroken

IDS_AT_ONCE = 500

type Row = dict[str, Any]


class Database:
    """Answers questions in SQL, in which ``{node}`` is the table of that name with the site's prefix."""

    def __init__(self, url: str, *, prefix: str = "") -> None:
        parts = urlsplit(url)
        opening = _OPENINGS.get(parts.scheme.partition("+")[0])
        if opening is None:
            raise SourceBroken(
                f"{parts.scheme or url!r} is no database: say sqlite:///FILE, mysql://... or postgresql://..."
            )
        try:
            self._connection, self._mark, self._schema = opening(parts)
        except ImportError as error:
            raise SourceBroken(f"{parts.scheme} needs a driver: pip install 'tribuna[mysql,postgres]'") from error
        except Exception as error:  # each driver has errors of its own
            raise SourceBroken(f"The database can't be opened: {error}") from error
        self._prefix = prefix

    def rows(self, sql: str, *values: object) -> list[Row]:
        """Return the answer to *sql*, in which each ``?`` is one of *values*. Raises SourceBroken."""
        sql = sql.replace("{", self._prefix).replace("}", "")
        sql = sql if self._mark == "?" else sql.replace("%", "%%").replace("?", self._mark)
        try:
            cursor = self._connection.cursor()
            cursor.execute(sql, values)
            names = [column[0].lower() for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except Exception as error:  # each driver has errors of its own
            raise SourceBroken(f"The database does not answer: {error}") from error

    def below(self, table: str, column: str, ids: Iterable[int], more: str = "", order: str = "") -> Iterator[Row]:
        """Yield the rows of *table* whose *column* is one of *ids*, with what else is asked in *more*."""
        for some in batched(ids, IDS_AT_ONCE):
            numbers = ", ".join(str(int(each)) for each in some)
            yield from self.rows(f"SELECT * FROM {{{table}}} WHERE {column} IN ({numbers}) {more} {order}")  # noqa: S608

    def number(self, sql: str, *values: object) -> int:
        """Return the one number that *sql* asks for."""
        return int(next(iter(self.rows(sql, *values)[0].values())) or 0)

    def has(self, table: str) -> bool:
        """Say whether there is such a table."""
        return f"{self._prefix}{table}" in self._tables

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    @cached_property
    def _tables(self) -> set[str]:
        return {next(iter(row.values())) for row in self.rows(self._schema)}


type _Opened = tuple[Any, str, str]

_SCHEMA = "SELECT table_name AS t FROM information_schema.tables WHERE table_schema = {}"


def _sqlite(parts: SplitResult) -> _Opened:
    path = Path(unquote(parts.path.removeprefix("/")) if parts.netloc == "" else unquote(f"{parts.netloc}{parts.path}"))
    if not path.is_file():
        raise SourceBroken(f"there is no file {path}")
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    connection.execute("PRAGMA trusted_schema = OFF")  # it may come from anywhere
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return connection, "?", "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"


def _mysql(parts: SplitResult) -> _Opened:
    driver = importlib.import_module("pymysql")
    connection = driver.connect(
        host=parts.hostname or "127.0.0.1",
        port=parts.port or 3306,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        database=unquote(parts.path.strip("/")),
        charset="utf8mb4",
    )
    return connection, "%s", _SCHEMA.format("DATABASE()")


def _postgresql(parts: SplitResult) -> _Opened:
    driver = importlib.import_module("psycopg")
    connection = driver.connect(parts._replace(scheme="postgresql").geturl(), autocommit=True)
    return connection, "%s", _SCHEMA.format("current_schema()")


_OPENINGS: dict[str, Callable[[SplitResult], _Opened]] = {
    "sqlite": _sqlite,
    "mysql": _mysql,
    "mariadb": _mysql,
    "postgres": _postgresql,
    "postgresql": _postgresql,
}
