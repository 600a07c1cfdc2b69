"""Cleans what strangers type, and makes HTML of it: what comes out is safe to show, and short of no language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from unicodedata import bidirectional, category, normalize
from urllib.parse import quote, urlsplit

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# Accents, vowel signs and points above and below one letter. Hebrew with cantillation and Burmese need four.
MAX_MARKS = 4
MAX_DIGITS = 18  # every number of as many fits the 64 bits of a database's id

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028]")
_BLANKS = dict.fromkeys(map(ord, "\t\u2800\u3164\uffa0"), " ")
_BLANK_LINES = re.compile(r"\n{3,}")

# Most texts are of these alone: letters of Europe's Latin alphabets, what stands between them, signs of currencies. In
# them there is nothing to clean but blanks, and to look at each character takes twenty times as long.
_PLAIN = re.compile("[\n !-~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u203b\u20a0-\u20bf]*")

_PAST_FLAG = re.compile("(?<=[\U000e0020-\U000e007f]{6})[\U000e0020-\U000e007f]+")
# Scripts whose letters join or stack, so that their writers need the joiner and the non-joiner; Thai and its neighbours
# are written without spaces and break lines at the zero-width one. Ranges after the Unicode block list.
_JOINING = re.compile(
    "[\u0600-\u0dff\u1000-\u109f\u1780-\u18af\u1a20-\u1cff\ua840-\ua8ff\ua980-\ua9df\uaa60-\uaa7f\uabc0-\uabff"
    "\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00010fff\U00011000-\U00011fff\U0001e900-\U0001e95f]"
)
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf]")
_PICTURE = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")  # asks for a picture; changes its skin

_DIRECTION_MARKS = frozenset("\u061c\u200e\u200f")
_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_TAGS = frozenset(map(chr, range(0xE0020, 0xE0080)))
_WRITTEN = frozenset(map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)))
_UNSEEN_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5")

_URL = re.compile(r"https?://[^\s<>\"“”„«»]+", re.IGNORECASE)
_AFTER_URL = ".,:;!?'\u2019…*_~\u3001\u3002\uff0c\uff01\uff1f\uff1b\uff1a"  # also the Chinese and Japanese ones
_NOT_IN_URL = re.compile(r"[\[\]^`{|}\\]|%(?![0-9A-Fa-f]{2})")


def clean_text(raw: str) -> str:
    """Return *raw* in NFC (UAX 15), with plain line ends and at most one blank line, as it is meant to be seen.

    Gone are control, private and invisible characters, everything that turns the direction of other people's text
    (UAX 9), and accents heaped on one letter. What writing needs stays: joiners in Persian and Hindi, emoji sequences,
    direction marks among right-to-left letters. Cleaning twice changes nothing more.
    """
    if _PLAIN.fullmatch(raw):
        return _without_gaps(raw)
    cleaned = ""
    while cleaned != raw:
        cleaned, raw = raw, _cleaned_once(raw)
    return cleaned


def clean_line(raw: str) -> str:
    """Return *raw* cleaned, as one line with single spaces."""
    return " ".join(clean_text(raw).split())


def whole_number(text: str) -> int | None:
    """Return the id or number that *text* is: ASCII digits, ``MAX_DIGITS`` at most. None for anything else."""
    return int(text) if len(text) <= MAX_DIGITS and text.isascii() and text.isdigit() else None


def render_text(text: str) -> SafeString:
    """Return clean *text* as HTML: paragraphs, line breaks, links for http and https addresses; all else is text."""
    paragraphs = (paragraph for paragraph in text.split("\n\n") if paragraph)
    return mark_safe("".join(f"<p>{_linked(paragraph)}</p>" for paragraph in paragraphs))  # noqa: S308 - escaped below


def _cleaned_once(text: str) -> str:
    text = _LINE_ENDS.sub("\n", text.replace("\u2029", "\n\n")).translate(_BLANKS)
    text = "".join(_without_heaps(normalize("NFC", "".join(_without_unseen(text)))))
    return _without_gaps(_PAST_FLAG.sub("", text))


def _without_gaps(text: str) -> str:
    """Return *text* without blanks around its lines, and at most one blank line between two."""
    text = "\n".join(line.strip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip("\n")


def _without_unseen(text: str) -> Iterator[str]:
    right_to_left = any(bidirectional(char) in {"R", "AL"} and category(char)[0] == "L" for char in text)
    before = "\n"
    for char, after in pairwise(f"{text}\n"):
        if char in _DIRECTION_MARKS:
            keep = right_to_left
        elif char in _SELECTORS:
            keep = category(before)[0] in "LNPS"
        elif char in _UNSEEN_LETTERS or (ord(char) & 0xFFFE) == 0xFFFE or "\ufdd0" <= char <= "\ufdef":
            keep = False
        else:
            keep = char == "\n" or category(char)[0] != "C" or _is_needed(char, before, after)
        if keep:
            before = char
            yield char


def _is_needed(char: str, before: str, after: str) -> bool:
    """Say whether a character that can't be seen changes how its neighbours are written."""
    if char == "\u200d" and (category(before) == "So" or _PICTURE.match(before)):
        return category(after) in {"So", "Sm"}
    if char in "\u200c\u200d\u180e":
        return bool(_JOINING.match(before))
    if char == "\u200b":
        return bool(_SPACELESS.match(before))
    if char in _TAGS:
        return before == "\U0001f3f4" or before in _TAGS
    return char in _WRITTEN or category(char) == "Cn"


def _without_heaps(text: str) -> Iterator[str]:
    marks = MAX_MARKS  # no letter to stand on
    for char in text:
        kind = category(char)
        if kind in {"Mn", "Me"}:
            marks += 1
        elif kind != "Cf":
            marks = MAX_MARKS if char == "\n" else 0
        if kind not in {"Mn", "Me"} or marks <= MAX_MARKS:
            yield char


def _linked(text: str) -> str:
    pieces, end = [], 0
    for match in _URL.finditer(text):
        url = _trimmed(match[0])
        if _leads_somewhere(url):
            pieces += [escape(text[end : match.start()]), _anchor(url)]
            end = match.start() + len(url)
    pieces.append(escape(text[end:]))
    return "".join(pieces).replace("\n", "<br>")


def _trimmed(url: str) -> str:
    """Return *url* without the punctuation of the sentence it stands in."""
    while True:
        bare = url.rstrip(_AFTER_URL)
        closing = len(bare) - len(bare.rstrip(")"))
        surplus = min(closing, max(bare.count(")") - bare.count("("), 0))
        bare = bare[: len(bare) - surplus]
        if bare == url:
            return url
        url = bare


def _leads_somewhere(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    # A name before the host is there to be taken for the host.
    return "@" not in parts.netloc and "." in (parts.hostname or "").strip(".")


def _anchor(url: str) -> str:
    href = _NOT_IN_URL.sub(lambda found: quote(found[0], safe=""), url)
    return f'<a href="{escape(href)}" rel="nofollow ugc noopener">{escape(url)}</a>'
