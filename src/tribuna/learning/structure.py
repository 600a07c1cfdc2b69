"""How a text is built: numbers that mean the same on every site, whatever it writes about."""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from string import ascii_letters, ascii_uppercase
from string import digits as ascii_digits

from tribuna.learning.addresses import LINK, links_in
from tribuna.learning.folding import Folded
from tribuna.learning.lexicons import LEXICONS

STRUCTURE = (
    "length", "sentence", "links", "link_share", "link_end", "markup", "contact", "numbers", "codes", "amounts",
    "capitals", "shouting", "exclaims", "questions", "marks", "symbols", "stretched", "repeated", "packed",
    "calls", "money", "vice", "self", "trade", "hurry", "flattery", "begging", "talk", "function",
    "alike", "fancy", "hidden", "spaced", "leet", "name",
)  # fmt: skip

_MARKUP = re.compile(r"</?[a-z][^>]{0,200}>|\[/?(?:url|img|b|link)\b|&[a-z]{2,6};", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+-]+@\w[\w-]*\.\w|(?<![\w.])@\w{3,}")
_PHONE = re.compile(r"\d[\d ().-]{6,}\d")
_AMOUNT = re.compile(r"[$€£¥₹]\s?\d|\d\s?(?:[$€£%]|usd|eur|euros?|dollars?|pounds?|p/|ppm)(?!\w)", re.IGNORECASE)
_CODE = re.compile(r"\b(?=\w*\d)(?=\w*[^\W\d])\w{3,}\b")
_STRETCHED = re.compile(r"(.)\1{3,}")
_LETTERS, _CAPITALS, _DIGITS = ascii_letters.encode(), ascii_uppercase.encode(), ascii_digits.encode()
_SIGNS = b"#*=|~_+<>^/\\&"
_FEW = 12  # characters, as though every text had so many more: "<3" and "+1" are not full of signs
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@lru_cache(maxsize=128)  # as ``fold``
def words_of(folded_text: str) -> tuple[str, ...]:
    """Return the words of a text that was folded, without capitals, accents and apostrophes."""
    apart = unicodedata.normalize("NFKD", folded_text.casefold()) if not folded_text.isascii() else folded_text.lower()
    bare = apart if apart.isascii() else "".join(c for c in apart if not unicodedata.combining(c))
    return tuple(" ".join(_WORD.findall(bare)).replace("'", "").replace("’", "").split())


def structure(folded: Folded, words: Sequence[str], *, name: str = "") -> list[float]:
    """Return a number for each of STRUCTURE. *words* are those of ``words_of``; *name* is what the author is called."""
    text = folded.text
    size, count = max(len(text), 1), max(len(words), 1)
    links = links_in(text)
    return [
        *_sizes(text, words),
        *_links(text, links, size),
        *_signs(LINK.sub(" ", text) if links else text, words, size, count),
        *(_rate(hits, count) for hits in _hits(words)),
        *(min(amount / size * 4, 1.0) + bool(amount) for amount in _disguises(folded)),
        float(bool(links_in(name))) + _commercial(name),
    ]


def _sizes(text: str, words: Sequence[str]) -> list[float]:
    sentences = max(len(re.findall(r"[.!?…]+(?:\s|$)", text)), 1)
    return [math.log1p(len(text)) / 7, math.log1p(len(words) / sentences) / 4]


def _links(text: str, links: Sequence[str], size: int) -> list[float]:
    share = sum(map(len, links)) / size
    ends = bool(links) and text.rstrip(" .!\n").endswith(links[-1].rstrip(" .!"))
    return [math.log2(1 + len(links)), share, float(ends), math.log2(1 + len(_MARKUP.findall(text)))]


def _signs(text: str, words: Sequence[str], size: int, count: int) -> list[float]:
    ascii_bytes, others = text.encode("ascii", "ignore"), [] if text.isascii() else [c for c in text if c > "\x7f"]
    letters = max(_among(ascii_bytes, _LETTERS) + sum(c.isalpha() for c in others), 1)
    upper = _among(ascii_bytes, _CAPITALS) + sum(c.isupper() for c in others)
    digits = _among(ascii_bytes, _DIGITS) + sum(c.isdigit() for c in others)
    # A number other than ASCII's may be one that is no digit ("½"), and still part of a code or a sum.
    has_numbers = digits > 0 or bool(others)
    shouted = sum(len(word) > 2 and word.isupper() for word in text.split()) if upper > 1 else 0
    symbols = sum(unicodedata.category(c) in {"So", "Sk"} for c in others) if others else 0
    packed = len(zlib.compress(text.encode())) / len(text.encode()) if size > 60 else 0.8
    return [
        float(("@" in text and bool(_ADDRESS.search(text))) or (has_numbers and bool(_PHONE.search(text)))),
        digits / (size + _FEW) * 3,
        min(len(_CODE.findall(text)) / (count + 1) * 4, 1.0) if has_numbers else 0.0,
        math.log2(1 + len(_AMOUNT.findall(text))) if has_numbers else 0.0,
        upper / letters,
        min(shouted / count * 2, 1.0) * (shouted > 1),
        math.log2(1 + text.count("!")) / 2,
        math.log2(1 + text.count("?")) / 2,
        min(_among(ascii_bytes, _SIGNS) / (size + _FEW) * 8, 2.0),
        math.log2(1 + symbols) / 2,
        math.log2(1 + len(_STRETCHED.findall(text))),
        1 - len(set(words)) / count if count > 8 else 0.0,
        max(0.0, 0.75 - packed) * 2,
    ]


def _among(text: bytes, characters: bytes) -> int:
    """Return how many of *characters* stand in *text*: ten times as fast as looking at each."""
    return len(text) - len(text.translate(None, characters))


def _lexicon() -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Return by phrase the places of the lexicons that have it, and by first word how many words such phrases have."""
    kinds, lengths = defaultdict[str, list[int]](list), defaultdict[str, set[int]](set)
    for place, phrases in enumerate(LEXICONS.values()):
        for phrase in phrases:
            kinds[phrase].append(place)
            lengths[phrase.partition(" ")[0]].add(phrase.count(" ") + 1)
    return dict(kinds), {word: sorted(found) for word, found in lengths.items()}


_KINDS, _LENGTHS = _lexicon()


def _hits(words: Sequence[str]) -> list[int]:
    hits = [0] * len(LEXICONS)
    for start, word in enumerate(words):
        for length in _LENGTHS.get(word, ()):
            run = words[start : start + length]
            if len(run) == length:
                for place in _KINDS.get(" ".join(run), ()):
                    hits[place] += 1
    return hits


def _rate(hits: int, count: int) -> float:
    """How often, in proportion, and whether at all: two hits in ten words are much."""
    return math.sqrt(hits / (count + 4)) + 0.1 * math.log1p(hits)


def _disguises(folded: Folded) -> list[int]:
    return [folded.lookalikes, folded.fancy, folded.hidden + folded.marks, folded.spaced, folded.leet]


def _commercial(name: str) -> float:
    words = words_of(name)
    return float(any(word in LEXICONS[kind] for word in words for kind in ("money", "vice", "trade")))
