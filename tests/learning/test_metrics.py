from __future__ import annotations

import math

import pytest

from tribuna.learning.metrics import Share, area, proven_threshold, standing, wrong_at_recall


def test_an_interval_is_wilsons():
    low, high = Share(9, 10).interval
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)
    assert Share(0, 0).interval == (0.0, 1.0)
    assert math.isnan(Share(0, 0).value)


def test_the_area_is_how_often_spam_is_above():
    assert area([1, 2, 3, 4], [0, 0, 1, 1]) == 1
    assert area([4, 3, 2, 1], [0, 0, 1, 1]) == 0
    assert area([1, 1, 1, 1], [0, 1, 0, 1]) == 0.5
    assert math.isnan(area([1], [1]))


def test_standing_counts_what_was_taken_and_what_was_found():
    found = standing([0.1, 0.9, 0.8, 0.2], [0, 1, 0, 1], threshold=0.5)
    assert (found.precision, found.recall) == (Share(1, 2), Share(1, 2))


@pytest.mark.parametrize(
    ("labels", "expected"),
    [([1] * 200, 0.0), ([0] * 20 + [1] * 180, 17.0), ([0] * 190 + [1] * 10, None), ([], None)],
)
def test_a_threshold_is_proven_by_its_lower_bound(labels, expected):
    found = proven_threshold([float(place) for place in range(len(labels))], labels, precision=0.95)
    assert found == expected


def test_ties_are_taken_together():
    assert proven_threshold([1.0] * 200, [1] * 199 + [0], precision=0.9) == 1.0


def test_honest_texts_above_what_it_takes_to_find_spam():
    assert wrong_at_recall([0.1, 0.2, 0.6, 0.5, 0.9, 0.8], [0, 0, 0, 1, 1, 1], recall=0.95) == pytest.approx(1 / 3)
