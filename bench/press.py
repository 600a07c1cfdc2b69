"""What the press achieves: stored pages, pages that change, pages printed afresh, and floods.

Every row is compared with something in the same minute on the same CPU, or with a plain number.
docs/reference/performance.md explains each row, and how far a ratio can be believed.
"""

from __future__ import annotations

import http.client
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench import harness, machine, press_changes, press_cold, press_flood, press_stored
from bench.harness import Findings, NotMeasured, Plan, Report
from bench.load import Rounds
from bench.processes import StartFailed, in_own_session, stay_with_the_clients

# By whether it is to be quick. Short ones: machines that others share change their speed within seconds.
ROUNDS = {False: Rounds(15, 1), True: Rounds(5, 1)}
# What may keep a row from being measured. Anything else is a mistake of the benchmark's, and ends it.
FAILURES = (NotMeasured, StartFailed, OSError, ValueError, http.client.HTTPException, subprocess.SubprocessError)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that are measured together; *word* is what ``--only`` calls them."""

    word: str
    plans: Sequence[Plan]
    work: Callable[[], Findings]


def parts(*, quick: bool) -> list[Part]:
    """Return everything there is to measure."""
    rounds, large, flood = ROUNDS[quick], press_cold.LARGE[quick], press_flood.REQUESTS[quick]
    return [
        Part("nginx", press_stored.FRONTED, lambda: press_stored.fronted_rows(rounds)),
        Part("changes", press_changes.ONE_NODE, lambda: press_changes.one_node_rows(rounds)),
        Part("nodes", press_changes.TWO_NODES, lambda: press_changes.two_node_rows(quick=quick)),
        Part("embedded", press_stored.EMBEDDED, lambda: press_stored.embedded_rows(rounds)),
        Part("cold", press_cold.plans(large), lambda: press_cold.rows(rounds, large)),
        Part("flood", press_flood.plans(flood), lambda: press_flood.rows(flood)),
    ]


def main(words: Sequence[str] | None = None) -> int:
    """Measure, and return 0 when every goal that could be measured is held, 1 otherwise."""
    parser = harness.arguments(__doc__ or "")
    parser.add_argument(
        "--only", default="", metavar="WORD,WORD", help="some parts: nginx, changes, nodes, embedded, cold, flood"
    )
    options = parser.parse_args(words)
    try:
        machine.need_tools()
    except machine.ToolMissing as error:
        print(error, file=sys.stderr)
        return 2
    report = Report("press", machine.describe(), f"./dev bench press{' --quick' if options.quick else ''}")
    report.machine["priority"] = "raised" if stay_with_the_clients() else "as everybody's (not root)"
    if len(machine.CPUS) < 2:
        report.machine["pinning"] = "load generator and server share the only CPU"
    wanted = set(filter(None, options.only.split(",")))
    for part in parts(quick=options.quick):
        if wanted and part.word not in wanted:
            continue
        for row in harness.measured(part.plans, part.work(), failures=FAILURES):
            report.rows.append(row)
            print(
                f"{row.name}: {row.as_json()['ratio'] or row.as_json()['ours']} ({row.goal}) {row.holds} {row.note}",
                flush=True,
            )
    report.machine["load average after"] = machine.load_average()
    harness.publish(report, name="press", options=options)
    return 0 if all(row.holds is not False for row in report.rows) else 1


if __name__ == "__main__":
    sys.exit(in_own_session(main))
