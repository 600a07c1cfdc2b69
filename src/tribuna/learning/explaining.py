"""Why a text has its score: exact shares that add up to it, what the prior says and what was learned here apart."""

from __future__ import annotations

from dataclasses import dataclass

from tribuna.learning.features import Features
from tribuna.learning.layers import Filter, Weights
from tribuna.learning.structure import STRUCTURE


@dataclass(frozen=True, slots=True)
class Part:
    """What one layer made of a text: its shares by the names of the structure and by words. They add up to *total*."""

    bias: float
    structure: dict[str, float]
    words: dict[str, float]

    @property
    def total(self) -> float:
        """Return all shares together."""
        return self.bias + sum(self.structure.values()) + sum(self.words.values())

    def leading_words(self, count: int) -> list[str]:
        """Return up to *count* words that spoke for spam the most."""
        return _leading(self.words, count)

    def leading_structure(self, count: int) -> list[str]:
        """Return up to *count* names of STRUCTURE that spoke for spam the most."""
        return _leading(self.structure, count)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A score, taken apart. *learned* is None as long as the newsroom has no layer of its own."""

    prior: Part
    learned: Part | None

    @property
    def total(self) -> float:
        """Return the score."""
        return self.prior.total + (self.learned.total if self.learned else 0.0)


def explain(judge: Filter, features: Features) -> Explanation:
    """Return why *judge* gives *features* the score it does."""
    of_prior, of_site = judge.counts(features)
    learned = None if judge.site is None else _part(judge.site, features, of_site)
    return Explanation(_part(judge.prior, features, of_prior), learned)


def _part(weights: Weights, features: Features, count: float) -> Part:
    structure, words = weights.shares(features)
    return Part(
        bias=count * weights.bias,
        structure={name: count * float(share) for name, share in zip(STRUCTURE, structure, strict=True)},
        words={word: count * float(share) for word, share in zip(features.words, words, strict=True)},
    )


def _leading(shares: dict[str, float], count: int) -> list[str]:
    ordered = sorted(shares, key=lambda name: -shares[name])
    return [name for name in ordered[:count] if shares[name] > 0]
