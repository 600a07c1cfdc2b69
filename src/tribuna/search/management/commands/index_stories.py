"""Brings the index of the search up to date."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from tribuna.newsroom.models import ArticlePage
from tribuna.search.actions import STORIES_AT_ONCE, catch_up, index_stories
from tribuna.search.models import Entry


class Command(BaseCommand):
    help = "Index the stories that are missing from the search, and drop what is over; --all compares every story."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ``--all`` and ``--anew``."""
        parser.add_argument("--all", action="store_true", help="compare every story with its entry, and mend it")
        parser.add_argument("--anew", action="store_true", help="empty the index first, and write all of it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring the index up to date and say what was done."""
        if options["anew"]:
            Entry.objects.all().delete()
        changed = self._all() if options["all"] or options["anew"] else 0
        changed += catch_up()
        self.stdout.write(f"{changed:,} entries changed; {Entry.objects.count():,} stories can be found.")

    def _all(self) -> int:
        stories = list(ArticlePage.objects.for_readers().newest_first().values_list("pk", flat=True))
        some = range(0, len(stories), STORIES_AT_ONCE)
        quiet = not self.stdout.isatty()
        steps = tqdm(some, unit=f" x {STORIES_AT_ONCE} stories", disable=quiet)
        return sum(index_stories(stories[at : at + STORIES_AT_ONCE]) for at in steps)
