"""Comments to learn from, out of the same grammars as the prior but made with other dice."""

from __future__ import annotations

from functools import cache

from tools.prior.made import made
from tribuna.learning.features import Features, examine


@cache
def lessons(count: int, seed: int = 99) -> tuple[tuple[Features, ...], tuple[int, ...]]:
    """Return the features and labels of so many made-up comments."""
    texts = made(count, seed=seed)
    return tuple(examine(text) for text, _label in texts), tuple(label for _text, label in texts)
