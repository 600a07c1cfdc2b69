"""Recognises texts that are nearly alike, among many, without comparing each with each (MinHash, LSH)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from tribuna.learning.folding import fold
from tribuna.learning.structure import words_of

PERMUTATIONS, BANDS, SEED = 128, 32, 1
ALIKE = 0.6  # the share of runs of words in common from which two texts are alike
WORDS_MINIMUM = 6  # short ones ("thank you very much") are alike by nature
_RUN = 3


class Campaigns:
    """Remembers texts under numbers, and finds those that are nearly like another."""

    def __init__(self, texts: Mapping[int, str] | None = None) -> None:
        """Remember *texts*, but for those that are too short to tell."""
        from rensa import RMinHashLSH  # a compiled library, loaded by whoever judges

        self._index = RMinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS, num_bands=BANDS)
        self._known: dict[int, Any] = {}
        for number, text in (texts or {}).items():
            self.remember(number, text)

    def remember(self, number: int, text: str) -> None:
        """Remember one text more, unless it is too short to tell."""
        if (sign := _signature(text)) is not None:
            self._index.insert(number, sign)
            self._known[number] = sign

    def like(self, text: str) -> list[int]:
        """Return the numbers of the remembered texts that are nearly like *text*."""
        sign = _signature(text)
        if sign is None or not self._known:
            return []
        return [number for number in self._index.query(sign) if sign.jaccard(self._known[number]) >= ALIKE]


class Kinds:
    """Puts texts that are nearly like the same one into one kind. A thousand of a kind cost no more than a few do."""

    def __init__(self) -> None:
        self._firsts = Campaigns()
        self._count = 0

    def kind_of(self, text: str) -> int:
        """Return the number of the kind of *text*: that of the first text it is nearly like, or a new one.

        What is too short to tell is of a kind of its own, each time.
        """
        if found := self._firsts.like(text):
            return min(found)
        self._count += 1
        self._firsts.remember(self._count, text)
        return self._count


@lru_cache(maxsize=4096)  # most of what is remembered is remembered again a minute later
def _signature(text: str) -> Any:
    from rensa import RMinHash

    words = words_of(fold(text).text)
    if len(words) < WORDS_MINIMUM:
        return None
    sign = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    sign.update([" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)])
    return sign
