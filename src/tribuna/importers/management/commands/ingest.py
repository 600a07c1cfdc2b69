"""Takes in wires now."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tribuna.importers.actions.wires import Taken, take_in
from tribuna.importers.models import Wire


class Command(BaseCommand):
    help = "Ask the wires now, whenever their turn would be, and take what they have in as drafts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the name of one wire, and whether anything is stored."""
        parser.add_argument("name", nargs="?", default="", help="the wire's name (default: all that are enabled)")
        parser.add_argument("--dry-run", action="store_true", help="say what would become of each item, store nothing")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        """Take in the wire called *name*, or all. Raises CommandError when one could not be read to its end."""
        wires = list(Wire.objects.filter(name=name) if name else Wire.objects.filter(enabled=True))
        if not wires:
            known = ", ".join(Wire.objects.values_list("name", flat=True))
            raise CommandError(f"There is no such wire. There are: {known or 'none yet; add one in the admin'}.")
        is_dry = options["dry_run"]
        flaws = [flaw for wire in wires if (flaw := self._tell(wire, take_in(wire, is_dry=is_dry), is_dry=is_dry))]
        if flaws:
            raise CommandError("\n".join(flaws))

    def _tell(self, wire: Wire, taken: Taken, *, is_dry: bool) -> str:
        if is_dry:
            for outcome, title in taken.items:
                self.stdout.write(f"{outcome:9}{title}")
        said = ", ".join(f"{number:,} {outcome}" for outcome, number in sorted(taken.counts.items()))
        self.stdout.write(f"{wire.name}: {said or 'nothing new'}")
        return f"{wire.name}: {taken.error}" if taken.error else ""
