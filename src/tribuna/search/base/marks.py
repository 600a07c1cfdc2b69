"""Marks what was found in a text. What comes out is HTML: everything in it but the marks is escaped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from html import escape
from unicodedata import normalize

from django.utils.safestring import SafeString

from tribuna.search.base.words import WORD, stem

SNIPPET_WORDS = 36
_LEAD_WORDS = 6  # before the first hit


def marked(text: str, stems: Container[str], language: str) -> SafeString:
    """Return *text*, which is in *language*, with a <mark> around each word that has one of *stems*."""
    text = normalize("NFC", text)
    pieces, end = [], 0
    for word in WORD.finditer(text):
        if stem(word[0], language) in stems:
            pieces += [escape(text[end : word.start()]), f"<mark>{escape(word[0])}</mark>"]
            end = word.end()
    return SafeString("".join(pieces) + escape(text[end:]))


def snippet(text: str, stems: Container[str], language: str) -> SafeString:
    """Return the part of *text* with the most different hits in it, marked; nothing where there is no hit."""
    text = normalize("NFC", text)
    words = list(WORD.finditer(text))
    hits = [(place, found) for place, word in enumerate(words) if (found := stem(word[0], language)) in stems]
    if not hits:
        return SafeString("")
    begin = max(_fullest(hits) - _LEAD_WORDS, 0)
    end = min(begin + SNIPPET_WORDS, len(words))
    part = text[words[begin].start() : words[end - 1].end()]
    tail = re.match(r"[^\w\s]*", text[words[end - 1].end() :])
    close = "…" if end < len(words) else escape(tail[0] if tail else "")
    return SafeString(f"{'…' if begin else ''}{marked(part, stems, language)}{close}")


def _fullest(hits: list[tuple[int, str]]) -> int:
    """Return the place of the hit with which the part with the most different ones begins; the first of equals."""
    best, best_place, first = 0, hits[0][0], 0
    inside: Counter[str] = Counter()
    for place, found in hits:
        inside[found] += 1
        while place - hits[first][0] > SNIPPET_WORDS - _LEAD_WORDS:
            inside[hits[first][1]] -= 1
            inside += Counter()
            first += 1
        if len(inside) > best:
            best, best_place = len(inside), hits[first][0]
    return best_place
