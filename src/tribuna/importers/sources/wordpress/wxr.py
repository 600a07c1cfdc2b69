"""Reads WordPress exports (WXR 1.0 to 1.2) as a stream: one item in memory at a time, whatever the file holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from tribuna.importers.base import SourceBroken
from tribuna.importers.sources._texts import texts_in

MOST_DEEP = 40
ITEM_MAX_CHARACTERS = 64 * 1024 * 1024
# What is handed over whole; everything else is only a way there.
UNITS = frozenset({"item", "wp:author", "wp:category", "wp:tag", "wp:term", "wp:base_blog_url", "link", "language"})


@dataclass(slots=True)
class Node:
    """An element: its prefixed name, its attributes, the words right in it, and the elements below."""

    name: str
    attributes: dict[str, str]
    words: list[str] = field(default_factory=list)
    below: list[Node] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words in it, without blanks around them."""
        return "".join(self.words).strip()

    def get(self, name: str) -> str:
        """Return the text of the first element called *name* below, empty without one."""
        return next((node.text for node in self.below if node.name == name), "")

    def all(self, name: str) -> list[Node]:
        """Return the elements called *name* below."""
        return [node for node in self.below if node.name == name]


class _Growing:
    """The element tree of one unit, growing."""

    def __init__(self, units: frozenset[str]) -> None:
        self._units = units
        self.ready: list[Node] = []
        self._open: list[Node] = []
        self._depth = 0
        self._size = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MOST_DEEP:
            raise SourceBroken("elements stand too deep within each other for a WordPress export")
        if self._open or name in self._units:
            self._open.append(Node(name, attributes))

    def end(self, _name: str) -> None:
        self._depth -= 1
        if not self._open:
            return
        node = self._open.pop()
        if self._open:
            self._open[-1].below.append(node)
        else:
            self.ready.append(node)
            self._size = 0

    def say(self, words: str) -> None:
        if self._open:
            self._size += len(words)
            if self._size > ITEM_MAX_CHARACTERS:
                raise SourceBroken("one item alone is larger than any story can be")
            self._open[-1].words.append(words)


def _refuse_entities(*_declared: object) -> None:
    raise SourceBroken("the file declares entities of its own, which no WordPress export does and attacks do")


def nodes_in(path: Path, units: frozenset[str] = UNITS) -> Iterator[Node]:
    """Yield the *units* of the export at *path*. Raises SourceBroken where it can't be read any further."""
    growing = _Growing(units)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = growing.start
    parser.EndElementHandler = growing.end
    parser.CharacterDataHandler = growing.say
    parser.EntityDeclHandler = _refuse_entities
    try:
        with path.open("rb") as file:
            for chunk, is_last in texts_in(file):
                yield from _parsed(parser, growing, chunk, is_last=is_last)
    except expat.ExpatError as error:
        raise SourceBroken(f"{path.name}, line {error.lineno}, column {error.offset}: {error}") from error
    except SourceBroken as error:
        raise SourceBroken(f"{path.name}, line {parser.CurrentLineNumber}: {error}") from error
    except OSError as error:
        raise SourceBroken(str(error)) from error


def _parsed(parser: expat.XMLParserType, growing: _Growing, chunk: str, *, is_last: bool) -> Iterator[Node]:
    """Yield what was completed by *chunk*, also when that ends in something broken."""
    try:
        parser.Parse(chunk.encode("utf-8", "replace"), is_last)
    finally:
        ready, growing.ready = growing.ready, []
        yield from ready
