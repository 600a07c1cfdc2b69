"""What the learned filter and the judges beside it achieve on real comments, beside what others would use.

The data sets are no part of the project; without them nothing is measured. docs/reference/spam.md explains each row.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench import harness, machine, spam_data, spam_desk, spam_measures
from bench.harness import ROOT, Findings, NotMeasured, Plan, Report

REFERENCE = ROOT / "docs/reference/spam.md"


def parts(*, quick: bool) -> Iterator[tuple[Sequence[Plan], Callable[[], Findings]]]:
    """Return everything there is to measure."""
    yield from spam_measures.all_plans()
    desk = spam_desk.Desk()
    train, _later = spam_measures.split()
    yield spam_desk.REAL, lambda: spam_desk.real_rows(desk, train)
    yield spam_desk.LINKS, lambda: spam_desk.link_rows(desk)
    yield spam_desk.STREAM, lambda: spam_desk.stream_rows(desk, quick=quick)


def main(words: Sequence[str] | None = None) -> int:
    """Measure, and return 0 when every goal that could be measured is held, 1 otherwise."""
    parser = harness.arguments(__doc__ or "")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="where the data sets are (../shared/data/spam)")
    options = parser.parse_args(words)
    if options.data:
        spam_data.PLACES.insert(0, options.data)
    try:
        spam_data.folder()
    except NotMeasured as error:
        print(f"Nothing was measured: {error}.", file=sys.stderr)
        return 0
    report = Report("spam", machine.describe(), f"./dev bench spam{' --quick' if options.quick else ''}")
    for plans, work in parts(quick=options.quick):
        for row in harness.measured(plans, work(), failures=(NotMeasured, OSError)):
            report.rows.append(row)
            print(f"{row.name}: {row.as_json()['ours']} ({row.goal}) {row.holds} {row.note}", flush=True)
    harness.publish(report, name="spam", options=argparse.Namespace(json=options.json, docs=False))
    if options.docs:
        document = REFERENCE.read_text(encoding="utf-8")
        REFERENCE.write_text(harness.write_section(document, name="spam", text=report.as_markdown()), encoding="utf-8")
    return 0 if all(row.holds is not False for row in report.rows) else 1


if __name__ == "__main__":
    sys.exit(main())
