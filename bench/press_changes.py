"""Rows about change: served at full load while comments are accepted and stories published, and how soon it is seen."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from math import inf
from pathlib import Path

from bench.harness import Findings, NotMeasured, Plan, Result, percentile, shown
from bench.load import Contest, Rounds, Target, contest
from bench.newsrooms import SMALL, TIMED_SETTINGS, Newsroom, Size, opened, own_database, started
from bench.press_stored import static_twin, stored
from bench.processes import free_port
from bench.readers import fetched, filled_form, form_path
from bench.timing import commits
from bench.webserver import fronted
from bench.writers import PATIENCE_SECONDS, Comments, Desk, Forms, Ledger, Task, at_work, keep_publishing, watch

COMMENTS_PER_SECOND = 10
PUBLISH_EVERY_SECONDS = 1.0
ACCEPTED_AT_LEAST = 0.9  # of what was sent, or the load was not what the row says
TWO_NODE_SECONDS = {False: 30, True: 8}  # by whether it is to be quick
FORM_SECONDS = 2.5  # more than TRIBUNA_FORM_MINIMUM_SECONDS
_MEANWHILE = f"{COMMENTS_PER_SECOND} comments/s, 1 publication/s"

ONE_NODE = (
    Plan(
        "load",
        f"nginx before our store with {_MEANWHILE} / nginx, static file, beside it",
        "requests/s",
        "ratio >= 0.8",
    ),
    Plan("stale", f"stale answers after an acknowledged change, full load, {_MEANWHILE}", "answers", "ours <= 0"),
    Plan("commented", "one node, full load: from a comment's commit to the first fresh answer, p99", "s", "ours < 0.1"),
    Plan(
        "published",
        "one node, full load: from a publication's commit to the first fresh answer, p99",
        "s",
        "ours < 0.1",
    ),
)
TWO_NODES = (
    Plan(
        "seen",
        "two nodes, PostgreSQL: from a comment's commit at one to the first fresh answer of the other, p99",
        "s",
        "ours < 1",
    ),
)


def one_node_rows(rounds: Rounds) -> Findings:
    """Load nginx before our store while readers write and the desk publishes, all of it on the server's CPU."""
    with (
        opened(Size(SMALL), TRIBUNA_TRUSTED_PROXIES="127.0.0.1/32") as newsroom,
        fronted(newsroom, settings=TIMED_SETTINGS) as servers,
    ):
        path = newsroom.size.paths()[0]
        with static_twin(path, *stored(newsroom.address, path)) as (url, twin), closing(Desk(newsroom)) as desk:
            ours, reference = Target(newsroom.address + path, servers), Target(url, [twin])
            quiet = contest(ours, reference, Rounds(1, rounds.seconds))
            ledger, done, seconds = _busy(newsroom, path, desk, (ours, reference), rounds)
            waits = _waits(ledger, newsroom)
    flaw = _pace_flaw(ledger, seconds)
    found = _beside(done.result(), quiet)
    yield "load", replace(found, flaw="; ".join(filter(None, [found.flaw, flaw])))
    yield "stale", Result(ledger.stale, note=_looked(ledger, seconds), flaw=flaw)
    yield "commented", _p99(waits, "comments", flaw)
    yield "published", _p99(ledger.publication_seconds, "publications", flaw)


def _busy(
    newsroom: Newsroom, path: str, desk: Desk, targets: tuple[Target, Target], rounds: Rounds
) -> tuple[Ledger, Contest, float]:
    """Load the targets in turns while everybody is at work; return what was seen, and in how many seconds."""
    ledger = Ledger()
    form = form_path(fetched(newsroom.address, path))
    at_most = (2 * rounds.number * (rounds.seconds + 1) + 10) * COMMENTS_PER_SECOND
    comments = Comments(ledger, newsroom.address, form=form, path=path, forms=_forms(newsroom, form, int(at_most)))
    slugs = [each.rsplit("/", 2)[-2] for each in newsroom.size.paths()[:2]]
    for kind, slug in zip(("again", "first"), slugs, strict=True):
        desk.publish(f"{kind} {slug} mark-0")  # what a fresh process loads the first time is no matter of the press's

    def publish(going: object) -> None:
        keep_publishing(ledger, desk, newsroom.address, slugs=slugs, every_seconds=PUBLISH_EVERY_SECONDS, going=going)

    tasks: list[Task] = [publish, lambda going: watch(ledger, newsroom.address, path, going=going)]
    began = time.monotonic()
    with at_work(*tasks, *comments.tasks(per_second=COMMENTS_PER_SECOND)):
        done = contest(*targets, rounds, settles=False)
        seconds = time.monotonic() - began
    return ledger, done, seconds


