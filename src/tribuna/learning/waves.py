"""How much of what is coming in is spam, from scores alone: nobody has decided yet.

A score is right where half of everything is spam. Where more is, the same score means more. The share that explains a
set of scores best is found by expectation and maximisation (Saerens, Latinne, Decaestecker, "Adjusting the Outputs of a
Classifier to New a Priori Probabilities: A Simple Procedure", Neural Computation 14, 2002).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

_ASSUMED = 10  # as though so many more had come, half of them spam: a few scores prove little
_CLOSE_ENOUGH = 1e-4


def spam_log_odds(scores: Sequence[float]) -> float:
    """Return the log-odds of spam among texts with these *scores*: 0 where half of them is, and where there are none.

    Infinity is the score of what is known to be spam, minus infinity that of what is known to be honest.
    """
    values, share, before = np.asarray(scores, float), 0.5, 0.0
    while abs(share - before) >= _CLOSE_ENOUGH:  # each round comes nearer, from one side
        before = share
        odds = np.exp(np.minimum(values, 30.0)) * share / (1 - share)
        share = (float((odds / (1 + odds)).sum()) + _ASSUMED / 2) / (len(values) + _ASSUMED)
    return math.log(share / (1 - share))
