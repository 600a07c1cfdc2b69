"""Isso, from its SQLite database: comments onto the articles that stand at the addresses of its threads."""

from __future__ import annotations

import sqlite3
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop

from tribuna.importers.base import Comment, Reading, Said, SourceBroken

_STATES = {1: Said.PUBLISHED, 2: Said.HELD, 4: Said.GONE}  # its `mode`
_QUESTION = """SELECT c.id, c.parent, c.text, c.author, c.email, c.created, c.mode, t.uri
    FROM comments c JOIN threads t ON t.id = c.tid ORDER BY t.id, c.id"""


class Isso:
    """Reads comments."""

    name = "isso"
    only_comments = True
    summary = gettext_noop("the database of Isso (SQLite), onto the articles that stand at the old addresses")

    def offer(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help=gettext_noop("the database, such as comments.db"))

    def open(self, options: Mapping[str, Any]) -> Reading:
        """Return its comments."""
        if not options["file"].is_file():
            raise SourceBroken(f"There is no file {options['file']}.")
        return Reading(_comments(options["file"]))


def _comments(path: Path) -> Iterator[Comment]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")  # it may come from anywhere
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        try:
            for key, parent, text, name, email, created, mode, uri in connection.execute(_QUESTION):
                yield Comment(
                    key=str(key),
                    address=uri,
                    parent=str(parent or ""),
                    text=text or "",
                    name=name or "",
                    email=email or "",
                    state=_STATES.get(mode, Said.HELD),
                    created_at=datetime.fromtimestamp(created, UTC),
                )
        except sqlite3.Error as error:
            raise SourceBroken(f"{path} is no database of Isso: {error}") from error
