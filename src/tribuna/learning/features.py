"""A text as the filter sees it: how it is built, and which places of the table its words lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tribuna.learning.folding import fold
from tribuna.learning.ngrams import BUCKETS, spelling, word_places
from tribuna.learning.structure import STRUCTURE, structure, words_of

type Places = npt.NDArray[np.int32]

WORDS_MAXIMUM = 600  # of a text; what follows changes nothing any more
WIDTH = len(STRUCTURE) + 2 * BUCKETS  # structure, then words and pairs, then spelling


@dataclass(frozen=True, slots=True)
class Features:
    """What a text is weighed by: ``values[i]`` at place ``places[i]``, on account of ``words[origins[i]]``.

    Origins below zero belong to the structure. The same place may come several times; its values add up.
    """

    words: tuple[str, ...]
    structure: npt.NDArray[np.float32]
    places: Places
    values: npt.NDArray[np.float32]
    origins: Places


@lru_cache(maxsize=128)  # the judges look at a comment, and what they found is written down a moment later
def examine(text: str, *, name: str = "") -> Features:
    """Return the features of *text*, written by somebody who calls themselves *name*."""
    folded = fold(text)
    words = words_of(folded.text)[:WORDS_MAXIMUM]
    built = np.array(structure(folded, words, name=name), np.float32)
    distinct = tuple(dict.fromkeys(words))
    whole, whole_origins = _whole_words(words, distinct)
    spelled = [spelling(word) for word in distinct]
    counts = [len(runs) for runs in spelled]
    letters = np.concatenate([*spelled, np.empty(0, np.int32)])
    return Features(
        words=distinct,
        structure=built,
        places=np.concatenate([whole + len(STRUCTURE), letters + (len(STRUCTURE) + BUCKETS)]).astype(np.int32),
        values=np.concatenate([_even(len(whole)), _even(len(letters))]),
        origins=np.concatenate([whole_origins, np.repeat(np.arange(len(distinct), dtype=np.int32), counts)]),
    )


def _whole_words(words: Sequence[str], distinct: Sequence[str]) -> tuple[Places, Places]:
    """Return each word and each pair once, and the word (of a pair the second) they belong to."""
    index = {word: place for place, word in enumerate(distinct)}
    owners = [index[word] for word in reversed(words) for _ in range(2)]
    origin_of = dict(zip(reversed(word_places(words)), owners, strict=True))  # of two, the first has it
    count = len(origin_of)
    return np.fromiter(origin_of, np.int32, count), np.fromiter(origin_of.values(), np.int32, count)


def _even(count: int) -> npt.NDArray[np.float32]:
    """The whole has length one, however long the text is."""
    return np.full(count, 1 / np.sqrt(max(count, 1)), np.float32)
