"""What the benchmark's stories and comments say: invented words, the same at every run, that compress as prose does."""

from __future__ import annotations

import random
from functools import cache
from itertools import product

PARAGRAPHS = 8
PARAGRAPH_WORDS = 85
COMMENT_WORDS = 30
SENTENCE_WORDS = 14
_BEGINNINGS = [
    "b",
    "br",
    "c",
    "ch",
    "d",
    "f",
    "g",
    "gr",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "w",
]
_MIDDLES = ["a", "e", "i", "o", "ai", "ea", "ou"]
_ENDS = ["n", "r", "s", "l", "m", "nd", "st", "y"]
_KNOWN = 1_200  # words; the first are said most, as in any language


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    words = ["".join(parts) for parts in product(_BEGINNINGS, _MIDDLES, _ENDS)]
    random.Random(1).shuffle(words)
    pairs = random.Random(2).sample(words, 400)
    known = [*words[: _KNOWN - 200], *(first + second for first, second in zip(pairs[::2], pairs[1::2], strict=True))]
    random.Random(3).shuffle(known)
    return known, [1 / (rank + 3) for rank in range(len(known))]


def prose(seed: object, words: int) -> str:
    """Return *words* words in sentences, always the same ones for a *seed*."""
    known, weights = _vocabulary()
    return _sentences(random.Random(str(seed)).choices(known, weights, k=words))


def _sentences(said: list[str]) -> str:
    sentences = [said[at : at + SENTENCE_WORDS] for at in range(0, len(said), SENTENCE_WORDS)]
    return " ".join(" ".join(sentence).capitalize() + "." for sentence in sentences)


# The words that are said most in English, the first of them most often (Zipf).
_ENGLISH = (
    "the a of to and in that it is was for on as with by this from or had not but what all were when there an said "
    "if each about how up out them then many some so these would other into has more two like him see time could no "
    "than first been who now people over did down only way may water long little very after words where most know "
    "through back much before good new write too any day same right think also around another came come work three "
    "word must because does part even place well such here why things help put years different away again off went "
    "old number great men say small every found still between name should big air line set own under read last "
    "never left end along while might next sound below saw something thought both few those always large often "
    "together asked house world going school until form food keep children feet land side without boy once animals "
    "life enough sometimes four head above kind began almost page got earth far hand high year mother light parts "
    "country father night picture being second eyes soon times story since white days ever paper hard near sentence "
    "better across during today others however sure means knew try told young miles sun hear several answer room "
    "sea against top turned learn point city play toward five using himself"
)


def english(seed: object, words: int) -> str:
    """Return *words* words in sentences, which judges take for a comment in English; hardly any two are alike."""
    known = _ENGLISH.split()
    weights = [1 / (rank + 3) for rank in range(len(known))]
    return _sentences(random.Random(str(seed)).choices(known, weights, k=words))


def paragraphs(story: int) -> list[str]:
    """Return what *story* says."""
    return [prose(f"story {story} {place}", PARAGRAPH_WORDS) for place in range(PARAGRAPHS)]


def remark(number: int) -> str:
    """Return what comment *number* says: two paragraphs."""
    return "\n\n".join(prose(f"comment {number} {place}", COMMENT_WORDS // 2) for place in range(2))


def answered(number: int) -> int:
    """Return how many places before comment *number* the one stands that it answers; 0 for two roots of five."""
    return {2: 1, 3: 1, 4: 3}.get(number % 5, 0)
