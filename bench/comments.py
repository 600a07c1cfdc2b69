"""What threads achieve: pages of a large one, counters while everybody writes, and comments taken in.

Every row is a plain number, or compared with something in the same run on the same CPU.
docs/reference/comments.md explains each row, and how far a number can be believed.
"""

from __future__ import annotations

import http.client
import subprocess
import sys
from collections.abc import Sequence

from bench import comments_read, comments_write, harness, machine
from bench.comments_room import CROWDS, POSTGRES, SQLITE, crowded
from bench.harness import ROOT, Findings, NotMeasured, Plan, Report
from bench.processes import StartFailed, in_own_session, stay_with_the_clients

DOCUMENT = ROOT / "docs/reference/comments.md"
VENDORS = {"sqlite": SQLITE, "postgresql": POSTGRES}  # by what --only calls them
FAILURES = (NotMeasured, StartFailed, OSError, ValueError, http.client.HTTPException, subprocess.SubprocessError)


def plans(vendor: str, *, quick: bool) -> tuple[Plan, ...]:
    """Return the rows for one database."""
    crowd = CROWDS[quick]
    return (*comments_read.plans(crowd, vendor), *comments_write.plans(crowd, vendor))


def work(vendor: str, *, quick: bool) -> Findings:
    """Measure everything in one newsroom: first while it is as it was filled, then what changes it."""
    with crowded(CROWDS[quick], vendor) as newsroom:
        yield from comments_read.rows(newsroom, quick=quick)
        yield from comments_write.rows(newsroom, vendor, quick=quick)


def main(words: Sequence[str] | None = None) -> int:
    """Measure, and return 0 when every goal that could be measured is held, 1 otherwise."""
    parser = harness.arguments(__doc__ or "", document=DOCUMENT)
    parser.add_argument("--only", default="", metavar="WORD", help="one database: sqlite or postgresql")
    options = parser.parse_args(words)
    try:
        machine.need_tools()
    except machine.ToolMissing as error:
        print(error, file=sys.stderr)
        return 2
    report = Report("comments", machine.describe(), f"./dev bench comments{' --quick' if options.quick else ''}")
    report.machine["priority"] = "raised" if stay_with_the_clients() else "as everybody's (not root)"
    for word, vendor in VENDORS.items():
        if options.only and word != options.only:
            continue
        wanted = plans(vendor, quick=options.quick)
        report.rows += harness.measured(wanted, harness.said(work(vendor, quick=options.quick)), failures=FAILURES)
    report.machine["load average after"] = machine.load_average()
    harness.publish(report, name="comments", options=options, document=DOCUMENT)
    return 0 if all(row.holds is not False for row in report.rows) else 1


if __name__ == "__main__":
    sys.exit(in_own_session(main))
