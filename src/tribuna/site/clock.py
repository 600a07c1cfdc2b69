"""Exact scheduling: pages go live and expire at the moment their editor named."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Min, Model, QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision

from tribuna.newsroom.actions import next_turn_of_breaking_news, turn_breaking_news
from tribuna.site.bearing import Bearing

logger = logging.getLogger(__name__)

POLL_SECONDS = 1.0  # an editor may schedule something sooner than what we wait for
HASTE_SECONDS = 0.01  # the shortest pause, also while another node is at it
PUT_OFF = timedelta(minutes=1)  # until what could not be published is tried again

# Few pages expire; among all pages they would be looked for once a second.
INDEX_EXPIRY = """CREATE INDEX IF NOT EXISTS tribuna_page_expiry ON wagtailcore_page (expire_at)
WHERE expire_at IS NOT NULL"""


def index_expiry() -> None:
    """Make sure of the index. It can't stand in a migration of ours: Wagtail's may rebuild the table without it."""
    with connection.cursor() as cursor:
        cursor.execute(INDEX_EXPIRY)


class Schedule:
    """What is to go live and to expire, and what has failed to and is put off for a while."""

    def __init__(self) -> None:
        self._put_off: dict[tuple[Callable[[int, datetime], None], int], datetime] = {}

    def next_due(self) -> datetime | None:
        """Return the next moment at which something is to happen, be it past; None if there is none."""
        moments = [
            self._expiring().aggregate(moment=Min("expire_at"))["moment"],
            self._going_live().aggregate(moment=Min("approved_go_live_at"))["moment"],
            next_turn_of_breaking_news(),
        ]
        return min((moment for moment in moments if moment), default=None)

    def do_what_is_due(self) -> None:
        """Unpublish what has expired, publish what goes live, turn bars of breaking news on and off.

        What fails is logged, and does not hold up the rest.
        """
        now = timezone.now()
        expired = self._expiring().filter(expire_at__lte=now).order_by("expire_at")
        for page, moment in list(expired.values_list("pk", "expire_at")):
            self._try(_expire, page, moment)
        due = self._going_live().filter(approved_go_live_at__lte=now).order_by("approved_go_live_at")
        for revision, moment in list(due.values_list("pk", "approved_go_live_at")):
            self._try(_publish, revision, moment)
        turn_breaking_news()

    def _expiring(self) -> QuerySet[Model]:
        pages: QuerySet[Model] = Page.objects.filter(live=True, expire_at__isnull=False)
        return pages.exclude(pk__in=self._waiting(_expire))

    def _going_live(self) -> QuerySet[Model]:
        revisions: QuerySet[Model] = Revision.objects.filter(approved_go_live_at__isnull=False)
        return revisions.exclude(pk__in=self._waiting(_publish))

    def _waiting(self, act: Callable[[int, datetime], None]) -> list[int]:
        now = timezone.now()
        self._put_off = {key: until for key, until in self._put_off.items() if until > now}
        return [pk for each, pk in self._put_off if each is act]

    def _try(self, act: Callable[[int, datetime], None], pk: int, moment: datetime) -> None:
        what = act.__name__.strip("_")
        try:
            with transaction.atomic():
                act(pk, moment)
        except (OperationalError, InterfaceError):  # of the database, not of this page
            raise
        except Exception:
            logger.exception("Could not %s %s on time; it will be tried again.", what, pk)
            self._put_off[act, pk] = timezone.now() + PUT_OFF
        else:
            late = (timezone.now() - moment).total_seconds()
            logger.info("Done: %s %s, %.3f s after its moment.", what, pk, late, extra={"late_seconds": late})


def _expire(pk: int, moment: datetime) -> None:
    """Unpublish a page that expires at *moment*, unless another node has."""
    pages = Page.objects.select_for_update(skip_locked=True, of=("self",))
    if page := pages.filter(pk=pk, live=True, expire_at__lte=moment).first():
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(pk: int, moment: datetime) -> None:
    """Publish a revision that goes live at *moment*, unless another node has."""
    revisions = Revision.objects.select_for_update(skip_locked=True)
    if revision := revisions.filter(pk=pk, approved_go_live_at__lte=moment).first():
        revision.publish(log_action="wagtail.publish.scheduled")


def keep_schedule(stop: Event) -> None:
    """Do everything at its moment until *stop* is set."""
    schedule, bearing = Schedule(), Bearing("the schedule")
    pause = 0.0
    while not stop.wait(pause):
        pause = POLL_SECONDS
        with bearing:
            due = schedule.next_due()
            if due and due <= timezone.now():
                schedule.do_what_is_due()
                due = schedule.next_due()
            pause = _pause_seconds(due)


def _pause_seconds(due: datetime | None) -> float:
    if due is None:
        return POLL_SECONDS
    return max(HASTE_SECONDS, min(POLL_SECONDS, (due - timezone.now()).total_seconds()))
