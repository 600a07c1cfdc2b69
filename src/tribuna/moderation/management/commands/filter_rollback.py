"""Takes the last fit of the filter back."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tribuna.moderation.actions import roll_back_filter
from tribuna.moderation.models import SiteFilter


class Command(BaseCommand):
    help = "Take back the filter in force, and return to the one before it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what is in force now. Raises CommandError when there is nothing to take back."""
        try:
            before = roll_back_filter()
        except SiteFilter.DoesNotExist:
            raise CommandError("Nothing was learned yet; the shipped prior is in force.") from None
        self.stdout.write(f"In force: {f'filter {before.pk}' if before else 'the shipped prior alone'}.")
