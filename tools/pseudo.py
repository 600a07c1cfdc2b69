"""A language nobody speaks: each piece of a message stands in ⟦ ⟧, so that words which never met translation show."""

from __future__ import annotations

import re
from collections.abc import Iterable

from babel.messages.catalog import Catalog

from tools.messages import Book

OPENING, CLOSING = "⟦", "⟧"
_KEPT = re.compile(r"(<[^>]*>|&\w+;|%%|%\(\w+\)[sdif]|%[sdif]|\{\w*\})")


def pseudo(message: str) -> str:
    """Return *message* with every run of words in ⟦ ⟧; tags, entities and placeholders stay as they are."""
    pieces = _KEPT.split(message)
    return "".join(
        f"{OPENING}{piece}{CLOSING}" if index % 2 == 0 and any(map(str.isalpha, piece)) else piece
        for index, piece in enumerate(pieces)
    )


def pseudo_catalogue(catalogues: Iterable[Catalog], language: str) -> Book:
    """Return a catalogue that says every message of *catalogues* in the pseudo-language, filed under *language*."""
    book = Book(locale=language)
    for catalogue in catalogues:
        for message in catalogue:
            if message.id:
                _say(book, message.id, message.context)
    return book


def _say(book: Book, said: str | Iterable[str], context: str | None) -> None:
    if isinstance(said, str):
        book.add(said, pseudo(said), context=context)
    else:
        singular, plural = said
        strings = (pseudo(singular), *[pseudo(plural)] * (book.num_plurals - 1))
        book.add((singular, plural), strings, context=context)
