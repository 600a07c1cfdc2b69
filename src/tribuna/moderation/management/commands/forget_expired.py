"""Forgets what has run out."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tribuna.humans.actions import forget_expired_nonces, forget_old_buckets, forget_old_counts
from tribuna.moderation.actions import forget_reports_and_letters, forget_traces


class Command(BaseCommand):
    help = (
        "Forget used-up tokens, the judges' memory, pressure, old counts, mail, reports. tribuna serve does it hourly."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many rows of each went."""
        self.stdout.write(
            f"{forget_expired_nonces()} tokens, {forget_traces()} traces, {forget_old_buckets()} buckets, "
            f"{forget_old_counts()} counts and {forget_reports_and_letters()} rows about mail and reports forgotten."
        )
