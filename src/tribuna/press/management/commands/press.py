"""Looks at the printed pages, forgets them, prints them ahead."""

from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.template.defaultfilters import filesizeformat
from django.utils.timezone import localtime
from tqdm import tqdm

from tribuna.press.actions import changed, page_store
from tribuna.press.base import FRAGMENTS, SITE
from tribuna.press.front import Front
from tribuna.press.front.warming import PRINTED, THERE, warm_pages
from tribuna.press.models import Purge
from tribuna.press.queries import Report, pages_at, public_addresses, report_of
from tribuna.press.signals import documents_wanted

INTERRUPTED = 130  # the exit status of a shell's command that was stopped by Ctrl-C
TAGS_SHOWN = 8


class Command(BaseCommand):
    help = "Say what the press holds (status), forget pages (forget), or print all that readers may ask for (warm)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the word after ``press``, and what belongs to it."""
        words = parser.add_subparsers(dest="word", metavar="status|forget|warm", required=True)
        status = words.add_parser("status", help="what is stored here, how much it helps, what changed last")
        status.add_argument("--json", action="store_true", help="for machines")
        forget = words.add_parser("forget", help="have pages printed anew, on every node")
        forget.add_argument("--all", action="store_true", help="all of them")
        forget.add_argument("--tag", nargs="+", default=[], help="those that show what a tag names, such as page:12")
        forget.add_argument("--url", nargs="+", default=[], help="those that show the page at an address")
        forget.add_argument("--withdrawn", action="store_true", help="keep no outdated copy either, whatever happens")
        warm = words.add_parser("warm", help="print what is public and not stored here: pages, then documents")
        warm.add_argument("--limit", type=_count, help="at most so many of them")

    def handle(self, *args: Any, word: str, **options: Any) -> None:
        """Do what *word* says. Raises CommandError."""
        if word == "status":
            self.tell(report_of(page_store().status()), is_for_machines=options["json"])
        elif word == "forget":
            self.forget(_tags(options), withdrawn=options["withdrawn"])
        else:
            documents = [url for _receiver, urls in documents_wanted.send(None) for url in urls or ()]
            self.warm([*public_addresses(), *documents][: options["limit"]])

    def tell(self, report: Report, *, is_for_machines: bool) -> None:
        """Print *report*."""
        if is_for_machines:
            self.stdout.write(json.dumps(_packed(report), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_lines(report)))

    def forget(self, tags: list[str], *, withdrawn: bool) -> None:
        """Forget the pages that show *tags*."""
        changed(*tags, withdrawn=withdrawn)
        self.stdout.write(f"Forgotten: {', '.join(tags)}. Other nodes follow within a second.")

    def warm(self, urls: list[str]) -> None:
        """Print what stands at *urls* and say what became of them. Raises CommandError when it was stopped."""
        became: Counter[str] = Counter()
        first: dict[str, str] = {}
        try:
            for outcome, url in self._warmed(urls):
                became[outcome] += 1
                first.setdefault(outcome, url)
        except KeyboardInterrupt:
            self._sum_up(became, first, total=len(urls))
            raise CommandError("Stopped. What is printed stays.", returncode=INTERRUPTED) from None
        self._sum_up(became, first, total=len(urls))

    def _warmed(self, urls: list[str]) -> Iterator[tuple[str, str]]:
        is_quiet = not self.stdout.isatty()
        outcomes = tqdm(warm_pages(Front(get_wsgi_application()), urls), total=len(urls), unit="page", disable=is_quiet)
        with outcomes:
            yield from zip(outcomes, urls, strict=False)  # a full store ends it early

    def _sum_up(self, became: Counter[str], first: dict[str, str], *, total: int) -> None:
        self.stdout.write(f"{became[PRINTED]} printed, {became[THERE]} there already.")
        for outcome, count in became.most_common():
            if outcome not in {PRINTED, THERE}:
                self.stdout.write(f"{count} not stored: {outcome}, such as {first[outcome]}")
        if left := total - became.total():
            self.stdout.write(f"{left} not tried.")


def _count(text: str) -> int:
    if not (text.isdecimal() and int(text)):
        raise ArgumentTypeError(f"{text!r} is not a number of pages")
    return int(text)


def _tags(options: dict[str, Any]) -> list[str]:
    """Return the tags that are meant. Raises CommandError."""
    tags: list[str] = [FRAGMENTS, SITE] * options["all"] + options["tag"]
    for url in options["url"]:
        pages = pages_at(url)
        if not pages:
            raise CommandError(
                f"No page of the page tree stands at {url}, so nothing was forgotten. Name a tag, or use --all."
            )
        tags += [f"page:{page.pk}" for page in pages]
    if not tags:
        raise CommandError("What is to be forgotten? Say --all, --tag or --url.")
    return tags


def _packed(report: Report) -> dict[str, Any]:
    """Return *report* as JSON has it; the times are in UTC."""
    status = report.status
    return {
        "store": report.store,
        "entries": status.entries,
        "bytes": status.size,
        "maximum_bytes": report.maximum,
        "outdated": status.outdated,
        "answers": {name: report.count(name) for name in ("hit", "found", "outdated", "printed", "unstored")},
        "hit_ratio": report.hit_ratio,
        "reasons": dict(report.reasons),
        "refusals": [{"path": path, "why": why} for path, why in status.refusals],
        "purges": [{"at": p.at.isoformat(), "tags": p.tags, "withdrawn": p.withdrawn} for p in report.purges],
    }


def _lines(report: Report) -> Iterator[str]:
    status, ratio = report.status, report.hit_ratio
    yield f"Store      {report.store}"
    yield f"Pages      {status.entries:,} (and {status.outdated:,} outdated, for when the database is away)"
    yield f"Room       {filesizeformat(status.size)} of {filesizeformat(report.maximum)}"
    kinds = ("hit", "from memory"), ("found", "from disk"), ("outdated", "outdated"), ("printed", "printed")
    counts = [f"{report.count(name):,} {said}" for name, said in (*kinds, ("unstored", "not stored"))]
    yield f"Answers    {report.answers:,}: {', '.join(counts)}"
    yield f"Hit ratio  {'none yet' if ratio is None else f'{ratio:.1%}'}"
    yield from _listed("Why answers were not stored", (f"{count:>7,}  {why}" for why, count in report.reasons))
    yield from _listed("Where", (f"{path}  {why}" for path, why in status.refusals))
    yield from _listed("Last purges", map(_said, report.purges))


def _listed(title: str, lines: Iterable[str]) -> Iterator[str]:
    lines = list(lines)
    if lines:
        yield from ("", title, *(f"  {line}" for line in lines))


def _said(purge: Purge) -> str:
    """Return one purge as a line, in the newsroom's own time."""
    tags = " ".join(purge.tags[:TAGS_SHOWN])
    more = f" and {len(purge.tags) - TAGS_SHOWN} more" if len(purge.tags) > TAGS_SHOWN else ""
    return f"{localtime(purge.at):%Y-%m-%d %H:%M:%S}  {tags}{more}{' (withdrawn)' if purge.withdrawn else ''}"
