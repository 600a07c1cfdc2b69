"""A text stripped of its disguises: what judges compare, whoever typed it and however."""

from __future__ import annotations

import unicodedata

from tribuna.core.signing import keyed_hashes

# Cyrillic and Greek letters that can't be told from Latin ones by eye (after Unicode's confusables.txt, UTS 39).
_LOOKALIKES = str.maketrans(
    "АВЕІЈКМНОРСТХЅУаеіјорсхѕуһԁԛԝԌΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινα",  # noqa: RUF001
    "ABEIJKMHOPCTXSYaeijopcxsyhdqwGABEZHIKMNOPTYXoiva",
)
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)


def unmask_text(text: str) -> str:
    """Return *text* in compatibility form (NFKC, UAX 15), without invisible characters, look-alikes made Latin."""
    if text.isascii():
        return text
    shown = (
        character
        for character in unicodedata.normalize("NFKC", text)
        if unicodedata.category(character) != "Cf" and ord(character) not in _VARIATION_SELECTORS
    )
    return "".join(shown).translate(_LOOKALIKES)


def fold_text(text: str) -> str:
    """Return *text* unmasked, without case and accents, each run of white space one blank.

    Two texts that a reader takes for the same are equal when folded. Vowel signs that carry meaning are kept.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    apart = unicodedata.normalize("NFKD", unmask_text(text).casefold())
    return " ".join("".join(character for character in apart if not unicodedata.combining(character)).split())


def text_digests(folded: str) -> list[str]:
    """Return 64 hex digits by which a *folded* text is recognised without being kept: today's, then older keys'."""
    return keyed_hashes("moderation.trace", folded)
