"""Disqus, from its export (XML): comments onto the articles that stand at the addresses of its threads."""

from __future__ import annotations

import sqlite3
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop

from tribuna.core.markup import text_of
from tribuna.importers.base import Comment, Reading, Said, SourceBroken
from tribuna.importers.sources.wordpress.wxr import Node, nodes_in

_UNITS = frozenset({"thread", "post"})
_ID = "dsq:id"


class Disqus:
    """Reads comments."""

    name = "disqus"
    only_comments = True
    summary = gettext_noop("an export of Disqus (XML), onto the articles that stand at the old addresses")

    def offer(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help=gettext_noop("the export"))

    def open(self, options: Mapping[str, Any]) -> Reading:
        """Return its comments."""
        if not options["file"].is_file():
            raise SourceBroken(f"There is no file {options['file']}.")
        return Reading(_comments(options["file"]))


def _comments(path: Path) -> Iterator[Comment]:
    """Yield the comments thread by thread; in the file they stand as they were written, of all threads."""
    with closing(sqlite3.connect("")) as shelf:  # a file of SQLite's own that goes with the connection
        shelf.execute("CREATE TABLE post (thread, id, parent, text, name, email, at, state)")
        links: dict[str, str] = {}
        broken: SourceBroken | None = None
        try:
            for node in nodes_in(path, _UNITS):
                if node.name == "thread":
                    links[node.attributes.get(_ID, "")] = node.get("link") or node.get("id")
                else:
                    shelf.execute("INSERT INTO post VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _row(node))
        except SourceBroken as error:
            broken = error
        for row in shelf.execute("SELECT * FROM post ORDER BY thread, rowid"):
            yield _comment(row, links)
        if broken is not None:
            raise broken


def _row(node: Node) -> tuple[str, ...]:
    author = next(iter(node.all("author")), Node("author", {}))
    thread, parent = (
        next((each.attributes.get(_ID, "") for each in node.all(name)), "") for name in ("thread", "parent")
    )
    state = Said.SPAM if _says(node, "isSpam") else Said.GONE if _says(node, "isDeleted") else Said.PUBLISHED
    if node.get("isApproved") == "false" and state == Said.PUBLISHED:
        state = Said.HELD
    name, email = author.get("name"), author.get("email")
    return thread, node.attributes.get(_ID, ""), parent, node.get("message"), name, email, node.get("createdAt"), state


def _says(node: Node, name: str) -> bool:
    return node.get(name) == "true"


def _comment(row: tuple[str, ...], links: Mapping[str, str]) -> Comment:
    thread, key, parent, text, name, email, at, state = row
    return Comment(
        key=key,
        address=links.get(thread, "") or f"thread:{thread}",
        parent=parent,
        text=text_of(text),
        name=name,
        email=email,
        state=Said(state),
        created_at=_moment(at),
    )


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return None
