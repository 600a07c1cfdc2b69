"""Takes the disguises off a text, and counts how much there was to take off: that tells more than the words do."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from tribuna.learning.lookalikes import BOXED, LEET, LOOKALIKES, REGIONAL

_TOKEN = re.compile(r"\S+")
_TOKEN_WITH_FIGURE = re.compile(r"(?<!\S)\S*?[013457@$!€£]\S*")
_ADDRESS = re.compile(r"://|www\.|@\w+\.|\w\.\w{2,}/")
# "f r e e", "v.i.a.g.r.a", "c-l-i-c-k": single letters with the same thing between them; two blanks part the words.
_SPACED = re.compile(r"(?<![\w.])\w(?:([ ._*|~-])\w){3,}(?!\w)")
_ORDINAL = re.compile(
    r"\d+(?:st|nd|rd|th|s|k|m|km|kg|mb|gb|am|pm|h|g|p|e|x|th|er|os?|as?|º|ª|€|\$|£|!)*[!.,:;?)]*", re.IGNORECASE
)
_LEET = re.compile(r"[^\W\d_]*[013457@$!€£]+[^\W\d_][\w@$!€£]*")
_FIGURE = re.compile(r"[013457@$!€£]")
_NO_LEET = re.compile(r"[2689]|^\d\d|\d{5}|!!")  # codes, "4000dollars", "Great!!!She"
_SURELY_LEET = 2  # words
_SINGLES = 8  # letters that stand alone
_OVERRIDE, _POP = "\u202e", "\u202c"
_REVERSED = re.compile(f"{_OVERRIDE}([^{_POP}\n]*){_POP}?")
_BITS = re.compile(
    r"(?<=[A-Za-z0-9])[\u00ad\u034f\u115f\u1160\u180e\u200b-\u200f\u2060-\u2064\u3164\ufeff\ufe00-\ufe0f]+(?=[A-Za-z0-9])"
)
_MARKS = re.compile(r"[\u0300-\u036f\u0489\u20d0-\u20ff]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is meant, with how many of its characters were disguised in which way."""

    text: str  # case and accents kept
    lookalikes: int  # letters of other scripts in Latin words
    fancy: int  # mathematical, circled, wide and boxed letters
    hidden: int  # characters without width inside words, and directions turned round
    marks: int  # stacks of combining marks
    spaced: int  # letters with something between each two
    leet: int  # figures and signs for letters

    @property
    def total(self) -> int:
        """Return how many characters were disguised in all."""
        return self.lookalikes + self.fancy + self.hidden + self.marks + self.spaced + self.leet


@lru_cache(maxsize=128)  # several judges look at the same text, one after the other
def fold(text: str) -> Folded:
    """Return *text* as a reader takes it, and the amount of each disguise."""
    if text.isascii():
        despaced, spaced = _despace(text)
        plain, leet = _unleet(despaced)
        return Folded(plain, 0, 0, 0, 0, spaced, leet)
    shown, hidden = _uncover(text)
    latin, fancy = _plain_letters(shown)
    bare, marks = _without_marks(latin)
    own, lookalikes = _without_lookalikes(bare)
    despaced, spaced = _despace(own)
    plain, leet = _unleet(despaced)
    return Folded(plain, lookalikes, fancy, hidden, marks, spaced, leet)


def _uncover(text: str) -> tuple[str, int]:
    turned = _REVERSED.sub(lambda found: found[1][::-1], text)
    amount = text.count(_OVERRIDE)
    turned, bits = _BITS.subn("", turned)
    shown = "".join(character for character in turned if unicodedata.category(character) != "Cf")
    return shown, amount + bits


def _plain_letters(text: str) -> tuple[str, int]:
    composed = unicodedata.normalize("NFKC", text)
    fancy = sum(
        1
        for character in text
        if not character.isascii() and (known := unicodedata.normalize("NFKC", character)).isascii() and known.isalnum()
    )
    flags = re.compile(f"[{chr(REGIONAL.start)}-{chr(REGIONAL.stop - 1)}]{{1,3}}")
    boxed = sum(ord(character) in BOXED and ord(character) not in REGIONAL for character in composed)
    runs = sum(
        len(run) for run in re.findall(f"[{chr(REGIONAL.start)}-{chr(REGIONAL.stop - 1)}]+", composed) if len(run) > 3
    )
    if not boxed and not runs:
        return composed, fancy
    kept = composed if runs else flags.sub(" ", composed)
    return kept.translate(BOXED), fancy + boxed + runs


def _without_marks(text: str) -> tuple[str, int]:
    """Accents that belong to a letter were composed with it; what is left over hangs on for show."""
    bare, marks = _MARKS.subn("", text)
    return bare, marks


def _without_lookalikes(text: str) -> tuple[str, int]:
    """A word that mixes scripts is Latin. So is one of look-alikes only, unless the text is truly in their script."""
    strange = [character for character in text if character.isalpha() and _is_strange(character)]
    if not strange:
        return text, 0
    honest = sum(ord(character) not in LOOKALIKES for character in strange)
    is_foreign = honest > 0.2 * len(strange)
    amount = 0

    def latin(found: re.Match[str]) -> str:
        nonlocal amount
        word = found.group()
        alike = sum(ord(character) in LOOKALIKES for character in word)
        if not alike or (is_foreign and not any(c.isascii() and c.isalpha() for c in word)):
            return word
        amount += alike
        return word.translate(LOOKALIKES)

    return _TOKEN.sub(latin, text), amount


def _is_strange(character: str) -> bool:
    """Say whether a letter is none that Latin languages write: those have names of their own in Unicode."""
    return not character.isascii() and (
        ord(character) in LOOKALIKES or not unicodedata.name(character, "").startswith("LATIN ")
    )


def _despace(text: str) -> tuple[str, int]:
    pieces = text.split()
    single = sum(len(piece) == 1 for piece in pieces)
    if single >= _SINGLES and single > 0.6 * len(pieces):  # all of it: two blanks part the words
        return " ".join("".join(word.split()) for word in re.split(r"\s{2,}", text.strip())), single
    amount = 0

    def joined(found: re.Match[str]) -> str:
        nonlocal amount
        run = found.group()
        if len({*run[1::2]}) > 1 or not sum(c.isalpha() for c in run[::2]) > len(run) // 4:
            return run
        amount += len(run) // 2 + 1
        return run[::2]

    return _SPACED.sub(joined, text), amount


def _unleet(text: str) -> tuple[str, int]:
    plain, words, signs = _letters_for_figures(text, _LEET, letters_minimum=2)
    if words >= _SURELY_LEET:  # then "th15" and "0f" are no codes
        plain, words, signs = _letters_for_figures(text, _FIGURE, letters_minimum=1)
    return plain, signs


def _letters_for_figures(text: str, pattern: re.Pattern[str], *, letters_minimum: int) -> tuple[str, int, int]:
    """Return *text* as it is meant, in how many words *pattern* found figures for letters, and how many figures."""
    words, signs = 0, 0

    def meant(found: re.Match[str]) -> str:
        nonlocal words, signs
        word = found.group()
        core = word.rstrip("!.,:;?)\"'")
        if not pattern.search(core) or _ORDINAL.fullmatch(core) or _ADDRESS.search(core) or core[0] in "@#":
            return word
        if sum(c.isalpha() for c in core) < letters_minimum or _NO_LEET.search(core):
            return word
        words += 1
        signs += sum(c in "013457@$!€£" for c in core)
        return core.translate(LEET) + word[len(core) :]

    return _TOKEN_WITH_FIGURE.sub(meant, text), words, signs
