"""What a benchmark says: goals that are held or not, ratios of rounds, the JSON and the table."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime

import pytest

from bench.harness import (
    PERFORMANCE,
    ROW_KEYS,
    Goal,
    NotMeasured,
    Plan,
    Report,
    Result,
    Row,
    compared,
    measured,
    percentile,
    shown,
    write_section,
)

FAST = Plan("fast", "ours / theirs", "requests/s", "ratio >= 0.97")
FEW = Plan("few", "stale answers", "answers", "ours <= 0")


@pytest.mark.parametrize(
    ("text", "number", "holds"),
    [
        ("ratio >= 0.97", 0.97, True),
        ("ratio >= 0.97", 0.9699, False),
        ("ratio <= 3", 3.0, True),
        ("ratio <= 3", 3.01, False),
        ("ours < 0.1", 0.1, False),
        ("ours < 0.1", 0.0999, True),
        ("ours <= 0", 0, True),
        ("ours <= 0", 1, False),
        ("ratio >= 0.97", math.nan, False),
        ("ours < 0.1", math.inf, False),
    ],
)
def test_a_goal_is_held_by_the_number_as_it_is(text, number, holds):
    assert Goal.of_text(text).holds(number) is holds


def test_a_goal_reads_as_it_was_written():
    assert str(Goal.of_text("ratio >= 0.97")) == "ratio >= 0.97"
    assert str(Goal.of_text("ours >= 250")) == "ours >= 250"


@pytest.mark.parametrize("text", ["", "0.97", "ratio = 1", "theirs >= 1", "ratio >= fast"])
def test_what_is_no_goal_is_refused(text):
    with pytest.raises(ValueError, match="is no goal"):
        Goal.of_text(text)


def test_a_ratio_is_the_median_of_neighbouring_rounds_and_not_the_ratio_of_medians():
    result = compared([(10, 20), (30, 30), (40, 20)])
    assert (result.ours, result.reference, result.ratio) == (30, 20, 1.0)
    assert result.note == "3 rounds, ratios 0.50 to 2.00"


def test_nothing_is_compared_with_a_server_that_did_not_answer():
    assert math.isnan(compared([(10, 0)]).ratio)
    assert FAST.row(compared([(10, 0)])).holds is False


@pytest.mark.parametrize(("percent", "expected"), [(50, 50), (99, 99), (100, 100), (0, 1)])
def test_a_percentile_is_one_of_the_numbers(percent, expected):
    assert percentile(range(1, 101), percent) == expected


def test_a_percentile_of_few_numbers_is_the_slowest():
    assert percentile([0.3, 0.1, 0.2], 99) == 0.3
    assert math.isnan(percentile([], 99))


def test_a_row_has_the_same_keys_in_every_benchmark():
    row = FAST.row(Result(98.12345, 100, 0.9812345, "5 rounds"))
    assert tuple(row.as_json()) == ROW_KEYS
    assert row.as_json() == {
        "name": "ours / theirs",
        "unit": "requests/s",
        "ours": 98.12,
        "reference": 100,
        "ratio": 0.9812,
        "goal": "ratio >= 0.97",
        "holds": True,
    }


def test_a_row_without_a_reference_is_held_to_its_own_number():
    assert FEW.row(Result(0)).holds is True
    assert FEW.row(Result(2)).holds is False


def test_a_flaw_outweighs_the_number():
    row = FAST.row(Result(100, 100, 1.0, "5 rounds", flaw="3 answers failed"))
    assert row.holds is False
    assert row.note == "3 answers failed; 5 rounds"


def test_what_was_not_measured_is_never_held():
    row = FAST.row(NotMeasured("no nginx here"))
    assert row.holds is None
    assert row.as_json() | {"ours": None, "reference": None, "ratio": None, "holds": None} == row.as_json()
    assert row.note == "not measured: no nginx here"


def test_of_a_long_complaint_the_last_line_is_told():
    complaint = "Traceback (most recent call last):\n  File ...\nImportError: no such thing\n"
    assert FAST.row(OSError(complaint)).note == "not measured: ImportError: no such thing"
    assert FAST.row(OSError()).note == "not measured: OSError"


def test_what_was_measured_before_a_failure_stays():
    def work():
        yield "fast", Result(1, 1, 1.0)
        raise NotMeasured("the server ended")

    first, second = measured([FAST, FEW], work(), failures=(NotMeasured,))
    assert first.holds is True
    assert second.note == "not measured: the server ended"


def test_a_row_that_nobody_speaks_of_was_not_measured():
    rows = measured([FAST], iter([]), failures=(NotMeasured,))
    assert rows[0].holds is None


def test_a_mistake_of_the_benchmark_is_no_result():
    def work():
        yield "fast", Result(1, 1, 1 / 0)

    with pytest.raises(ZeroDivisionError):
        measured([FAST], work(), failures=(NotMeasured,))


@pytest.mark.parametrize(
    ("number", "text"),
    [(None, "–"), (45_912.4, "45,912"), (0.9812, "0.981"), (0, "0"), (0.00512, "0.00512"), (99.96, "100")],
)
def test_numbers_are_printed_with_the_digits_that_mean_something(number, text):
    assert shown(number) == text


def _report(*rows: Row) -> Report:
    return Report("press", {"CPU": "a", "cores": 2}, "./dev bench press", list(rows), datetime(2022, 12, 2, tzinfo=UTC))


def test_the_json_has_machine_and_rows():
    said = json.loads(json.dumps(_report(FAST.row(Result(1, 2, 0.5)), FEW.row(NotMeasured("why"))).as_json()))
    assert said["machine"] == {"CPU": "a", "cores": 2}
    assert [row["holds"] for row in said["rows"]] == [False, None]
    assert all(tuple(row) == ROW_KEYS for row in said["rows"])
    assert said["notes"] == {"stale answers": "not measured: why"}


def test_the_table_says_what_is_not_held():
    table = _report(FAST.row(Result(48, 50, 0.96)), FEW.row(Result(0)), FEW.row(NotMeasured("a | b"))).as_markdown()
    assert "Measured on 02 December 2022 with `./dev bench press`. The machine: CPU a; cores 2." in table
    assert "| ours / theirs | requests/s | 48 | 50 | 0.96 | ratio >= 0.97 | **no** |  |" in table
    assert "| stale answers | answers | 0 | – | – | ours <= 0 | yes |  |" in table
    assert "| **not measured** | not measured: a / b |" in table


def test_each_benchmark_writes_its_own_part_of_the_reference():
    document = PERFORMANCE.read_text(encoding="utf-8")
    written = write_section(document, name="press", text="| new |")
    assert "| new |" in written
    assert write_section(written, name="press", text="| new |") == written
    assert written.split("<!--")[0] == document.split("<!--")[0]


def test_a_reference_without_a_place_is_left_alone():
    with pytest.raises(ValueError, match="no place for press"):
        write_section("# Performance", name="press", text="| new |")
