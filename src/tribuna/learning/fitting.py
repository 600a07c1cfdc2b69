"""Fits weights to decisions, all of them each time: a wrong click is undone by undoing it. Needs scikit-learn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tribuna.learning.calibration import Calibration
from tribuna.learning.features import Features
from tribuna.learning.layers import Filter, Numbers, Weights
from tribuna.learning.metrics import proven_threshold
from tribuna.learning.ngrams import BUCKETS
from tribuna.learning.structure import STRUCTURE


@dataclass(frozen=True, slots=True)
class _Belief:
    """How readily features are believed. Found by trying, with made-up and with public comments."""

    strength: float  # scikit-learn's C
    words: float
    built: NDArray[np.float32]  # for each of STRUCTURE
    spelling: float = 2.0
    prior: float = 0.05
    rarity: float = 0.0  # how much more readily words are believed that few texts have


# What a newsroom's layer leaves to the prior: a disguise stays one where nobody used any yet, or an honest author did;
# and how long comments are differs between what was held and the rest more than between spam and honest ones.
_LEFT_TO_PRIOR = ("length", "sentence", "alike", "fancy", "hidden", "spaced", "leet")
_SIZES = np.full(len(STRUCTURE), 0.3, np.float32)
_BY_PRIOR = _Belief(strength=0.3, words=2.0, built=_SIZES)
_OF_SITE = np.where(np.isin(STRUCTURE, _LEFT_TO_PRIOR), np.float32(0), _SIZES)
_BY_SITE = _Belief(strength=10.0, words=3.0, built=_OF_SITE, rarity=0.2)
_LEAST_SPREAD = 0.05  # of a number in the structure: rare ones would be blown up
_FOLDS = 5
_TINY = 0.004  # weights below change nothing and would only take room


def fit_weights(features: Sequence[Features], labels: Sequence[int]) -> Weights:
    """Return the weights of a prior, fitted to texts and their labels (1 is spam)."""
    weights, _slope = _fitted(features, labels, _BY_PRIOR)
    return Weights(weights.bias, weights.structure, np.where(np.abs(weights.table) < _TINY, 0, weights.table))


def fit_layer(prior: Weights, features: Sequence[Features], labels: Sequence[int]) -> Filter:
    """Return the filter for these decisions, without the proofs that rejecting takes: it only scores."""
    site, slope = _fitted(features, labels, _BY_SITE, prior=prior)
    if slope < 0:  # it may say nothing, but is not turned round: then a disguise would speak for a comment
        site, _none = _fitted(features, labels, _BY_SITE)
        slope = 0.0
    return Filter(prior=prior, site=site, slope=slope, decisions=len(labels))


def fit_filter(
    prior: Weights, features: Sequence[Features], labels: Sequence[int], languages: Sequence[str], *, precision: float
) -> tuple[Filter, list[float]]:
    """Return the filter for a newsroom with these decisions, and each text's score by a filter that had not seen it.

    A score rejects in a language when that has proven *precision* there. Raises ValueError unless there are two of
    each kind.
    """
    marks = np.asarray(labels)
    if min(int(marks.sum()), int((1 - marks).sum())) < 2:
        raise ValueError("There have to be two comments taken for spam, and two that were published.")
    layer = fit_layer(prior, features, labels)
    unseen = _unseen_scores(prior, features, marks)
    proven = {
        language: proven_threshold(*_of_language(language, unseen, labels, languages), precision=precision)
        for language in sorted(set(languages))
    }
    fitted = replace(
        layer,
        calibration=_calibrated(unseen, labels),
        reject_from={language: score for language, score in proven.items() if score is not None},
    )
    return fitted, unseen


def _of_language(
    language: str, scores: Sequence[float], labels: Sequence[int], languages: Sequence[str]
) -> tuple[list[float], list[int]]:
    chosen = [place for place, each in enumerate(languages) if each == language]
    return [scores[place] for place in chosen], [labels[place] for place in chosen]


def _fitted(
    features: Sequence[Features], labels: Sequence[int], belief: _Belief, *, prior: Weights | None = None
) -> tuple[Weights, float]:
    """Return weights and how much the prior counts beside them."""
    from scipy.sparse import csr_matrix, diags, hstack
    from sklearn.linear_model import LogisticRegression

    built = np.stack([each.structure for each in features])
    middle, spread = built.mean(0), built.std(0) + _LEAST_SPREAD
    known = [[belief.prior * prior.score(each)] for each in features] if prior else np.empty((len(features), 0))
    dense = np.hstack([known, belief.built * (built - middle) / spread])
    table, places = _table_rows(features)
    sizes = np.where(places < BUCKETS, belief.words, belief.spelling) * _by_rarity(table, belief.rarity)
    rows = hstack([csr_matrix(dense), table @ diags(sizes)]).tocsr()
    model = LogisticRegression(C=belief.strength, max_iter=2000, class_weight="balanced").fit(rows, labels)
    found: Numbers = model.coef_[0].astype(np.float32)
    slope, found = (float(found[0]) * belief.prior, found[1:]) if prior else (0.0, found)
    structure = found[: len(STRUCTURE)] * belief.built / spread
    bias = float(model.intercept_[0] - structure @ middle)
    words = np.zeros(2 * BUCKETS, np.float32)
    words[places] = found[len(STRUCTURE) :] * sizes
    return Weights(bias, structure.astype(np.float32), words), slope


def _table_rows(features: Sequence[Features]) -> tuple[Any, Any]:
    """Return a row of words and spelling for each text, and the place of each column: those that come, not all."""
    from scipy.sparse import csr_matrix

    values = np.concatenate([each.values for each in features])
    places, columns = np.unique(np.concatenate([each.places for each in features]), return_inverse=True)
    ends = np.cumsum([0, *(len(each.places) for each in features)])
    return csr_matrix((values, columns, ends), shape=(len(features), len(places))), places


def _by_rarity(table: Any, power: float) -> NDArray[np.float64]:
    """Return a factor for each column, the higher the fewer texts have it; over all that they have, its square is one.

    As words are weighed in searching (Sparck Jones, "A Statistical Interpretation of Term Specificity and Its
    Application in Retrieval", Journal of Documentation 28, 1972), but far more gently.
    """
    once = table.copy()
    once.sum_duplicates()
    texts = once.getnnz(axis=0)
    factor: NDArray[np.float64] = texts**-power
    return factor / float(np.sqrt(np.average(factor**2, weights=texts)))


def _unseen_scores(prior: Weights, features: Sequence[Features], marks: Any) -> list[float]:
    from sklearn.model_selection import StratifiedKFold

    folds = min(_FOLDS, int(marks.sum()), int((1 - marks).sum()))
    scores = np.zeros(len(features))
    for train, test in StratifiedKFold(folds, shuffle=True, random_state=0).split(np.zeros(len(marks)), marks):
        part = fit_layer(prior, [features[at] for at in train], marks[train])
        scores[test] = [part.score(features[at]) for at in test]
    return [float(score) for score in scores]


def _calibrated(scores: Sequence[float], labels: Sequence[int]) -> Calibration:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0).fit(np.array(scores).reshape(-1, 1), labels)
    return Calibration(float(model.coef_[0][0]), float(model.intercept_[0]))
