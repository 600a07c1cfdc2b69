"""The bar appears and disappears at its moments."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tribuna.core.prepared import prepared
from tribuna.newsroom.models import BreakingNews
from tribuna.newsroom.models.breaking import Turn
from tribuna.press.actions import changed


@transaction.atomic
def turn_breaking_news() -> int:
    """Say of each bar that it appears, or is over, whose moment has come; return how many there were."""
    now, turned = timezone.now(), 0
    for bar in BreakingNews.objects.filter(turn__lt=Turn.OVER).select_related("edition"):
        turn = Turn.OVER if bar.until <= now else Turn.SHOWN if bar.since <= now else Turn.WAITING
        if turn != bar.turn:
            BreakingNews.objects.filter(pk=bar.pk).update(turn=turn)
            changed(bar.tag, withdrawn=turn == Turn.OVER)
            turned += 1
    return turned


def next_turn_of_breaking_news() -> datetime | None:
    """Return the next moment at which a bar appears or is over, be it past; None if there is none. One query."""
    return min((until if turn == Turn.SHOWN else since for turn, since, until in _turning()), default=None)


@prepared
def _turning() -> QuerySet[BreakingNews, tuple[int, datetime, datetime]]:
    return BreakingNews.objects.filter(turn__lt=Turn.OVER).values_list("turn", "since", "until")
