"""Our own plain form, for archives that nobody else reads: one record a line, as JSON, with the fields of ``base``."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop

from tribuna.importers.base import Article, Author, Comment, File, Reading, Record, Said, SourceBroken, Term

_KINDS: dict[str, type[Record]] = {kind.kind: kind for kind in (Author, Term, File, Article, Comment)}


class Lines:
    """Reads JSON lines."""

    name = "lines"
    summary = gettext_noop("a file of JSON lines, one record in each, with the fields of tribuna.importers.base")

    def offer(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help=gettext_noop("the file"))

    def open(self, options: Mapping[str, Any]) -> Reading:
        """Return its records."""
        return Reading(_records(options["file"]))


def _records(path: Path) -> Iterator[Record]:
    line = ""
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                said = json.loads(line)
                yield _KINDS[said.pop("kind")](**{name: _value(name, value) for name, value in said.items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceBroken(f"{path}: {error} in {line[:80]!r}") from error


def _value(name: str, value: Any) -> Any:
    if name.endswith("_at") and value is not None:
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return Said(value) if name == "state" else tuple(value) if isinstance(value, list) else value
