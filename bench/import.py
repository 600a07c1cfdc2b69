"""``./dev bench import``: a generated Drupal 7 site into an empty newsroom, on SQLite and on PostgreSQL."""  # noqa: N999 - it is the word people type

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from bench import harness, import_after, machine
from bench.comments_room import POSTGRES, SQLITE
from bench.drupal import make_site
from bench.harness import Findings, Plan, Report, Result, arguments, measured, publish
from bench.load import Rounds
from bench.newsrooms import Newsroom, own_database, started
from bench.processes import python

VENDORS = {"sqlite": SQLITE, "postgresql": POSTGRES}  # by what --only calls them
FULL, QUICK = (100_000, 1_000_000), (2_000, 20_000)
SECONDS_AT_MOST, MEGABYTES_AT_MOST = 15 * 60, 1024


def plans(nodes: int, comments: int, vendor: str = SQLITE) -> tuple[Plan, ...]:
    """Return the rows for a site of so many *nodes* and *comments* into one database."""
    said = f"{nodes:,} articles, {comments:,} comments"
    first = f"import of a Drupal 7 site: {said}" if vendor == SQLITE else f"the same into {vendor}: {said}"
    same = "the same" if vendor == SQLITE else f"the same into {vendor}"
    again = "a second run, which changes nothing" if vendor == SQLITE else f"a second run into {vendor}"
    return (
        Plan("seconds", first, "s", f"ours <= {SECONDS_AT_MOST}"),
        Plan("articles", f"{same}: articles", "1/s", f"ours >= {FULL[0] // SECONDS_AT_MOST}"),
        Plan("comments", f"{same}: comments", "1/s", f"ours >= {FULL[1] // SECONDS_AT_MOST}"),
        Plan("memory", f"{same}: peak memory", "MiB", f"ours <= {MEGABYTES_AT_MOST}"),
        Plan("again", again, "s", f"ours <= {SECONDS_AT_MOST}"),
        *import_after.plans("the site" if vendor == SQLITE else f"the site in {vendor}"),
    )


def work(site: Path, nodes: int, comments: int, vendor: str, rounds: Rounds) -> Findings:
    """Bring the *site* into a newsroom that is gone at the end. Raises NotMeasured without the database."""
    with ExitStack() as stack:
        variables = {}
        if vendor == POSTGRES:
            variables["TRIBUNA_DATABASE_URL"] = stack.enter_context(own_database())
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="tribuna-bench-"))
        newsroom = started(Path(folder) / "newsroom", **variables)
        yield from rows(newsroom, site, nodes, comments)
        yield from import_after.rows(newsroom, rounds)


def rows(newsroom: Newsroom, site: Path, nodes: int, comments: int) -> Findings:
    """Bring the *site* twice, and yield what that took."""
    seconds, peak, said, cpu = _imported(newsroom, site)
    note = f"{cpu:.0f} s of one CPU; load {machine.load_average()}"
    yield "seconds", Result(seconds, note=note, flaw=_flaw(said, f"{nodes:,} created", f"{comments:,} created"))
    yield "articles", Result(nodes / seconds)
    yield "comments", Result(comments / seconds)
    yield "memory", Result(peak)
    seconds, _peak, said, cpu = _imported(newsroom, site)
    note = f"{cpu:.0f} s of one CPU"
    yield "again", Result(seconds, note=note, flaw=_flaw(said, f"{nodes:,} same", f"{comments:,} same"))


def _flaw(said: str, *expected: str) -> str:
    missing = [words for words in expected if words not in said]
    return f"the run did not say {', '.join(missing)}" if missing else ""


def _imported(newsroom: Newsroom, site: Path) -> tuple[float, float, str, float]:
    """Return the seconds, the peak memory in MiB, the words and the CPU seconds of one run."""
    command = python("-m", "tribuna.site.cli", "import", "drupal7", f"sqlite:///{site}")
    began = time.monotonic()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(
            command, cwd=newsroom.folder, env=newsroom.environment(), stdout=output, stderr=subprocess.STDOUT
        )
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read()
    if process.returncode:
        print(said, flush=True)  # the row has a flaw then
    return time.monotonic() - began, usage.ru_maxrss / 1024, said, usage.ru_utime + usage.ru_stime


def main(argv: list[str] | None = None) -> int:
    """Measure, and say how it went."""
    parser = arguments("Measure an import.")
    parser.add_argument("--nodes", type=int, help="so many articles instead, with ten comments each")
    parser.add_argument("--only", default="", metavar="WORD", help="one database: sqlite or postgresql")
    options = parser.parse_args(argv)
    nodes, comments = QUICK if options.quick else FULL
    rounds = Rounds(3, 2) if options.quick else Rounds(5, 3)
    if options.nodes:
        nodes, comments = options.nodes, 10 * options.nodes
    try:
        machine.need_tools()
    except machine.ToolMissing as error:
        print(error, file=sys.stderr)
        return 2
    found = []
    with tempfile.TemporaryDirectory(prefix="tribuna-bench-") as folder:
        site = Path(folder) / "drupal.sqlite"
        print(f"making a Drupal 7 site of {nodes:,} nodes and {comments:,} comments", flush=True)
        make_site(site, nodes=nodes, comments=comments)
        for word, vendor in VENDORS.items():
            if options.only in {"", word}:
                wanted = plans(nodes, comments, vendor)
                found += measured(
                    wanted, harness.said(work(site, nodes, comments, vendor, rounds)), failures=(Exception,)
                )
    report = Report("import", machine.describe(), "./dev bench import", found)
    publish(report, name="import", options=options)
    return 0 if all(row.holds is not False for row in found) else 1


if __name__ == "__main__":
    sys.exit(main())
