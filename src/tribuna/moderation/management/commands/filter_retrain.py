"""Fits the learned filter to the desk's decisions."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tribuna.moderation.actions import TooFewDecisions, is_retraining_due, retrain_filter


class Command(BaseCommand):
    help = "Fit the learned filter to all decisions that stand. tribuna serve does it hourly, when it is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the one option."""
        parser.add_argument("--if-due", action="store_true", help="only if a tenth more was decided since")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fit, and say to what. Raises CommandError when there is too little to learn from."""
        if options["if_due"] and not is_retraining_due():
            self.stdout.write("Nothing to do.")
            return
        try:
            fitted = retrain_filter()
        except TooFewDecisions as few:
            if options["if_due"]:
                self.stdout.write("Nothing to do.")
                return
            raise CommandError(
                f"There are {few.count} decisions to learn from. It takes more, and two of each kind: published, and "
                "marked as spam (or rejected as advertising)."
            ) from None
        self.stdout.write(f"Filter {fitted.pk} learned from {fitted.decisions} decisions, {fitted.spam} of them spam.")
