"""The words of a text and what they are spelled with, as places in a fixed table of numbers (the hashing trick)."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

BUCKETS = 1 << 18
LENGTHS = (3, 4, 5)
WORD_MAXIMUM = 24  # longer ones are addresses and noise; their beginning will do
type Buckets = npt.NDArray[np.int32]


def bucket(text: str) -> int:
    """Return the place of *text*."""
    return zlib.crc32(text.encode()) & (BUCKETS - 1)


@lru_cache(maxsize=20_000)
def spelling(word: str) -> Buckets:
    """Return the places of the runs of letters in *word*, its beginning and its end among them."""
    framed = f"<{word[:WORD_MAXIMUM]}>"
    runs = [framed[at : at + length] for length in LENGTHS for at in range(len(framed) - length + 1)]
    return np.array([bucket(run) for run in runs], np.int32)


def word_places(words: Sequence[str]) -> Buckets:
    """Return for each word the place of the word itself and of the pair it makes with the one before: two a word."""
    before = ["^", *words]
    return np.array(
        [
            place
            for first, word in zip(before, words, strict=False)
            for place in (bucket(f" {word}"), bucket(f"{first} {word}"))
        ],
        np.int32,
    )
