"""What every benchmark says, and how: goals, rows, medians of rounds, the JSON, the table in the reference."""

from __future__ import annotations

import argparse
import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PERFORMANCE = ROOT / "docs/reference/performance.md"
ROW_KEYS = ("name", "unit", "ours", "reference", "ratio", "goal", "holds")


class NotMeasured(Exception):  # noqa: N818
    """A row can't be measured here; the message says why."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What a row has to reach: ``ratio >= 0.97``, or ``ours <= 0`` where there is nothing to compare with."""

    of: str  # "ratio" or "ours"
    sign: str  # ">=", "<=" or "<"
    value: float

    @classmethod
    def of_text(cls, text: str) -> Goal:
        """Return what *text* says. Raises ValueError when it says nothing of the kind."""
        found = re.fullmatch(r"(ratio|ours) (>=|<=|<) ([\d.]+)", text)
        if found is None:
            raise ValueError(f"{text!r} is no goal such as 'ratio >= 0.97'")
        return cls(found[1], found[2], float(found[3]))

    def holds(self, number: float) -> bool:
        """Say whether *number*, as it is (not as it is printed), reaches the goal."""
        if math.isnan(number):
            return False
        return {">=": number >= self.value, "<=": number <= self.value, "<": number < self.value}[self.sign]

    def __str__(self) -> str:
        return f"{self.of} {self.sign} {self.value:g}"


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured for one row. *reference* and *ratio* are None where there is nothing to compare with."""

    ours: float
    reference: float | None = None
    ratio: float | None = None
    note: str = ""
    flaw: str = ""  # why the goal is not held whatever the number says, such as answers that failed


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what is measured, in which unit, its goal, and what came of it."""

    name: str
    unit: str
    goal: Goal
    result: Result | None
    reason: str = ""  # why there is no result

    @property
    def holds(self) -> bool | None:
        """Whether the goal is reached; None when it was not measured, which is never as good as reached."""
        if self.result is None:
            return None
        number = self.result.ratio if self.goal.of == "ratio" else self.result.ours
        return number is not None and not self.result.flaw and self.goal.holds(number)

    @property
    def note(self) -> str:
        """What else there is to say: the reason it was not measured, or how the rounds went."""
        if self.result is None:
            return f"not measured: {self.reason}"
        return "; ".join(part for part in (self.result.flaw, self.result.note) if part)

    def as_json(self) -> dict[str, Any]:
        """Return the row as the JSON has it, with exactly ROW_KEYS."""
        ours, reference, ratio = (
            (self.result.ours, self.result.reference, self.result.ratio) if self.result else (None, None, None)
        )
        values = (self.name, self.unit, _short(ours), _short(reference), _short(ratio), str(self.goal), self.holds)
        return dict(zip(ROW_KEYS, values, strict=True))


@dataclass(frozen=True, slots=True)
class Plan:
    """A row that is to be measured; *goal* as ``Goal.of_text`` reads it."""

    key: str
    name: str
    unit: str
    goal: str

    def row(self, found: Result | Exception) -> Row:
        """Return the row with what was *found*, or with why nothing was."""
        if isinstance(found, Result):
            return Row(self.name, self.unit, Goal.of_text(self.goal), found)
        return Row(self.name, self.unit, Goal.of_text(self.goal), None, reason=_reason(found))


