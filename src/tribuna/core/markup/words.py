"""Plain text out of HTML, for what is shown as it was typed."""

from __future__ import annotations

import re
from html import unescape

from tribuna.core.markup.pieces import Embed, Gallery, Heading, Picture, Piece, Quote, Table, Text
from tribuna.core.markup.reader import pieces_of

_ANCHOR = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_BLANK_LINES = re.compile(r"\n{3,}")
_TEXT_TAGS = (("<br/>", "\n"), ("</p>", "\n\n"), ("<li>", "\n- "), ("</ul>", "\n"), ("</ol>", "\n"))


def text_of(html: str, *, breaks: bool = False) -> str:
    """Return *html* as plain text: paragraphs apart by an empty line, the address of a link behind its words."""
    return _BLANK_LINES.sub("\n\n", "\n\n".join(filter(None, map(_words, pieces_of(html, breaks=breaks)))))


def _words(piece: Piece) -> str:
    match piece:
        case Text(html):
            return _plain(html)
        case Quote(words, attribution):
            return "\n".join(f"> {line}" for line in [*words.split("\n"), attribution] if line)
        case Heading(words) | Embed(words, _):
            return words
        case Picture(src, alt, _):
            return " ".join(filter(None, (alt, src)))
        case Gallery(pictures):
            return "\n".join(map(_words, pictures))
        case Table(rows, _):
            return "\n".join(" | ".join(row) for row in rows)
        case _:  # lost
            return ""


def _plain(html: str) -> str:
    html = _ANCHOR.sub(_link_words, html)
    for tag, words in _TEXT_TAGS:
        html = html.replace(tag, words)
    return unescape(re.sub(r"</?\w+>", "", html)).strip()


def _link_words(found: re.Match[str]) -> str:
    """The address behind the words, unless it is the words or leads nowhere outside."""
    address, words = found[1], found[2]
    return words if address in words or not address.startswith("http") else f"{words} ({address})"
