"""What judges remember between two comments: the filter in force, campaigns, and how sites linked to have fared.

Each process reads it from the database, seldom, so that judging a comment asks nothing.
"""

from __future__ import annotations

import math
import threading
import time
from collections import Counter
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from tribuna.comments.models import Comment, State
from tribuna.core.prepared import prepared
from tribuna.learning.addresses import domains_in
from tribuna.learning.campaigns import Campaigns
from tribuna.learning.layers import Filter, OutOfDate, unpack_filter
from tribuna.learning.prior import shipped_prior
from tribuna.learning.waves import spam_log_odds
from tribuna.moderation.models import Score, SiteFilter, Trace
from tribuna.moderation.models.labels import SPAM, Labelled, labelled_comments, last_human_decision

SPAM_REMEMBERED, RECENT_REMEMBERED = 1_000, 500
# Of a wave: the newest scores within an hour. No network counts more often than that, so none makes a wave by itself.
WAVE_REMEMBERED, WAVE_MINIMUM, WAVE_OF_NETWORK = 200, 20, 3
WAVE_WINDOW = timedelta(hours=1)
WAVE_COMMENTS, WAVE_REST_SECONDS = 20, 0.1  # so many judged since it was read, and it is read again soon


class DeskMemory:
    """Brought up to date when it is asked and ``TRIBUNA_FILTER_MEMORY_SECONDS`` have gone by."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Read everything again when next asked."""
        self._in_force: Filter | None = None
        self.filter_id = 0
        self.spam: Campaigns | None = None
        self.recent: Campaigns | None = None
        self.domains: dict[int, Counter[str]] = {0: Counter(), 1: Counter()}
        self._decision, self._comment, self._due = 0, 0, -1.0
        self._wave, self._wave_due, self._wave_rested, self._wave_judged = 0.0, -1.0, -1.0, 0

    @property
    def in_force(self) -> Filter:
        """Return the filter in force; the prior is read when it is first needed."""
        if self._in_force is None:
            self._in_force = Filter(shipped_prior())
        return self._in_force

    @in_force.setter
    def in_force(self, judge: Filter) -> None:
        self._in_force = judge

    def rest(self) -> None:
        """Do not look into the database for a while."""
        self._due = time.monotonic() + settings.TRIBUNA_FILTER_MEMORY_SECONDS

    def current(self) -> DeskMemory:
        """Return this memory, brought up to date if need be."""
        with self._lock:
            if time.monotonic() >= self._due:
                self._read_filter()
                self._read_decisions()
                self._read_recent()
                self.rest()
        return self

    def spam_log_odds(self) -> float:
        """Return the log-odds of spam in what came in within the last hour; 0 when too little did to tell."""
        with self._lock:
            self._wave_judged += 1
            is_soon = self._wave_judged > WAVE_COMMENTS
            if time.monotonic() >= (self._wave_rested if is_soon else self._wave_due):
                self._wave = _wave()
                self._wave_due = time.monotonic() + settings.TRIBUNA_FILTER_MEMORY_SECONDS
                self._wave_rested = time.monotonic() + WAVE_REST_SECONDS
                self._wave_judged = 0
            return self._wave

    def _read_filter(self) -> None:
        stored = SiteFilter.objects.defer("weights").in_force()  # those are asked for when they are new
        newest = stored.pk if stored else 0
        if newest != self.filter_id:
            self.in_force = unpacked(stored)
            self.filter_id = newest

    def _read_decisions(self) -> None:
        newest = last_human_decision()
        if newest != self._decision:
            labelled = labelled_comments(settings.TRIBUNA_FILTER_LEARNS_FROM)
            self.domains = _domains(labelled)
            spam = [each for each in labelled if each.label == SPAM][-SPAM_REMEMBERED:]
            self.spam = Campaigns({each.comment_id: each.text for each in spam})
            self._decision = newest

    def _read_recent(self) -> None:
        newest = dict(Comment.objects.order_by("-pk").values_list("pk", "body_source")[:RECENT_REMEMBERED])
        if max(newest, default=0) != self._comment:
            self.recent = Campaigns(newest)
            self._comment = max(newest, default=0)


def unpacked(stored: SiteFilter | None) -> Filter:
    """Return the filter that was *stored*, or the prior alone: without one, or with one of another version."""
    prior = shipped_prior()
    try:
        return unpack_filter(bytes(stored.weights), prior) if stored else Filter(prior)
    except OutOfDate:  # an older version's; the next refit replaces it
        return Filter(prior)


def _wave() -> float:
    counted = Counter[str]()
    scores = []
    for network, state, value in _newest(timezone.now() - WAVE_WINDOW):
        if value is None:  # it came in before there was a filter
            continue
        counted[network] += 1
        if counted[network] <= WAVE_OF_NETWORK:
            scores.append(_known(value, state))
    return spam_log_odds(scores) if len(scores) >= WAVE_MINIMUM else 0.0


@prepared
def _newest(since: datetime) -> QuerySet[Trace, tuple[str, str, float | None]]:
    score = Score.objects.filter(pk=OuterRef("pk")).values("value")
    traces = Trace.objects.filter(at__gte=since).order_by("-at").annotate(value=Subquery(score))
    return traces.values_list("network_ref", "comment__state", "value")[:WAVE_REMEMBERED]


def _known(score: float, state: str) -> float:
    """Return *score*, or what takes its place once a person has decided."""
    if state == State.SPAM:
        return math.inf
    was_cleared = state == State.PUBLISHED and score >= settings.TRIBUNA_FILTER_HOLD_SCORE
    return -math.inf if was_cleared else score


def _domains(labelled: list[Labelled]) -> dict[int, Counter[str]]:
    counted: dict[int, Counter[str]] = {0: Counter(), 1: Counter()}
    for each in labelled:
        counted[each.label].update(domains_in(each.text))
    return counted


MEMORY = DeskMemory()
