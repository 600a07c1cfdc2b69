"""XML from strangers as a small tree: no entities of its own, nothing fetched, no deeper and no larger than news is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.entities import html5
from io import BytesIO
from xml.parsers import expat

from tribuna.core.text import clean_line
from tribuna.importers.base import SourceBroken
from tribuna.importers.sources._texts import texts_in

MOST_DEEP = 100
MOST_ELEMENTS = 200_000
_PREFIXES = {
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    "http://www.w3.org/1999/xhtml": "html",
    "http://www.w3.org/2005/Atom": "atom",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://purl.org/rss/1.0/": "",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://iptc.org/std/nar/2006-10-01/": "nar",
    "http://iptc.org/std/NITF/2006-10-18/": "",
}
_EMPTY = {"br", "hr", "img"}


@dataclass(slots=True, eq=False)
class Element:
    """An element: a name with our own prefix for its namespace, attributes, and in order what stands in it."""

    name: str
    attributes: dict[str, str]
    language: str = ""  # that holds here (xml:lang)
    parts: list[Element | str] = field(default_factory=list)
    is_whole: bool = False  # its end was read

    @property
    def local(self) -> str:
        """The name without the namespace."""
        return self.name.rpartition(":")[2]

    @property
    def below(self) -> list[Element]:
        """The elements right in it."""
        return [part for part in self.parts if isinstance(part, Element)]

    @property
    def text(self) -> str:
        """All words in it, without blanks around them."""
        return "".join(self._words()).strip()

    def _words(self) -> Iterator[str]:
        for part in self.parts:
            if isinstance(part, Element):
                yield from part._words()
            else:
                yield part

    def all(self, *path: str) -> list[Element]:
        """Return the elements at *path* below."""
        found = [self]
        for name in path:
            found = [below for each in found for below in each.below if below.name == name]
        return found

    def first(self, *path: str) -> Element | None:
        """Return the first of them."""
        return next(iter(self.all(*path)), None)

    def get(self, *path: str) -> str:
        """Return the words of the first of them that has any, empty without one."""
        return next(filter(None, (each.text for each in self.all(*path))), "")

    def line(self, *path: str) -> str:
        """Return them on one line."""
        return clean_line(self.get(*path))

    def within(self, *names: str) -> Iterator[Element]:
        """Yield the elements called one of *names* that stand anywhere within, and not in each other."""
        for each in self.below:
            if each.name in names:
                yield each
            else:
                yield from each.within(*names)

    def html(self) -> str:
        """Return what stands in it as HTML; ``core.markup`` takes it apart and keeps what is harmless."""
        return "".join(escape(part, quote=False) if isinstance(part, str) else part._tagged() for part in self.parts)

    def _tagged(self) -> str:
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes.items() if ":" not in name)
        end = "" if self.local in _EMPTY else f"</{self.local}>"
        return f"<{self.local}{attributes}>{self.html()}{end}"


class _Growing:
    """The tree, growing."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= MOST_DEEP:
            raise SourceBroken("elements stand too deep within each other")
        if self._count > MOST_ELEMENTS:
            raise SourceBroken(f"there are more than {MOST_ELEMENTS:,} elements")
        named = {_named(key): value for key, value in attributes.items()}
        above = self._open[-1] if self._open else None
        element = Element(_named(name), named, named.get("xml:lang", above.language if above else ""))
        if above is None:
            self.root = element
        else:
            above.parts.append(element)
        self._open.append(element)

    def end(self, _name: str) -> None:
        self._open.pop().is_whole = True

    def say(self, words: str) -> None:
        self._open[-1].parts.append(words)

    def skip(self, entity: str, _is_parameter: bool) -> None:
        """Put in what HTML calls so: feeds write ``&nbsp;``, which XML has never heard of."""
        self.say(html5.get(f"{entity};", f"&{entity};"))


def _named(name: str) -> str:
    namespace, _blank, local = name.rpartition(" ")
    prefix = _PREFIXES.get(namespace, "other") if namespace else ""
    return f"{prefix}:{local}" if prefix else local


def _refuse_entities(*_declared: object) -> None:
    raise SourceBroken("the document declares entities of its own, which attacks do")


def tree_of(content: bytes) -> tuple[Element | None, str]:
    """Return the root of the document, and what broke it off, empty if nothing did.

    Of a broken document the tree is there as far as it went: elements that were not ended say so.
    """
    growing = _Growing()
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = True
    parser.UseForeignDTD(True)  # nothing is fetched; unknown entities are told instead of refused
    parser.StartElementHandler = growing.start
    parser.EndElementHandler = growing.end
    parser.CharacterDataHandler = growing.say
    parser.SkippedEntityHandler = growing.skip
    parser.EntityDeclHandler = _refuse_entities
    try:
        for chunk, is_last in texts_in(BytesIO(content)):
            parser.Parse(chunk.encode("utf-8", "replace"), is_last)
    except expat.ExpatError as error:
        return growing.root, f"line {error.lineno}, column {error.offset}: {error}"
    except (SourceBroken, UnicodeError) as error:  # the second from encodings that nobody would write in
        return growing.root, f"line {parser.CurrentLineNumber}: {error}"
    return growing.root, ""
