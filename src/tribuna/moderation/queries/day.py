"""A moderator's day in one query: what waits, since when, what is done, and when it will be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Model, Q, QuerySet, Subquery, Value
from django.utils import timezone

from tribuna.comments.models import Comment, Notice, State
from tribuna.moderation.models import Appeal, CountCheck, Decision, NoticeAppeal
from tribuna.people.models import User

PACE_WINDOW = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Day:
    """How things stand at the desk."""

    waiting: int
    oldest: datetime | None  # when the comment was written that has waited longest
    decided: int  # by this moderator, today
    pace: int  # comments that moderators took out of the queue within the last hour
    arrivals: int  # and those that came into it
    appeals: int  # that wait, of authors and of readers whose reports were declined
    notices: int  # reports of comments that wait
    checked_at: datetime | None  # when the counts were gone over
    drifted: int  # and how many pages were off

    @property
    def done_at(self) -> datetime | None:
        """Return when the queue will be empty at this pace; None if never, or if it is."""
        gain = self.pace - self.arrivals
        if gain <= 0 or not self.waiting:
            return None
        return timezone.now() + self.waiting / gain * PACE_WINDOW


def day_of(moderator: User) -> Day:
    """Return how things stand at the desk for *moderator*, in one query."""
    now = timezone.now()
    waiting = Comment.objects.filter(state=State.HELD)
    lately = Decision.objects.since(now - PACE_WINDOW)
    came = Q(action=Decision.Action.RECEIVE) | Q(action=Decision.Action.HOLD)
    checks = CountCheck.objects.order_by("-at")
    asked: dict[str, Any] = {
        "waiting": _number(waiting),
        "oldest": Subquery(waiting.order_by("pk").values("created_at")[:1]),
        "decided": _number(Decision.objects.filter(actor=moderator).since(_midnight(now))),
        "pace": _number(lately.filter(state_before=State.HELD).exclude(actor=None)),
        "arrivals": _number(lately.filter(came, state_after=State.HELD)),
        "appeals": _number(Appeal.objects.open()),
        "notice_appeals": _number(NoticeAppeal.objects.open()),
        "notices": _number(Notice.objects.of_comments().open()),
        "checked_at": Subquery(checks.values("at")[:1]),
        "drifted": Subquery(checks.values("drifted")[:1]),
    }
    asker: Any = User.objects.filter(pk=moderator.pk)  # the types of a query's own columns are unknown
    row = asker.values(**asked).get()
    counts = {name: number or 0 for name, number in row.items() if name not in {"oldest", "checked_at"}}
    counts["appeals"] += counts.pop("notice_appeals")
    return Day(oldest=row["oldest"], checked_at=row["checked_at"], **counts)


def _number[Row: Model](rows: QuerySet[Row]) -> Subquery:
    """Return the number of *rows* as part of another query; of none that is NULL."""
    grouped = rows.order_by().annotate(everything=Value(1)).values("everything")
    return Subquery(grouped.annotate(number=Count("pk")).values("number"))


def _midnight(now: datetime) -> datetime:
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
