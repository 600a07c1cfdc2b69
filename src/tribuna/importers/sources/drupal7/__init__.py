"""Drupal 7, from its database and its folder of files."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop

from tribuna.importers.base import Lost, Reading, Record
from tribuna.importers.sources.drupal7.comments import comments
from tribuna.importers.sources.drupal7.database import Database
from tribuna.importers.sources.drupal7.mapping import Mapping7, proposed, read_mapping
from tribuna.importers.sources.drupal7.nodes import articles, other_nodes
from tribuna.importers.sources.drupal7.site import Site


class Drupal7:
    """Reads nodes, terms, users, files, aliases and comments."""

    name = "drupal7"
    summary = gettext_noop(
        "a Drupal 7 site, from its database (sqlite:///FILE, mysql://USER:PASSWORD@HOST/NAME, postgresql://...)"
    )

    def offer(self, parser: ArgumentParser) -> None:
        """Take the database, and what of it goes where."""
        parser.add_argument("url", help="the database")
        parser.add_argument("--prefix", default="", help=gettext_noop("what the names of its tables begin with"))
        parser.add_argument("--mapping", type=Path, help="the mapping, as --inspect proposes it and you corrected it")
        parser.add_argument("--types", nargs="+", default=[], help="the types of nodes, instead of the mapping's")

    def open(self, options: Mapping[str, Any]) -> Reading:
        """Return the records of the site."""
        with closing(_database(options)) as database:
            proposal = proposed(database)
            mapping = proposal.corrected(read_mapping(options["mapping"])) if options["mapping"] else proposal
            mapping.types = list(options["types"]) or mapping.types
            total = Site(database, mapping).total()
        return Reading(_records(options, mapping), total, mapping.as_toml())


def _database(options: Mapping[str, Any]) -> Database:
    return Database(options["url"], prefix=options["prefix"])


def _records(options: Mapping[str, Any], mapping: Mapping7) -> Iterator[Record]:
    with closing(_database(options)) as database:
        site = Site(database, mapping)
        yield from site.authors()
        yield from _sorted(site.terms())
        yield from _sorted(site.files())
        yield from articles(site)
        yield from comments(site)
        yield from other_nodes(site)
        yield from site.other_users()


def _sorted(records: Iterable[Record]) -> Iterator[Record]:
    """Yield *records*, those that have no place here at the end, so that batches are whole."""
    lost: list[Record] = []
    for record in records:
        if isinstance(record, Lost):
            lost.append(record)
        else:
            yield record
    yield from lost
