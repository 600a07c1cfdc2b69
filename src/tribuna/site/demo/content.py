"""The demo's words, read from its data files: stories, pictures, what the paper is made of.

A body is written in lines, an empty one between two paragraphs: ``## heading``, ``> quotation — who said it``,
``- item`` and ``1. item``, ``| cell | cell |`` (the first row heads the table), ``+ key`` (read more),
``[picture, picture]``, and ``*words in italics*``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils.html import escape

HERE = Path(__file__).parent
SECTIONS = ("town", "harbour", "culture", "sport", "market")

_STARTS = (("## ", "heading"), ("> ", "quote"), ("- ", "ul"), ("| ", "table"), ("+ ", "read_more"), ("[", "pictures"))
_NUMBERED = re.compile(r"\d+\. ")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_ITALIC = re.compile(r"\*(.+?)\*")


@dataclass(frozen=True, slots=True)
class Version:
    """A story in one language."""

    title: str
    standfirst: str
    body: str
    kicker: str = ""
    corrections: list[dict[str, Any]] = field(default_factory=list)  # days before now, text


@dataclass(frozen=True, slots=True)
class Story:
    """A story in all its languages; *days* is its age, *published* a fixed date instead."""

    key: str
    section: str
    picture: str
    topics: list[str]
    authors: list[str]
    versions: dict[str, Version]
    days: float = 0
    published: datetime | None = None
    related: list[str] = field(default_factory=list)
    comments: str = "open"
    state: str = "published"  # or submitted, scheduled, draft


def newsroom() -> dict[str, Any]:
    """Return the paper's name, taglines, sections, desks, topics and questions."""
    return _toml(HERE / "newsroom.toml")


def pictures() -> dict[str, dict[str, Any]]:
    """Return for each picture its scene, seed, perhaps a focus, and alt text and caption in each language."""
    return _toml(HERE / "pictures.toml")


def stories() -> list[Story]:
    """Return the published stories, the oldest first, then those that are not published yet."""
    found = [
        _story(facts, section=facts.get("section", path.stem))
        for path in sorted((HERE / "stories").glob("*.toml"))
        for facts in _toml(path)["story"]
    ]
    return sorted(found, key=lambda story: (story.state != "published", story.published is None, -story.days))


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _story(facts: dict[str, Any], *, section: str) -> Story:
    versions = {language: Version(**facts.pop(language)) for language in ("en", "es") if language in facts}
    if "published" in facts:
        facts["published"] = datetime.fromisoformat(facts["published"])
    return Story(**{**facts, "section": section, "versions": versions})


# --- bodies -----------------------------------------------------------------------------------------------------------
def blocks(body: str) -> Iterator[tuple[str, Any]]:
    """Yield (type, value) for each block of *body*: values as Wagtail stores them, but pictures and stories by key."""
    pieces = [(_kind(lines[0]), lines) for lines in _paragraphs(body)]
    for is_text, run in groupby(pieces, key=lambda piece: piece[0] in {"text", "ul", "ol"}):
        if is_text:
            yield "paragraph", "".join(_rich_text(kind, lines) for kind, lines in run)
        else:
            yield from ((kind, _VALUES[kind](lines)) for kind, lines in run)


def _paragraphs(body: str) -> Iterator[list[str]]:
    for paragraph in body.strip().split("\n\n"):
        yield paragraph.split("\n")


def _kind(line: str) -> str:
    if _NUMBERED.match(line):
        return "ol"
    return next((kind for start, kind in _STARTS if line.startswith(start)), "text")


def _rich_text(kind: str, lines: list[str]) -> str:
    if kind == "text":
        return f"<p>{_inline(' '.join(lines))}</p>"
    items = "".join(f"<li>{_inline(line.split(' ', 1)[1])}</li>" for line in lines)
    return f"<{kind}>{items}</{kind}>"


def _inline(text: str) -> str:
    return _ITALIC.sub(r"<i>\1</i>", escape(text))


def plain(text: str) -> str:
    """Return *text* without the marks of italics, for places that have none."""
    return _ITALIC.sub(r"\1", text)


def _quote(lines: list[str]) -> dict[str, str]:
    text, _, attribution = lines[0].removeprefix("> ").rpartition(" — ")
    return {"text": plain(text), "attribution": attribution}


def _table(lines: list[str]) -> dict[str, Any]:
    head, *rows = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]
    columns = list(zip(*rows, strict=True))
    kinds = ["number" if all(_NUMBER.fullmatch(cell) for cell in column) else "text" for column in columns]
    return {
        "columns": [{"type": kind, "heading": heading} for kind, heading in zip(kinds, head, strict=True)],
        "rows": [{"values": [_cell(kind, cell) for kind, cell in zip(kinds, row, strict=True)]} for row in rows],
        "caption": "",
    }


def _cell(kind: str, cell: str) -> str:
    return cell.replace(",", ".") if kind == "number" else cell


_VALUES: dict[str, Callable[[list[str]], Any]] = {
    "heading": lambda lines: lines[0].removeprefix("## "),
    "quote": _quote,
    "table": _table,
    "read_more": lambda lines: lines[0].removeprefix("+ "),
    "pictures": lambda lines: lines[0].strip("[]").split(", "),
}
