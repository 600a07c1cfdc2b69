"""The words of a text and what they are spelled with, as places in a fixed table of numbers (the hashing trick)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

BUCKETS = 1 << 18
_LAST = BUCKETS - 1  # of the places: they are the last bits of a checksum
LENGTHS = (3, 4, 5)
WORD_MAXIMUM = 24  # longer ones are addresses and noise; their beginning will do
type Buckets = npt.NDArray[np.int32]


@lru_cache(maxsize=20_000)
def spelling(word: str) -> Buckets:
    """Return the places of the runs of letters in *word*, its beginning and its end among them."""
    framed = f"<{word[:WORD_MAXIMUM]}>"
    runs = [framed[at : at + length] for length in LENGTHS for at in range(len(framed) - length + 1)]
    return np.array([crc32(run.encode()) & _LAST for run in runs], np.int32)


def word_places(words: Sequence[str]) -> list[int]:
    """Return for each word the place of the word itself and of the pair it makes with the one before: two a word."""
    before = ["^", *words]
    pairs = zip(before, words, strict=False)
    return [crc32(run.encode()) & _LAST for first, word in pairs for run in (f" {word}", f"{first} {word}")]