def _reason(error: Exception) -> str:
    """The last line is the one that says it."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1][:200] if lines else type(error).__name__


type Findings = Iterator[tuple[str, Result | Exception]]


def measured(plans: Sequence[Plan], work: Findings, *, failures: tuple[type[Exception], ...]) -> list[Row]:
    """Return a row for each of *plans* out of what *work* yields by their keys.

    When *work* ends with one of *failures*, the rows that it still owes are not measured, for that reason.
    """
    found: dict[str, Result | Exception] = {}
    ended: Exception = NotMeasured("nothing was said of it")
    try:
        for key, result in work:
            found[key] = result  # noqa: PERF403 - what came before a failure stays
    except failures as error:
        ended = error
    return [plan.row(found.get(plan.key, ended)) for plan in plans]


def said(work: Findings) -> Findings:
    """Say at once what *work* finds, row by row."""
    for key, found in work:
        print(f"{key}: {found}", flush=True)
        yield key, found


def _short(number: float | None, digits: int = 4) -> float | None:
    """Return *number* with as many significant digits as mean something."""
    if number is None or not math.isfinite(number):
        return None
    return float(f"{number:.{digits}g}")


def compared(pairs: Sequence[tuple[float, float]]) -> Result:
    """Return the result of rounds that gave (ours, reference): the median of their ratios, and how far these spread."""
    ratios = [ours / reference if reference else math.nan for ours, reference in pairs]
    note = f"{len(pairs)} rounds, ratios {min(ratios):.2f} to {max(ratios):.2f}"
    return Result(median(pair[0] for pair in pairs), median(pair[1] for pair in pairs), median(ratios), note)


def percentile(numbers: Sequence[float], percent: float) -> float:
    """Return the smallest of *numbers* that *percent* of them do not exceed (nearest rank). NaN of none."""
    ordered = sorted(numbers)
    return ordered[max(math.ceil(len(ordered) * percent / 100), 1) - 1] if ordered else math.nan


@dataclass(slots=True)
class Report:
    """A benchmark's run: where, when, and its rows."""

    title: str
    machine: dict[str, Any]
    command: str
    rows: list[Row] = field(default_factory=list)
    at: datetime = field(default_factory=lambda: datetime.now(tz=UTC))

    def as_json(self) -> dict[str, Any]:
        """Return what ``--json`` writes; ``notes`` says, by the row's name, what a number alone does not."""
        return {
            "benchmark": self.title,
            "at": self.at.isoformat(timespec="seconds"),
            "machine": self.machine,
            "rows": [row.as_json() for row in self.rows],
            "notes": {row.name: row.note for row in self.rows if row.note},
        }

    def as_markdown(self) -> str:
        """Return the table, the machine and the date, as Markdown."""
        facts = "; ".join(f"{name} {value}" for name, value in self.machine.items())
        lines = [
            f"Measured on {self.at:%d %B %Y} with `{self.command}`. The machine: {facts}.",
            "",
            "| row | unit | ours | reference | ratio | goal | holds | remarks |",
            "|---|---|---|---|---|---|---|---|",
            *map(_line, self.rows),
        ]
        return "\n".join(lines)


def _line(row: Row) -> str:
    said = row.as_json()
    numbers = [shown(said[key]) for key in ("ours", "reference", "ratio")]
    holds = {True: "yes", False: "**no**", None: "**not measured**"}[row.holds]
    return "| " + " | ".join([row.name, row.unit, *numbers, str(row.goal), holds, row.note.replace("|", "/")]) + " |"


def shown(number: float | None) -> str:
    """Return *number* as the table has it: three digits, thousands apart."""
    if number is None:
        return "–"
    return f"{number:,.0f}" if abs(number) >= 100 else f"{_short(number, 3):g}"


def write_section(document: str, *, name: str, text: str) -> str:
    """Return *document* with *text* between the marks of the benchmark *name*. Raises ValueError without such marks."""
    begin, end = f"<!-- {name}: made by ./dev bench {name} --docs -->", f"<!-- /{name} -->"
    before, found, rest = document.partition(begin)
    _old, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"there is no place for {name}: {begin} ... {end}")
    return f"{before}{begin}\n\n{text}\n\n{end}{after}"


def arguments(description: str, *, document: Path = PERFORMANCE) -> argparse.ArgumentParser:
    """Return the options that every benchmark takes; *document* is where its table stands."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds, a smaller newsroom")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write machine and rows to FILE")
    parser.add_argument("--docs", action="store_true", help=f"bring {document.relative_to(ROOT)} up to date")
    return parser


def publish(report: Report, *, name: str, options: argparse.Namespace, document: Path = PERFORMANCE) -> None:
    """Print the table, and write the JSON and the reference (*document*) where *options* ask for it."""
    table = report.as_markdown()
    print(f"\n{table}\n")
    if options.json:
        options.json.write_text(json.dumps(report.as_json(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if options.docs:
        text = document.read_text(encoding="utf-8")
        document.write_text(write_section(text, name=name, text=table), encoding="utf-8")
