"""Says what the learned filter is, and how good it has proven."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import localtime

from tribuna.learning.metrics import Share
from tribuna.moderation.judges._memory import unpacked
from tribuna.moderation.models import SiteFilter
from tribuna.moderation.queries import audit_of_rejections, languages_of_rejection, lived_standings, proofs
from tribuna.moderation.queries.filters import Standings


class Command(BaseCommand):
    help = "Say which filter is in force, and its precision and recall with their intervals, by language."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the one option."""
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        in_force = SiteFilter.objects.in_force()
        lived = lived_standings()
        if options["json"]:
            self.stdout.write(json.dumps(_packed(in_force, lived), indent=2))
            return
        if in_force is None:
            self.stdout.write("In force: the shipped prior alone.")
        else:
            self.stdout.write(
                f"In force: filter {in_force.pk}, made {localtime(in_force.made_at):%Y-%m-%d %H:%M} from "
                f"{in_force.decisions} decisions, {in_force.spam} of them spam."
            )
            self.stdout.write("On texts it had not learned from:")
            self.stdout.write("\n".join(_lines(in_force.standing)))
        self.stdout.write(_leave(in_force))
        self.stdout.write("On comments that people then decided on (of those it held, and those it let pass):")
        self.stdout.write("\n".join(_lines(lived)) or "  none yet")
        audit = audit_of_rejections()
        self.stdout.write(
            f"Rejected by itself: {audit.rejected}. Drawn for a person instead: {audit.drawn}; of those decided, spam: "
            f"{_told(audit.spam)}"
        )


def _leave(in_force: SiteFilter | None) -> str:
    found = languages_of_rejection(unpacked(in_force))
    told = ", ".join(f"{language} (from a score of {score:.1f})" for language, score in found.items())
    return f"It rejects by itself in: {told}." if told else "It holds, and rejects nothing by itself."


def _lines(standings: Standings) -> Iterator[str]:
    for each in proofs(standings):
        precision, recall = _told(each.precision), _told(each.recall)
        yield f"  {each.language}  {each.word:<6}  precision {precision}, recall {recall}"


def _told(share: Share) -> str:
    if not share.total:
        return "unknown (of none)"
    low, high = share.interval
    return f"{share.value:.1%} ({low:.1%} to {high:.1%} of {share.total})"


def _packed(in_force: SiteFilter | None, lived: dict[str, Any]) -> dict[str, Any]:
    made = in_force and {
        "id": in_force.pk,
        "made_at": in_force.made_at.isoformat(),
        "decisions": in_force.decisions,
        "spam": in_force.spam,
        "standing": in_force.standing,
    }
    return {"filter": made, "lived": lived}
