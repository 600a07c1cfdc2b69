"""What a page allows its readers to say at a given moment, and until when that stays so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from tribuna.comments.base import Closed, Policy
from tribuna.comments.models import WEEKDAYS, CommentSettings, read_hours
from tribuna.core.prepared import prepared
from tribuna.press.actions import lasts_until, remembered
from tribuna.press.base import SITE


@dataclass(frozen=True, slots=True)
class Rules:
    """What is allowed under a page now."""

    policy: str  # a Policy value
    closed: Closed | None = None  # why no comments are taken; None if they are
    changes_at: datetime | None = None  # the next moment at which something else may be true
    opens_at: datetime | None = None  # of a page that is closed for the hour, if it opens again

    @property
    def is_open(self) -> bool:
        """Say whether comments are taken."""
        return self.closed is None


def rules_of(page: Any, *, at: datetime | None = None) -> Rules:
    """Return the rules of *page* (a ``base.Commentable``) at the moment *at* (now), in one query at most.

    A page that is being printed lasts only until they change.
    """
    moment = at or timezone.now()
    site = remembered("comment settings", lambda: (next(iter(_settings()), None), [SITE])) or _nothing_said()
    rules = _rules(page, site, moment)
    lasts_until(rules.changes_at)
    return rules


@cache
def _nothing_said() -> CommentSettings:
    """Return what holds where nobody has saved any settings. Not to be changed."""
    return CommentSettings()


@prepared
def _settings() -> QuerySet[CommentSettings]:
    found: QuerySet[CommentSettings] = CommentSettings.objects.order_by("pk")[:1]
    return found


def _rules(page: Any, site: CommentSettings, moment: datetime) -> Rules:
    policy = page.comments_policy or site.policy
    if policy == Policy.CLOSED:
        return Rules(policy, Closed.BY_POLICY)
    end = _end(page, site)
    if end is not None and end <= moment:
        return Rules(policy, Closed.BY_AGE)
    if policy != Policy.STAFFED:
        return Rules(policy, changes_at=end)
    shift = _shift(site, moment)
    if shift is None or (end is not None and end <= shift[0]):  # before anybody comes, they are closed for good
        return Rules(policy, Closed.BY_HOUR, changes_at=end)
    begins, ends = shift
    if begins > moment:
        return Rules(policy, Closed.BY_HOUR, changes_at=begins, opens_at=begins)
    return Rules(policy, changes_at=min(ends, end or ends))


def _end(page: Any, site: CommentSettings) -> datetime | None:
    """Return when the comments of *page* close for good."""
    own = getattr(page, "comments_close_days", None)
    days = site.close_days if own is None else own
    began = getattr(page, "published_at", None) or getattr(page, "first_published_at", None)
    return began + timedelta(days=days) if days and began else None


def _shift(site: CommentSettings, moment: datetime) -> tuple[datetime, datetime] | None:
    """Return from when until when somebody is there: at *moment*, else the next time. None where nobody ever is."""
    shifts: list[tuple[datetime, datetime]] = []
    for begins, ends in _hours(site, moment.astimezone(timezone.get_default_timezone()).date()):
        if shifts and begins <= shifts[-1][1]:  # midnight is no end
            begins = shifts.pop()[0]  # noqa: PLW2901
        shifts.append((begins, ends))
    return next((shift for shift in shifts if moment < shift[1]), None)


def _hours(site: CommentSettings, today: date) -> Iterator[tuple[datetime, datetime]]:
    """Yield the staffed hours from yesterday to a week from *today*, in order."""
    for number in range(-1, len(WEEKDAYS) + 1):
        day = today + timedelta(days=number)
        for begins, ends in read_hours(getattr(site, WEEKDAYS[day.weekday()])):
            yield _moment(day, begins), _moment(day, ends)


def _moment(day: date, minutes: int) -> datetime:
    """Return the moment at which clocks in the newsroom's time zone show *minutes* since midnight."""
    days, rest = divmod(minutes, 24 * 60)
    clock = time(rest // 60, rest % 60, tzinfo=timezone.get_default_timezone())
    return datetime.combine(day + timedelta(days=days), clock).astimezone(UTC)
