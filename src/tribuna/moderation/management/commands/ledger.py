"""Checks the ledger, or a copy of it, and writes it out."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tribuna.moderation.queries import LedgerFlaw, check_ledger, ledger_lines

STDIN = "-"


class Command(BaseCommand):
    help = "Check that nothing in the ledger of moderation was altered (verify), or write it out (export)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the word after ``ledger``, and what belongs to it."""
        words = parser.add_subparsers(dest="word", metavar="verify|export", required=True)
        verify = words.add_parser("verify", help="check the newsroom's ledger against its decisions, or a copy of it")
        verify.add_argument("file", nargs="?", help="a copy that was downloaded or exported; - reads standard input")
        export = words.add_parser("export", help="write the ledger as JSON Lines, one entry a line")
        export.add_argument("--output", type=Path, metavar="FILE", help="where to (standard output)")

    def handle(self, *args: Any, word: str, **options: Any) -> None:
        """Do what *word* says. Raises CommandError, with status 1, when something was altered."""
        if word == "export":
            self.export(options["output"])
            return
        try:
            end = check_ledger(_lines(options["file"]) if options["file"] else None)
        except LedgerFlaw as flaw:
            raise CommandError(f"The ledger does not hold: {flaw}.") from flaw
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{options['file']} can't be read: {error}") from error
        self.stdout.write(f"The ledger holds: {end.number} entries, the last with the hash {end.hash}.")

    def export(self, output: Path | None) -> None:
        """Write every line to *output*. Raises CommandError when that can't be."""
        if output is None:
            self.stdout.writelines(ledger_lines())
            return
        try:
            with output.open("w", encoding="ascii", newline="\n") as file:
                file.writelines(ledger_lines())
        except OSError as error:
            raise CommandError(f"{output} can't be written: {error}") from error


def _lines(name: str) -> Iterator[str]:
    if name == STDIN:
        yield from sys.stdin
        return
    with Path(name).open(encoding="utf-8", newline="\n") as file:
        yield from file
