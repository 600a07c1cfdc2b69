"""How good a filter is, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Z95 = 1.959964  # two-sided 95 %


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % interval (Wilson): *hits* of *total*."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        """Return the share; of nothing it is not a number."""
        return self.hits / self.total if self.total else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Return the bounds between which the true share lies 95 times in a hundred. Of nothing: anything."""
        if not self.total:
            return 0.0, 1.0
        share, square = self.value, Z95**2 / self.total
        middle = (share + square / 2) / (1 + square)
        reach = Z95 / (1 + square) * math.sqrt(share * (1 - share) / self.total + square / 4 / self.total)
        return max(0.0, middle - reach), min(1.0, middle + reach)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a filter did in one language: of what it took for spam, what was (precision); of the spam, what it found."""

    precision: Share
    recall: Share


def standing(scores: Sequence[float], labels: Sequence[int], *, threshold: float) -> Standing:
    """Return how the filter did that takes for spam what scores at least *threshold*."""
    taken = [label for score, label in zip(scores, labels, strict=True) if score >= threshold]
    return Standing(Share(sum(taken), len(taken)), Share(sum(taken), sum(labels)))


def proven_threshold(scores: Sequence[float], labels: Sequence[int], *, precision: float) -> float | None:
    """Return the lowest score from which precision is surely (by its lower bound) *precision*; None if none is."""
    best, hits = None, 0
    ordered = sorted(zip(scores, labels, strict=True), reverse=True)
    for place, (score, label) in enumerate(ordered):
        hits += label
        is_tied = place + 1 < len(ordered) and ordered[place + 1][0] == score
        if not is_tied and Share(hits, place + 1).interval[0] >= precision:
            best = score
    return best


def area(scores: Sequence[float], labels: Sequence[int]) -> float:
    """Return the area under the ROC curve: how often spam scores above what is none. NaN without both kinds."""
    marks, values = np.asarray(labels, bool), np.asarray(scores, float)
    spam, honest = int(marks.sum()), int((~marks).sum())
    if not (spam and honest):
        return math.nan
    _distinct, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]  # ties share their middle rank
    return float((ranks[marks].sum() - spam * (spam + 1) / 2) / (spam * honest))


def wrong_at_recall(scores: Sequence[float], labels: Sequence[int], *, recall: float) -> float:
    """Return the share of honest texts that score as high as it takes to find *recall* of the spam."""
    marks, values = np.asarray(labels, bool), np.asarray(scores, float)
    threshold = np.quantile(values[marks], 1 - recall, method="lower")
    return float((values[~marks] >= threshold).mean())
