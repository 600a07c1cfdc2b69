"""The public figures: what was received and published, what was removed and why, how long it took, who was right."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils import timezone

from tribuna.comments.models import State
from tribuna.moderation.models import RESTRICTING, Appeal, Decision, LedgerHead, NoticeAppeal
from tribuna.moderation.queries.queue import waiting_count
from tribuna.moderation.queries.rules import rules

PERIOD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Removed:
    """How many comments were kept from their readers for one reason, or found by one finder."""

    name: str  # a rule's title, or what ``found_by`` says; empty: no rule, or the moderators themselves
    code: str
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened within the period. A decision that was undone counts nowhere."""

    since: datetime
    received: int
    published_at_once: int
    held: int
    removed_at_once: int  # by a judge, before any person
    published: int  # by a moderator
    removed: int  # in all
    by_rule: list[Removed]
    spam: int  # of those, how many as spam
    by_finder: list[Removed]
    median: timedelta | None  # from the queue to a person's decision
    ninetieth: timedelta | None
    appeals: int
    upheld: int
    reversed: int
    superseded: int
    appeals_waiting: int
    notice_appeals: Mapping[str, int]  # of readers whose reports were declined: opened, upheld, reversed, waiting
    waiting: int
    ledger_number: int


def figures() -> Figures:
    """Return the figures of the last thirty days, in eleven queries."""
    since = timezone.now() - PERIOD
    kinds = _kinds(since)
    removed = {kind: count for kind, count in kinds.items() if kind.state in RESTRICTING}
    received = {kind: count for kind, count in kinds.items() if kind.action == Decision.Action.RECEIVE}
    outcomes = _outcomes(since)
    median, ninetieth = _waits(since)
    head = LedgerHead.objects.first()
    return Figures(
        since=since,
        received=sum(received.values()),
        published_at_once=_count(received, State.PUBLISHED),
        held=_count(received, State.HELD),
        removed_at_once=_count(received, *RESTRICTING),
        published=_count(kinds, State.PUBLISHED) - _count(received, State.PUBLISHED),
        removed=sum(removed.values()),
        by_rule=_by_rule(removed),
        spam=_count(removed, State.SPAM),
        by_finder=_by_finder(removed),
        median=median,
        ninetieth=ninetieth,
        appeals=Appeal.objects.filter(opened_at__gte=since).count(),
        upheld=outcomes[Appeal.Outcome.UPHELD.value],
        reversed=outcomes[Appeal.Outcome.REVERSED.value],
        superseded=outcomes[Appeal.Outcome.SUPERSEDED.value],
        appeals_waiting=Appeal.objects.open().count(),
        notice_appeals=_notice_appeals(since),
        waiting=waiting_count(),
        ledger_number=head.number if head else 0,
    )


class Kind(NamedTuple):
    """What decisions are counted by."""

    action: str
    state: str
    rule: str
    found_by: str


def _kinds(since: datetime) -> dict[Kind, int]:
    """Return how many decisions of each kind stand."""
    taken = Decision.objects.since(since).standing().order_by()
    rows = taken.values_list("action", "state_after", "rule", "found_by").annotate(Count("pk"))
    return {Kind(*kind): count for *kind, count in rows}


def _count(kinds: Mapping[Kind, int], *states: str) -> int:
    return sum(count for kind, count in kinds.items() if kind.state in states)


def _by_rule(removed: Mapping[Kind, int]) -> list[Removed]:
    """Return what was removed under each rule, and under none but as no spam, the most first."""
    titles = {rule.code: rule.title for rule in rules()}
    counts: Counter[str] = Counter()
    for kind, count in removed.items():
        if kind.rule or kind.state != State.SPAM:
            counts[kind.rule] += count
    return [Removed(titles.get(code, code), code, count) for code, count in counts.most_common()]


def _by_finder(removed: Mapping[Kind, int]) -> list[Removed]:
    counts: Counter[str] = Counter()
    for kind, count in removed.items():
        counts[kind.found_by] += count
    return [Removed(found_by, found_by, count) for found_by, count in counts.most_common()]


def _outcomes(since: datetime) -> Counter[str]:
    settled = Appeal.objects.filter(decided_at__gte=since).order_by()
    return Counter(dict(settled.values_list("outcome").annotate(Count("pk"))))


def _notice_appeals(since: datetime) -> Mapping[str, int]:
    lately = Q(decided_at__gte=since)
    counted: Mapping[str, int] = NoticeAppeal.objects.aggregate(
        opened=Count("pk", filter=Q(opened_at__gte=since)),
        upheld=Count("pk", filter=lately & Q(outcome=NoticeAppeal.Outcome.UPHELD)),
        reversed=Count("pk", filter=lately & Q(outcome=NoticeAppeal.Outcome.REVERSED)),
        waiting=Count("pk", filter=Q(outcome="")),
    )
    return counted


def _waits(since: datetime) -> tuple[timedelta | None, timedelta | None]:
    """Return the median and the ninetieth percentile (nearest rank) of what comments waited for a person."""
    waits = Decision.objects.since(since).filter(waited_seconds__isnull=False).order_by("waited_seconds")
    seconds = waits.values_list("waited_seconds", flat=True)
    number = seconds.count()
    if not number:
        return None, None
    median, ninetieth = (seconds[max(math.ceil(number * share) - 1, 0)] for share in (0.5, 0.9))
    return timedelta(seconds=median or 0), timedelta(seconds=ninetieth or 0)
