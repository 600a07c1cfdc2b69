"""How a text is built: numbers that mean the same on every site, whatever it writes about."""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from collections.abc import Sequence

from tribuna.learning.addresses import LINK
from tribuna.learning.folding import Folded
from tribuna.learning.lexicons import LEXICONS

STRUCTURE = (
    "length", "sentence", "links", "link_share", "link_end", "markup", "contact", "numbers", "codes", "amounts",
    "capitals", "shouting", "exclaims", "questions", "marks", "symbols", "stretched", "repeated", "packed",
    "calls", "money", "vice", "self", "trade", "hurry", "flattery", "begging", "talk", "function",
    "alike", "fancy", "hidden", "spaced", "leet", "name",
)  # fmt: skip

_MARKUP = re.compile(r"</?[a-z][^>]{0,200}>|\[/?(?:url|img|b|link)\b|&[a-z]{2,6};", re.IGNORECASE)
_CONTACT = re.compile(r"[\w.+-]+@\w[\w-]*\.\w|(?<![\w.])@\w{3,}|\+?\d[\d ().-]{6,}\d")
_AMOUNT = re.compile(r"[$€£¥₹]\s?\d|\d\s?(?:[$€£%]|usd|eur|euros?|dollars?|pounds?|p/|ppm)(?!\w)", re.IGNORECASE)
_CODE = re.compile(r"\b(?=\w*\d)(?=\w*[^\W\d])\w{3,}\b")
_STRETCHED = re.compile(r"(.)\1{3,}")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def words_of(folded_text: str) -> list[str]:
    """Return the words of a text that was folded, without capitals, accents and apostrophes."""
    apart = unicodedata.normalize("NFKD", folded_text.casefold()) if not folded_text.isascii() else folded_text.lower()
    bare = apart if apart.isascii() else "".join(c for c in apart if not unicodedata.combining(c))
    return [word.replace("'", "").replace("’", "") for word in _WORD.findall(bare)]


def structure(folded: Folded, words: Sequence[str], *, name: str = "") -> list[float]:
    """Return a number for each of STRUCTURE. *words* are those of ``words_of``; *name* is what the author is called."""
    text = folded.text
    size, count = max(len(text), 1), max(len(words), 1)
    links = [found.group() for found in LINK.finditer(text)]
    return [
        *_sizes(text, words),
        *_links(text, links, size),
        *_signs(LINK.sub(" ", text) if links else text, words, size, count),
        *(_rate(hits, count) for hits in _hits(words)),
        *(min(amount / size * 4, 1.0) + bool(amount) for amount in _disguises(folded)),
        float(bool(LINK.search(name))) + _commercial(name),
    ]


def _sizes(text: str, words: Sequence[str]) -> list[float]:
    sentences = max(len(re.findall(r"[.!?…]+(?:\s|$)", text)), 1)
    return [math.log1p(len(text)) / 7, math.log1p(len(words) / sentences) / 4]


def _links(text: str, links: Sequence[str], size: int) -> list[float]:
    share = sum(map(len, links)) / size
    ends = bool(links) and text.rstrip(" .!\n").endswith(links[-1].rstrip(" .!"))
    return [math.log2(1 + len(links)), share, float(ends), math.log2(1 + len(_MARKUP.findall(text)))]


def _signs(text: str, words: Sequence[str], size: int, count: int) -> list[float]:
    letters = max(sum(c.isalpha() for c in text), 1)
    upper = sum(c.isupper() for c in text)
    shouted = sum(len(word) > 2 and word.isupper() for word in text.split())
    symbols = sum(unicodedata.category(c) in {"So", "Sk"} for c in text) if not text.isascii() else 0
    packed = len(zlib.compress(text.encode())) / len(text.encode()) if size > 60 else 0.8
    return [
        float(bool(_CONTACT.search(text))),
        sum(c.isdigit() for c in text) / size * 3,
        min(len(_CODE.findall(text)) / count * 4, 1.0),
        math.log2(1 + len(_AMOUNT.findall(text))),
        upper / letters,
        min(shouted / count * 2, 1.0) * (shouted > 1),
        math.log2(1 + text.count("!")) / 2,
        math.log2(1 + text.count("?")) / 2,
        min(sum(c in "#*=|~_+<>^/\\&" for c in text) / size * 8, 2.0),
        math.log2(1 + symbols) / 2,
        math.log2(1 + len(_STRETCHED.findall(text))),
        1 - len(set(words)) / count if count > 8 else 0.0,
        max(0.0, 0.75 - packed) * 2,
    ]


_LONGEST = max(phrase.count(" ") + 1 for phrases in LEXICONS.values() for phrase in phrases)


def _hits(words: Sequence[str]) -> list[int]:
    found = list(words)
    for length in range(2, _LONGEST + 1):
        found += [" ".join(words[start : start + length]) for start in range(len(words) - length + 1)]
    return [sum(phrase in phrases for phrase in found) for phrases in LEXICONS.values()]


def _rate(hits: int, count: int) -> float:
    """How often, in proportion, and whether at all: two hits in ten words are much."""
    return math.sqrt(hits / (count + 4)) + 0.1 * math.log1p(hits)


def _disguises(folded: Folded) -> list[int]:
    return [folded.lookalikes, folded.fancy, folded.hidden + folded.marks, folded.spaced, folded.leet]


def _commercial(name: str) -> float:
    words = words_of(name)
    return float(any(word in LEXICONS[kind] for word in words for kind in ("money", "vice", "trade")))
