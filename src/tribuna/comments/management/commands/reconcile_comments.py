"""Counts the comments again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tribuna.comments.actions import reconcile_counts


class Command(BaseCommand):
    help = "Compare every comment counter with the comments it counts, say what differed, and put it right."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line for each page whose counters were off, and how many there were."""
        drifts = reconcile_counts()
        for drift in drifts:
            self.stdout.write(f"page {drift.page_id}: {drift.stored} stored, {drift.counted} counted")
        self.stdout.write(f"{len(drifts)} pages had drifted.")
