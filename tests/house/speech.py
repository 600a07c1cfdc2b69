"""What a page says, and in which language each word of it claims to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

SPOKEN_ATTRIBUTES = {"alt", "title", "aria-label", "aria-description", "aria-roledescription", "placeholder", "label"}
SPOKEN_META = {"description", "og:title", "og:description", "og:site_name", "og:image:alt", "twitter:title"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SILENT = {"script", "style", "template"}


@dataclass(frozen=True)
class Saying:
    """A text node or an attribute that somebody reads or hears: its words, its language and where it was."""

    text: str
    language: str
    place: str


@dataclass
class _Element:
    tag: str
    language: str
    silent: bool


@dataclass
class Speech(HTMLParser):
    """Collects everything a page says."""

    sayings: list[Saying] = field(default_factory=list)
    _open: list[_Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        above = self._open[-1] if self._open else _Element("", "", silent=False)
        here = _Element(tag, values.get("lang", above.language), above.silent or tag in SILENT)
        for name, text in _spoken(tag, values):
            self._say(text, here.language, f"{name} of <{tag}>")
        if tag not in VOID:
            self._open.append(here)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        here = self._open[-1] if self._open else _Element("", "", silent=False)
        if not here.silent:
            self._say(data, here.language, " ".join(f"<{element.tag}>" for element in self._open[-3:]))

    def _say(self, text: str, language: str, place: str) -> None:
        if plain(text):
            self.sayings.append(Saying(plain(text), language, place))


def _spoken(tag: str, values: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield from ((name, values[name]) for name in sorted(SPOKEN_ATTRIBUTES & set(values)))
    yield from ((name, text) for name, text in values.items() if name.startswith("data-") and " " in text)
    if tag == "meta" and values.get("name", values.get("property", "")) in SPOKEN_META:
        yield "content", values.get("content", "")
    if tag == "input" and values.get("type") in {"submit", "button", "reset"}:
        yield "value", values.get("value", "")


def sayings(html: str) -> list[Saying]:
    """Return everything that *html* says, in order."""
    speech = Speech()
    speech.feed(html)
    speech.close()
    return speech.sayings


def plain(text: str) -> str:
    """Return *text* with single, ordinary spaces."""
    return " ".join(text.split())


def letters(text: str) -> str:
    """Return *text* without what has no letters: figures, punctuation, symbols."""
    return " ".join(re.findall(r"[^\W\d_]+", text))