def _forms(newsroom: Newsroom, form: str, number: int) -> Forms:
    """Open *number* forms and answer what they ask; nobody may send one at once."""
    forms = [(each, filled_form(newsroom.address, form, each)) for each in range(number)]
    time.sleep(FORM_SECONDS)
    return forms


def _waits(ledger: Ledger, newsroom: Newsroom) -> list[float]:
    """How long each comment that was looked for took from its commit to the first fresh answer."""
    committed = commits(newsroom.data)
    return [moment - committed[name] for name, moment in ledger.seen.items()]


def _beside(found: Result, quiet: Contest) -> Result:
    """Say as well what both do while nobody writes: the load of writing is on the same CPU."""
    ours, reference = quiet.ours[0].per_second, quiet.reference[0].per_second
    return replace(found, note=f"{found.note}; while nobody writes {shown(ours)} and {shown(reference)}")


def _pace_flaw(ledger: Ledger, seconds: float) -> str:
    wanted = seconds * COMMENTS_PER_SECOND * ACCEPTED_AT_LEAST
    published = seconds / PUBLISH_EVERY_SECONDS * ACCEPTED_AT_LEAST
    if ledger.accepted >= wanted and ledger.published >= published - 1:
        return ""
    refusals = f", refused {dict(ledger.refusals)}" if ledger.refusals else ""
    return f"only {ledger.accepted} comments and {ledger.published} publications in {seconds:.0f} s{refusals}"


def _looked(ledger: Ledger, seconds: float) -> str:
    changes = f"{ledger.accepted} comments and {ledger.published} publications in {seconds:.0f} s"
    return f"{ledger.looked:,} answers looked at, {changes}"


def _p99(seconds: Sequence[float], what: str, flaw: str = "") -> Result:
    if not seconds:
        raise NotMeasured(f"no {what} were acknowledged")
    never = seconds.count(inf)
    if never:
        return Result(inf, flaw=f"{never} of {len(seconds)} {what} were not seen within {PATIENCE_SECONDS} s")
    note = f"{len(seconds)} {what}, median {percentile(seconds, 50):.3g} s, slowest {max(seconds):.3g} s"
    return Result(percentile(seconds, 99), note=note, flaw=flaw)


def two_node_rows(*, quick: bool) -> Findings:
    """Send comments to one node and look for them at the other; both have a CPU's worth of time together."""
    with _two_nodes() as (here, there), here.served(settings=TIMED_SETTINGS), there.served():
        path = here.facts["model"]["path"]
        for node in (here, there):
            stored(node.address, path)
        ledger, seconds = Ledger(), TWO_NODE_SECONDS[quick]
        form = form_path(fetched(here.address, path))
        forms = _forms(here, form, seconds * COMMENTS_PER_SECOND)
        comments = Comments(ledger, here.address, form=form, path=path, forms=forms)
        comments.seen_at = there.address
        with at_work(*comments.tasks(per_second=COMMENTS_PER_SECOND)):
            time.sleep(seconds)
        waits = _waits(ledger, here)
    refusals = f"refused: {dict(ledger.refusals)}" if ledger.refusals else ""
    yield "seen", _p99(waits, "comments", refusals)


@contextmanager
def _two_nodes() -> Iterator[tuple[Newsroom, Newsroom]]:
    """Yield two nodes of one newsroom: one database in PostgreSQL, one key, a folder of files for each."""
    with own_database() as url, tempfile.TemporaryDirectory(prefix="tribuna-bench-") as temporary:
        here = started(Path(temporary) / "newsroom", TRIBUNA_DATABASE_URL=url)
        second = Path(temporary) / "second"
        second.mkdir()
        there = Newsroom(here.folder, free_port(), here.size, {**here.variables, "TRIBUNA_DATA": str(second)})
        # Each is asked by its own address, which Wagtail takes for the default site's.
        yield here, there
