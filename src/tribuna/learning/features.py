"""A text as the filter sees it: how it is built, and which places of the table its words lead to."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tribuna.learning.folding import fold
from tribuna.learning.ngrams import BUCKETS, spelling, word_places
from tribuna.learning.structure import structure, words_of

type Places = npt.NDArray[np.int32]

WORDS_MAXIMUM = 600  # of a text; what follows changes nothing any more
WIDTH = 2 * BUCKETS  # of the table: words and pairs, then spelling


@dataclass(frozen=True, slots=True)
class Features:
    """What a text is weighed by: ``values[i]`` at place ``places[i]``, on account of ``words[origins[i]]``.

    The same place may come several times; its values add up.
    """

    words: tuple[str, ...]  # each once
    said: tuple[str, ...]  # as they stand in the text
    structure: npt.NDArray[np.float32]
    places: Places
    values: npt.NDArray[np.float32]
    whole: int  # so many of the places, the first ones, are of words and pairs; the rest are of spelling

    @property
    def origins(self) -> Places:
        """Return the word that each place is there for, of a pair the second; only who explains a score asks."""
        index = {word: place for place, word in enumerate(self.words)}
        owners = [index[word] for word in reversed(self.said) for _ in range(2)]
        whole = dict(zip(reversed(word_places(self.said)), owners, strict=True))  # of two, the first has it
        spelled = [place for place, word in enumerate(self.words) for _ in spelling(word)]
        return np.array([*whole.values(), *spelled], np.int32)


@lru_cache(maxsize=128)  # the judges look at a comment, and what they found is written down a moment later
def examine(text: str, *, name: str = "") -> Features:
    """Return the features of *text*, written by somebody who calls themselves *name*."""
    folded = fold(text)
    said = words_of(folded.text)[:WORDS_MAXIMUM]
    words = tuple(dict.fromkeys(said))
    whole = list(dict.fromkeys(reversed(word_places(said))))  # each word and each pair once
    count = len(whole)
    places = np.concatenate([np.array(whole, np.int32), *map(spelling, words)])
    places[count:] += BUCKETS
    values = np.full(len(places), _even(len(places) - count), np.float32)
    values[:count] = _even(count)
    return Features(words, said, np.array(structure(folded, said, name=name), np.float32), places, values, count)


def _even(count: int) -> float:
    """The whole has length one, however long the text is."""
    return 1 / math.sqrt(max(count, 1))
