"""What the desk sees to by itself or for one moderator: the counts each night, and saved filters."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from tribuna.comments.actions import reconcile_counts
from tribuna.moderation.models import CountCheck, SavedFilter
from tribuna.people.models import User

NIGHT_HOUR = 3  # local time: few are writing then
CHECKS_KEPT = 90


def check_counts() -> CountCheck:
    """Go over every counter of comments, put right what is off, and return what was found, which the desk shows."""
    check = CountCheck.objects.create(at=timezone.now(), drifted=len(reconcile_counts()))
    outdated = CountCheck.objects.order_by("-at").values("pk")[CHECKS_KEPT : CHECKS_KEPT + 1]
    CountCheck.objects.filter(pk__lte=max((row["pk"] for row in outdated), default=0)).delete()
    return check


def check_counts_nightly() -> CountCheck | None:
    """Do it unless it was done since three o'clock last night."""
    if CountCheck.objects.filter(at__gte=_last_night(timezone.localtime())).exists():
        return None
    return check_counts()


def save_filter(owner: User, *, name: str, query: str) -> SavedFilter:
    """Keep what *owner* narrows the queue by under *name*, in place of what was kept there."""
    kept, _is_new = SavedFilter.objects.update_or_create(owner=owner, name=name, defaults={"query": query})
    return kept


def forget_filter(kept: SavedFilter) -> None:
    """Forget a filter."""
    kept.delete()


def _last_night(now: datetime) -> datetime:
    night = now.replace(hour=NIGHT_HOUR, minute=0, second=0, microsecond=0)
    return night if night <= now else night - timedelta(days=1)
