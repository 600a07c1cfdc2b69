"""Brings the archive of another system."""  # noqa: N999 - it is the word that people type

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from tribuna.core.plug import plugs
from tribuna.importers.actions import Outcome, Wishes, import_archive, write_report
from tribuna.importers.actions.fetching import fetch_file
from tribuna.importers.base import Reading, Source, SourceBroken

INTERRUPTED = 130  # the exit status of a shell's command that was stopped by Ctrl-C


class Command(BaseCommand):
    help = "Bring articles, comments and old addresses of another system. Run it again as often as you like."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the word that names a source, what belongs to it, and what all of them know."""
        words = parser.add_subparsers(dest="word", metavar="SOURCE", required=True)
        for source in _sources().values():
            own = words.add_parser(source.name, help=source.summary, description=source.summary)
            source.offer(own)
            own.add_argument("--as", dest="archive", help="the archive's name, where there are several of one kind")
            own.add_argument("--files", type=Path, help="the folder with its pictures and documents")
            own.add_argument("--fetch", action="store_true", help="fetch files that are not there from the old site")
            own.add_argument("--section", default="", help="the section for articles that stand in none")
            own.add_argument("--language", default="", help="the language of what does not say its own")
            own.add_argument("--dry-run", action="store_true", help="read everything, store nothing, write the report")
            own.add_argument("--inspect", action="store_true", help="print the mapping that would be used, and stop")
            own.add_argument("--report", type=Path, help="the folder for the report")

    def handle(self, *args: Any, word: str, **options: Any) -> None:
        """Read the source called *word*. Raises CommandError."""
        source = _sources()[word]
        name = options["archive"] or source.name
        try:
            reading = source.open(options)
            if options["inspect"]:
                self._propose(reading)
                return
            outcome = self._run(reading, source, name, options)
        except SourceBroken as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError("Stopped. What came stays; run it again for the rest.", returncode=INTERRUPTED) from None
        page = write_report(outcome, folder=options["report"] or settings.TRIBUNA_IMPORTS_FOLDER / name)
        self._sum_up(outcome, page)
        if not options["dry_run"]:
            call_command("index_stories", stdout=self.stdout)  # which was written past it
        if outcome.broken:
            raise CommandError(f"The source can't be read any further: {outcome.broken}. What was read before it came.")

    def _propose(self, reading: Reading) -> None:
        if not reading.proposal:
            raise CommandError("This source needs no mapping.")
        self.stdout.write(reading.proposal)

    def _run(self, reading: Reading, source: Source, name: str, options: dict[str, Any]) -> Outcome:
        wishes = Wishes(
            files=options["files"],
            fetch=fetch_file if options["fetch"] else None,
            section=options["section"],
            language=options["language"],
        )
        with tqdm(total=reading.total, unit="record", disable=not self.stdout.isatty()) as bar:
            return import_archive(
                reading, name=name, source=source.name, wishes=wishes, is_dry=options["dry_run"], watch=bar.update
            )

    def _sum_up(self, outcome: Outcome, page: Path) -> None:
        for kind, count in sorted(outcome.ledger.counts.items()):
            said = ", ".join(f"{number:,} {what}" for what, number in count.items() if number)
            self.stdout.write(f"{kind}: {said}")
        self.stdout.write(f"Report: {page}")


def _sources() -> dict[str, Source]:
    return {source.name: source for source in plugs(settings.TRIBUNA_IMPORT_SOURCES)}
