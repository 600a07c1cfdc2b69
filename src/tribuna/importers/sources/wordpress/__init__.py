"""WordPress, from its exports (Tools, Export): WXR 1.0 to 1.2."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop

from tribuna.importers.base import Article, File, Lost, Reading, Record, SourceBroken
from tribuna.importers.sources.wordpress.facts import Facts
from tribuna.importers.sources.wordpress.items import article_of, comments_of, file_of, lost_of
from tribuna.importers.sources.wordpress.wxr import Node, nodes_in

TYPES = ("post", "page")
_UNFINISHED = {"trash", "auto-draft"}


class WordPress:
    """Reads everything."""

    name = "wordpress"
    summary = gettext_noop(
        "an export of WordPress (WXR): posts, pages, attachments, categories, tags, authors, comments"
    )

    def offer(self, parser: ArgumentParser) -> None:
        """Take the files, and what they are to become."""
        parser.add_argument(
            "file", type=Path, nargs="+", help=gettext_noop("the export; of a large site, all its parts")
        )
        parser.add_argument(
            "--types", nargs="+", default=TYPES, help=gettext_noop("which kinds of posts become articles")
        )
        parser.add_argument(
            "--categories",
            choices=("sections", "topics"),
            default="sections",
            help=gettext_noop("what categories become"),
        )

    def open(self, options: Mapping[str, Any]) -> Reading:
        """Return the records of all files, read several times so that little is ever in memory."""
        _need(options["file"])
        export = _Export(options["file"])
        export.learn()
        folder = export.facts.folder
        return Reading(_records(export, options), export.facts.total, home=f"{folder}/" if folder else "")


class WordPressComments:
    """Reads only the comments, for articles that are here already."""

    name = "wordpress-comments"
    only_comments = True
    summary = gettext_noop(
        "the comments of an export of WordPress (WXR), onto the articles that stand at the old addresses"
    )

    def offer(self, parser: ArgumentParser) -> None:
        """Take the files."""
        parser.add_argument(
            "file", type=Path, nargs="+", help=gettext_noop("the export; of a large site, all its parts")
        )

    def open(self, options: Mapping[str, Any]) -> Reading:
        """Return the comments."""
        _need(options["file"])
        export = _Export(options["file"])
        export.learn()
        return Reading(export.whole(_comments(export, by_address=True)))


def _need(files: Sequence[Path]) -> None:
    for path in files:
        if not path.is_file():
            raise SourceBroken(f"There is no file {path}.")


class _Export:
    """The parts of one export, read again and again; what breaks one of them off is told at the end."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.paths = paths
        self.facts = Facts()
        self._breaks: dict[str, None] = {}

    def learn(self) -> None:
        """Read it for the first time."""
        self.facts.learn(self._nodes())

    def _nodes(self) -> Iterator[Node]:
        for path in self.paths:
            try:
                yield from nodes_in(path)
            except SourceBroken as error:
                self._breaks[str(error)] = None

    def items(self) -> Iterator[Node]:
        """Yield the items."""
        return (node for node in self._nodes() if node.name == "item" and node.get("wp:post_id"))

    def whole(self, records: Iterator[Record]) -> Iterator[Record]:
        """Yield *records*, then say what could not be read. Raises SourceBroken."""
        yield from records
        if self._breaks:
            raise SourceBroken("; ".join(self._breaks))


def _records(export: _Export, options: Mapping[str, Any]) -> Iterator[Record]:
    are_topics = options["categories"] == "topics"
    read = partial(article_of, facts=export.facts, categories_are_topics=are_topics)
    return export.whole(
        chain(
            export.facts.records(categories_are_topics=are_topics),
            _of_kind(export, options["types"], File, partial(file_of, facts=export.facts)),
            _of_kind(export, options["types"], Article, read),
            _of_kind(export, options["types"], Lost, lost_of),
            _comments(export),
        )
    )


def _of_kind(
    export: _Export, types: Sequence[str], kind: type[Record], read: Callable[[Node], Record]
) -> Iterator[Record]:
    return (read(item) for item in export.items() if _kind(item, types) is kind)


def _kind(item: Node, types: Sequence[str]) -> type[Record]:
    what = item.get("wp:post_type")
    if what == "attachment":
        return File
    return Article if what in types and item.get("wp:status") not in _UNFINISHED else Lost


def _comments(export: _Export, *, by_address: bool = False) -> Iterator[Record]:
    """Yield comments, then what stood between them and is none."""
    for is_lost in (False, True):
        for item in export.items():
            for record in comments_of(item, export.facts, by_address=by_address):
                if isinstance(record, Lost) is is_lost:
                    yield record
