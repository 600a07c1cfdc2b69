"""How spammers hide words from machines, for texts to learn from."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

_HOMOGLYPHS = str.maketrans("aceopxysijABCEHKMOPTX", "асеорхуѕіјАВСЕНКМОРТХ")  # noqa: RUF001
_LEET = str.maketrans("aeios", "43105")


def homoglyphs(text: str) -> str:
    """Letters of Cyrillic for Latin ones."""
    return text.translate(_HOMOGLYPHS)


def hidden(text: str) -> str:
    """A character without width after each letter."""
    return "".join(f"{letter}\u200b" if letter.isalpha() else letter for letter in text)


def fancy(text: str) -> str:
    """Mathematical letters, bold."""
    return "".join(
        chr(0x1D41A + ord(c) - 97) if "a" <= c <= "z" else chr(0x1D400 + ord(c) - 65) if "A" <= c <= "Z" else c
        for c in text
    )


def wide(text: str) -> str:
    """Full-width letters."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def spaced(text: str) -> str:
    """A blank between each two letters, two between words."""
    return "  ".join(" ".join(word) for word in text.split())


def leet(text: str) -> str:
    """Figures for letters."""
    return text.translate(_LEET)


def stacked(text: str) -> str:
    """Marks above each letter."""
    return "".join(f"{c}\u0336\u0353" if c.isalpha() else c for c in unicodedata.normalize("NFC", text))


DISGUISES: dict[str, Callable[[str], str]] = {
    each.__name__: each for each in (homoglyphs, hidden, fancy, wide, spaced, leet, stacked)
}


def disguised(text: str, chance: random.Random) -> str:
    """Return *text* in one of the disguises, wholly or some of its words."""
    hide = chance.choice(list(DISGUISES.values()))
    share = chance.choice((1.0, 0.5, 0.2))
    return " ".join(hide(word) if chance.random() < share else word for word in text.split(" "))
