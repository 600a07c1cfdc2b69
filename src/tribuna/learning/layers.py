"""What weighs how much: the weights of one layer, and the filter made of the prior and a newsroom's own layer."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from tribuna.learning.calibration import Calibration
from tribuna.learning.features import Features
from tribuna.learning.ngrams import BUCKETS
from tribuna.learning.structure import STRUCTURE

FORMAT = 3  # of what is stored; another one is not read
# Of the score of a text, so much is what the prior alone would say when the newsroom knows none of its words: what was
# fitted to a few decisions, or to hundreds on something else, knows less of it than it seems to.
OF_PRIOR = 0.6
type Numbers = npt.NDArray[np.float32]


class OutOfDate(ValueError):  # noqa: N818
    """What was stored was made by another version of the features. It has to be fitted again."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear layer: a bias, a weight for each number of the structure, and a table for words and spelling."""

    bias: float
    structure: Numbers
    table: Numbers

    def score(self, features: Features) -> float:
        """Return what speaks for spam, less what speaks against it."""
        words = self.table[features.places] @ features.values
        return float(self.bias + self.structure @ features.structure + words)

    def knows(self, features: Features) -> float:
        """Return how many of a text's words and pairs of words have a weight here: 1 is all of them."""
        return np.count_nonzero(self.table[features.places[: features.whole]]) / max(features.whole, 1)

    def shares(self, features: Features) -> tuple[Numbers, Numbers]:
        """Return what each number of the structure and each word adds to the score; with the bias that is all of it."""
        each = self.table[features.places] * features.values
        words = np.bincount(features.origins, weights=each, minlength=len(features.words))
        return self.structure * features.structure, words.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Filter:
    """The prior and, once enough was decided, the newsroom's own layer, with what is known of how good they are."""

    prior: Weights
    site: Weights | None = None
    slope: float = 1.0  # how much of the prior counts within the newsroom's layer; 0 is not at all, of no text
    decisions: int = 0  # that the site layer was fitted to
    calibration: Calibration | None = None
    reject_from: dict[str, float] = field(default_factory=dict)  # by language: the score that has proven itself

    def score(self, features: Features) -> float:
        """Return the score of a text: above 0 spam is likelier than not, where half of everything is spam."""
        return self.scores(features)[0]

    def scores(self, features: Features) -> tuple[float, float]:
        """Return the score of a text, and what the prior alone would give it."""
        prior = self.prior.score(features)
        if self.site is None:
            return prior, prior
        of_prior, of_site = self.counts(features)
        return of_prior * prior + of_site * self.site.score(features), prior

    def counts(self, features: Features) -> tuple[float, float]:
        """Return how much the prior and the newsroom's layer count for a text; the prior more, where less is known."""
        if self.site is None:
            return 1.0, 0.0
        share = OF_PRIOR * (1 - self.site.knows(features)) if self.slope else 0.0
        return (1 - share) * self.slope + share, 1 - share


def empty_weights() -> Weights:
    """Return weights that say nothing."""
    return Weights(0.0, np.zeros(len(STRUCTURE), np.float32), np.zeros(2 * BUCKETS, np.float32))


def pack(weights: Weights, **facts: object) -> bytes:
    """Return *weights* and *facts* (as JSON takes them) as bytes to be stored; ``unpack`` reads them."""
    places = np.flatnonzero(weights.table)
    stored = io.BytesIO()
    np.savez_compressed(
        stored,
        structure=np.append(weights.structure, weights.bias).astype(np.float32),
        steps=np.diff(places, prepend=0).astype(np.int32),
        table=weights.table[places].astype(np.float16),
        facts=np.frombuffer(_header(facts), np.uint8),
    )
    return stored.getvalue()


def unpack(stored: bytes) -> tuple[Weights, dict[str, Any]]:
    """Return the weights and facts in what ``pack`` made. Raises OutOfDate."""
    with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
        facts = json.loads(arrays["facts"].tobytes())
        if facts.pop("format", None) != FORMAT or facts.pop("structure", None) != list(STRUCTURE):
            raise OutOfDate("These weights belong to other features than this version has.")
        table = np.zeros(2 * BUCKETS, np.float32)
        table[np.cumsum(arrays["steps"])] = arrays["table"]
        *structure, bias = arrays["structure"].tolist()
    return Weights(bias, np.array(structure, np.float32), table), facts


def pack_filter(judge: Filter) -> bytes:
    """Return *judge* without its prior as bytes to be stored. Its layer has to be there."""
    calibration = judge.calibration or Calibration(1.0, 0.0)
    return pack(
        judge.site or empty_weights(),
        slope=judge.slope,
        decisions=judge.decisions,
        calibration=[calibration.slope, calibration.intercept],
        reject_from=judge.reject_from,
    )


def unpack_filter(stored: bytes, prior: Weights) -> Filter:
    """Return the filter in what ``pack_filter`` made, upon *prior*. Raises OutOfDate."""
    site, facts = unpack(stored)
    return Filter(
        prior=prior,
        site=site,
        slope=facts["slope"],
        decisions=facts["decisions"],
        calibration=Calibration(*facts["calibration"]),
        reject_from=facts["reject_from"],
    )


def _header(facts: dict[str, object]) -> bytes:
    return json.dumps({"format": FORMAT, "structure": STRUCTURE, **facts}).encode()
