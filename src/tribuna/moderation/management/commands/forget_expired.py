"""Forgets what has run out."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tribuna.humans.actions import forget_expired_nonces
from tribuna.moderation.actions import forget_traces


class Command(BaseCommand):
    help = "Forget used-up form tokens and the judges' memory once they are too old. tribuna serve does it hourly."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many rows of each went."""
        self.stdout.write(f"{forget_expired_nonces()} tokens and {forget_traces()} traces forgotten.")
