"""What the desk achieves with ten thousand comments waiting, on SQLite, in one process and without a server.

Each row has a plain number for its goal: there is no other desk to compare with. The database is a file on this
machine's disk, with what ``tribuna serve`` sets for it (a commit is on the disk before it is acknowledged).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench import harness, machine
from bench.harness import Findings, NotMeasured, Plan, Report, Result
from bench.newsrooms import started
from bench.processes import StartFailed, python, run

WAITING = {False: 10_000, True: 2_000}  # by whether it is to be quick
BULK = 500
FAILURES = (NotMeasured, StartFailed, OSError, ValueError, subprocess.SubprocessError)


def plans(*, quick: bool) -> list[Plan]:
    """Return every row."""
    waiting = f"{WAITING[quick]:,} waiting"
    return [
        Plan("queries", f"first screen, {waiting}: the desk's own queries", "queries", "ours <= 10"),
        Plan("all_queries", f"first screen, {waiting}: with the admin's frame", "queries", "ours <= 20"),
        Plan("database", f"first screen, {waiting}: in the database, all queries", "ms", "ours <= 50"),
        Plan("bulk", f"{BULK} comments rejected at once under a rule", "s", "ours <= 5"),
        Plan("counts", f"pages whose counts are off after {BULK} were published at once", "pages", "ours <= 0"),
        Plan("figures", f"the public figures, {waiting}", "ms", "ours <= 500"),
        Plan("ledger", "ledger verified, with decisions: 1,000 entries", "ms", "ours <= 1000"),
    ]


def rows(*, quick: bool) -> Findings:
    """Fill a newsroom, decide in it, and yield what was found."""
    with tempfile.TemporaryDirectory(prefix="tribuna-bench-") as temporary:
        newsroom = started(Path(temporary) / "newsroom")
        command = python("-m", "bench.desk_inside", str(WAITING[quick]), str(BULK))
        said = run(command, cwd=newsroom.folder, env=newsroom.environment())
    for key, found in json.loads(said.splitlines()[-1]).items():
        yield key, Result(found["ours"], note=found.get("note", ""))


def main(words: Sequence[str] | None = None) -> int:
    """Measure, and return 0 when every goal is held, 1 otherwise."""
    options = harness.arguments(__doc__ or "").parse_args(words)
    report = Report("desk", machine.describe(), f"./dev bench desk{' --quick' if options.quick else ''}")
    report.rows += harness.measured(plans(quick=options.quick), rows(quick=options.quick), failures=FAILURES)
    report.machine["load average after"] = machine.load_average()
    harness.publish(report, name="desk", options=options)
    return 0 if all(row.holds for row in report.rows) else 1


if __name__ == "__main__":
    sys.exit(main())
