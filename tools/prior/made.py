"""Made-up comments to learn from: spam and honest ones, by grammars of our own, disguised as spammers do it."""

from __future__ import annotations

import random
from pathlib import Path

from tools.prior.disguises import disguised
from tools.prior.grammar import Grammar

FOLDER = Path(__file__).parent
LANGUAGES = {"en": 10, "es": 3, "fr": 1, "pt": 1}  # and how much of each
SEED = 20


def made(count: int, *, seed: int = SEED) -> list[tuple[str, int]]:
    """Return *count* texts, each with 1 for spam or 0, in no order. The same *seed* makes the same ones."""
    chance = random.Random(seed)
    grammars = {(kind, code): Grammar(FOLDER / f"{kind}.{code}.txt") for kind in ("ham", "spam") for code in LANGUAGES}
    codes = chance.choices(list(LANGUAGES), list(LANGUAGES.values()), k=count)
    kinds = chance.choices(("ham", "spam"), k=count)
    return [
        (_written(grammars[kind, code].say(kind, chance), kind, chance), int(kind == "spam"))
        for kind, code in zip(kinds, codes, strict=True)
    ]


def _written(text: str, kind: str, chance: random.Random) -> str:
    """As people type: capitals or none, a stop or none; some spam hides."""
    style = chance.random()
    if style < 0.6:
        text = ". ".join(part[:1].upper() + part[1:] for part in text.split(". "))
    elif style < 0.63:
        text = text.upper()
    if chance.random() < 0.15:
        text = text.rstrip(".")
    if kind == "spam" and chance.random() < 0.12:
        text = disguised(text, chance)
    return text
