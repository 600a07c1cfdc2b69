from __future__ import annotations

import math
import random

import pytest

from tribuna.learning.waves import spam_log_odds


def scores(spam: int, honest: int) -> list[float]:
    """Return scores that are right: log-odds of two normal distributions, two apart on either side."""
    dice = random.Random(20)
    return [4 * dice.gauss(1, 0.71) for _each in range(spam)] + [4 * dice.gauss(-1, 0.71) for _each in range(honest)]


@pytest.mark.parametrize("spam", [10, 100, 300, 500, 900])
def test_it_finds_how_much_is_spam_though_nobody_said_of_any(spam):
    share = 1 / (1 + math.exp(-spam_log_odds(scores(spam, 1_000 - spam))))
    assert share == pytest.approx(spam / 1_000, abs=0.04)


def test_of_nothing_it_says_nothing():
    assert spam_log_odds([]) == 0


def test_few_scores_prove_little():
    assert 0.5 < spam_log_odds([8.0] * 10) < 1.3
    assert spam_log_odds([8.0] * 200) > 3


def test_what_is_known_counts_as_what_it_is():
    assert spam_log_odds([math.inf] * 100) == pytest.approx(spam_log_odds([30.0] * 100))
    assert spam_log_odds([-math.inf] * 100) == pytest.approx(math.log(5 / 105), abs=0.01)
    assert spam_log_odds([math.inf, -math.inf] * 50) == pytest.approx(0, abs=0.01)
