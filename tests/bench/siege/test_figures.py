"""Counting and pricing."""

from __future__ import annotations

import math

import pytest

from bench.siege.figures import Share, dollars, dollars_per_1000, seconds_per_success, table


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [
        (Share(0, 1_000), 0.0, 0.003827),
        (Share(10, 10), 0.722460, 1.0),
        (Share(35, 100), 0.263636, 0.447472),
        (Share(0, 0), 0.0, 1.0),
    ],
)
def test_wilsons_interval(share, low, high):
    assert share.interval == pytest.approx((low, high), abs=1e-4)


def test_a_share_reads_as_the_table_has_it():
    assert str(Share(0, 1_000)) == "0/1000 (0.0–0.4 %)"
    assert math.isnan(Share(0, 0).rate)


def test_a_thousand_successes_cost_what_their_attempts_cost():
    assert seconds_per_success(Share(1, 4), seconds_per_attempt=0.5) == 2
    assert dollars_per_1000(Share(3, 4), seconds_per_attempt=0, dollars_per_attempt=0.00075) == pytest.approx(1.0)
    assert dollars_per_1000(Share(1, 2), seconds_per_attempt=3600) == pytest.approx(68.0)


def test_what_never_succeeds_has_no_price():
    assert seconds_per_success(Share(0, 9), seconds_per_attempt=1) == math.inf
    assert dollars(dollars_per_1000(Share(0, 9), seconds_per_attempt=1)) == "nothing got in"
    assert dollars(1.23456) == "1.23 $"


def test_a_table_keeps_its_shape():
    assert table(["a", "b"], [["1|2", "3"]]) == "| a | b |\n| --- | --- |\n| 1/2 | 3 |"
    with pytest.raises(ValueError, match="as long as"):
        table(["a"], [["1", "2"]])
