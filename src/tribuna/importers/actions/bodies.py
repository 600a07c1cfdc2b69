"""What a body of HTML becomes: the blocks of a story, and what there is to say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_noop

from tribuna.core.markup import (
    Embed,
    Gallery,
    Heading,
    Lost,
    Picture,
    Piece,
    Quote,
    Table,
    Text,
    is_safe_address,
    pieces_of,
)
from tribuna.core.mojibake import mended
from tribuna.importers.base import MENDED, Article, Note
from tribuna.newsroom.blocks import film_at

type Block = dict[str, Any]

ALT_CHARACTERS = 255
PICTURE_ELSEWHERE = gettext_noop("A picture did not come; a link to where it was stands in its place.")
FORM_CHANGED = gettext_noop("The form of these was not kept; their words were.")
LEFT_OUT = gettext_noop("This was left out of the text.")
EMBED_AS_LINK = gettext_noop("An embedded page became a link.")

_is_address = URLValidator(schemes=["http", "https"])


def body_pieces(record: Article) -> tuple[list[Piece], list[Note]]:
    """Return what the body of *record* is made of, and what could not be kept of its text."""
    html = mended(record.html)
    notes = [Note(MENDED, is_lost=False)] if html != record.html else []
    pieces = pieces_of(html, breaks=record.breaks)
    forms = Counter(piece.name for piece in pieces if isinstance(piece, Lost) and piece.is_form)
    if forms:
        notes.append(Note(FORM_CHANGED, ", ".join(f"{n} {name}" for name, n in sorted(forms.items())), is_lost=False))
    notes += [Note(LEFT_OUT, p.name, p.original) for p in pieces if isinstance(p, Lost) and not p.is_form]
    return [piece for piece in pieces if not isinstance(piece, Lost)], notes


def addresses_in(pieces: Iterable[Piece]) -> Iterator[str]:
    """Yield where the pictures in *pieces* stood."""
    for piece in pieces:
        if isinstance(piece, Picture):
            yield piece.src
        elif isinstance(piece, Gallery):
            yield from (picture.src for picture in piece.pictures)


def blocks_of(pieces: Iterable[Piece], pictures: Mapping[str, int]) -> tuple[list[Block], list[Note]]:
    """Return the blocks for *pieces*, with the *pictures* that came, by their old addresses."""
    blocks: list[Block] = []
    notes: list[Note] = []
    for piece in pieces:
        for kind, value in _values(piece, pictures, notes):
            if kind == "paragraph" and blocks and blocks[-1]["type"] == "paragraph":
                blocks[-1]["value"] += value
            else:
                blocks.append({"type": kind, "value": value, "id": str(uuid4())})
    return blocks, notes


def _values(  # noqa: C901 - a line for each piece
    piece: Piece, pictures: Mapping[str, int], notes: list[Note]
) -> Iterator[tuple[str, Any]]:
    match piece:
        case Text(html):
            yield "paragraph", html
        case Heading(text):
            yield "heading", text
        case Quote(text, attribution):
            yield "quote", {"text": text, "attribution": attribution}
        case Table(rows, has_head):
            yield "table", _table(rows, has_head=has_head)
        case Embed(url, title):
            yield _embed(url, title, notes)
        case Picture():
            yield _picture(piece, pictures, notes)
        case Gallery(shown):
            yield from _gallery(shown, pictures, notes)
        case Lost():  # pragma: no cover - taken out by body_pieces
            pass


def _picture(picture: Picture, pictures: Mapping[str, int], notes: list[Note]) -> tuple[str, Any]:
    pk = pictures.get(picture.src)
    if pk is not None:
        return "image", _shown(picture, pk)
    notes.append(Note(PICTURE_ELSEWHERE, original=picture.src))
    words = picture.caption or picture.alt or PurePosixPath(_path(picture.src)).name or picture.src
    return "paragraph", _link(picture.src, words)


def _path(src: str) -> str:
    try:
        return urlsplit(src).path
    except ValueError:
        return src


def _shown(picture: Picture, pk: int) -> dict[str, Any]:
    return {"image": pk, "alt": mended(picture.alt)[:ALT_CHARACTERS], "caption": picture.caption}


def _gallery(shown: tuple[Picture, ...], pictures: Mapping[str, int], notes: list[Note]) -> Iterator[tuple[str, Any]]:
    came = [each for each in shown if each.src in pictures]
    if len(came) > 1:
        values = [_shown(each, pictures[each.src]) for each in came]
        yield "gallery", [{"type": "item", "value": value, "id": str(uuid4())} for value in values]
    for each in shown:
        if len(came) < 2 or each.src not in pictures:
            yield _picture(each, pictures, notes)


def _embed(url: str, title: str, notes: list[Note]) -> tuple[str, Any]:
    """A video, or any page, at an address that the editor would take; else a link."""
    try:
        _is_address(url)
        film = film_at(url)
    except (ValidationError, ValueError):
        film = None
    if film is not None and (film.player or film.host not in {"YouTube", "Vimeo"}):
        return "embed", {"url": url, "title": title or film.host}
    notes.append(Note(EMBED_AS_LINK, original=url, is_lost=False))
    return "paragraph", _link(url, title or url)


def _link(url: str, words: str) -> str:
    words = escape(words, quote=False)
    return f'<p><a href="{escape(url)}">{words}</a></p>' if is_safe_address(url) else f"<p>{words}</p>"


def _table(rows: tuple[tuple[str, ...], ...], *, has_head: bool) -> dict[str, Any]:
    head, body = (rows[0], rows[1:]) if has_head else (("",) * len(rows[0]), rows)
    return {
        "columns": [{"type": "text", "heading": cell} for cell in head],
        "rows": [{"values": list(row)} for row in body],
        "caption": "",
    }
