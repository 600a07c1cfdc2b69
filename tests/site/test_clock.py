import logging
import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published

from tests.factories import article
from tribuna.site import clock

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def scheduled(*, title="At dawn", days=1):
    """Return a story that its editor has told to go live in so many days."""
    story = article(title=title)
    story.unpublish()
    story.go_live_at = timezone.now() + timedelta(days=days)
    story.save_revision().publish()
    story.refresh_from_db()
    assert not story.live
    return story


def expiring(*, days=1):
    story = article(title="At dusk", expire_at=timezone.now() + timedelta(days=days))
    assert story.live
    return story


def is_live(story):
    return Page.objects.get(pk=story.pk).live


class Times(threading.Event):
    """Is set after being looked at so many times; remembers for how long it was waited."""

    def __init__(self, times):
        super().__init__()
        self.times, self.pauses = times, []

    def wait(self, timeout=None):
        self.pauses.append(timeout)
        return len(self.pauses) > self.times


def test_the_next_moment_is_that_of_a_story_to_come_or_to_go(newsroom):
    schedule = clock.Schedule()
    assert schedule.next_due() is None
    going = expiring(days=3)
    assert schedule.next_due() == going.expire_at
    coming = scheduled(days=2)
    assert schedule.next_due() == coming.go_live_at


def test_what_is_due_happens_and_nothing_else(newsroom):
    coming, later, going = scheduled(days=1), scheduled(title="Later", days=5), expiring(days=2)
    schedule = clock.Schedule()
    schedule.do_what_is_due()
    assert [is_live(story) for story in (coming, later, going)] == [False, False, True]
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        schedule.do_what_is_due()
        assert [is_live(story) for story in (coming, later, going)] == [True, False, False]
        assert schedule.next_due() == later.go_live_at
    going.refresh_from_db()
    assert going.expired


def test_it_happens_at_the_very_moment(newsroom):
    coming = scheduled()
    with time_machine.travel(coming.go_live_at, tick=False):
        clock.Schedule().do_what_is_due()
    assert is_live(coming)


def test_what_somebody_else_has_done_is_not_done_twice(newsroom):
    coming, going = scheduled(), expiring()
    revision = coming.get_latest_revision()
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        clock.Schedule().do_what_is_due()
        published = Page.objects.get(pk=coming.pk).latest_revision_created_at
        clock._publish(revision.pk, timezone.now())
        clock._expire(going.pk, timezone.now())
    assert Page.objects.get(pk=coming.pk).latest_revision_created_at == published


def test_one_that_fails_holds_up_no_other_and_is_tried_again_later(newsroom, caplog):
    broken, fine = scheduled(title="Broken", days=1), scheduled(title="Fine", days=2)

    def fail(instance, **_more):
        if instance.title == "Broken":
            raise ValueError("out of ink")

    schedule = clock.Schedule()
    page_published.connect(fail)
    try:
        with time_machine.travel(timezone.now() + timedelta(days=3), tick=False) as now, caplog.at_level(logging.ERROR):
            schedule.do_what_is_due()
            assert [is_live(story) for story in (broken, fine)] == [False, True]
            assert "out of ink" in caplog.text
            assert schedule.next_due() is None
            now.shift(clock.PUT_OFF)
            assert schedule.next_due() == broken.go_live_at
    finally:
        page_published.disconnect(fail)
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        schedule.do_what_is_due()
    assert is_live(broken)


@pytest.mark.django_db(transaction=True)
def test_it_asks_again_every_second_and_sleeps_no_longer_than_until_the_next_moment(newsroom):
    stop = Times(2)
    clock.keep_schedule(stop)
    assert stop.pauses == [0, clock.POLL_SECONDS, clock.POLL_SECONDS]
    coming = scheduled()
    stop = Times(2)
    with time_machine.travel(coming.go_live_at - timedelta(milliseconds=300), tick=False) as now:
        clock.keep_schedule(stop)
        assert stop.pauses[1:] == pytest.approx([0.3, 0.3])
        now.shift(0.5)
        clock.keep_schedule(Times(1))
    assert is_live(coming)


def test_it_never_sleeps_less_than_a_hundredth_of_a_second():
    assert clock._pause_seconds(timezone.now() - timedelta(days=1)) == clock.HASTE_SECONDS


def test_looking_costs_three_queries(newsroom, django_assert_num_queries):
    with django_assert_num_queries(3):
        clock.Schedule().next_due()


@pytest.mark.django_db(transaction=True)
def test_looking_reads_no_table_through(newsroom):
    clock.index_expiry()
    clock.index_expiry()
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads through what is as small as this")
    with CaptureQueriesContext(connection) as asked:
        clock.Schedule().next_due()
    for query in asked.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plan = " ".join(str(row) for row in cursor.fetchall())
        assert "INDEX" in plan


def test_a_database_that_is_locked_is_nobodys_fault(newsroom):
    coming = scheduled()

    def fail(**_more):
        raise OperationalError("database is locked")

    schedule = clock.Schedule()
    page_published.connect(fail)
    try:
        with (
            time_machine.travel(coming.go_live_at, tick=False),
            pytest.raises(OperationalError, match="is locked"),
        ):
            schedule.do_what_is_due()
    finally:
        page_published.disconnect(fail)
    assert schedule.next_due() == coming.go_live_at


@pytest.mark.django_db(transaction=True)
def test_without_a_database_it_goes_on_and_says_so_once(newsroom, caplog):
    coming = scheduled()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE wagtailcore_revision RENAME TO away")
    try:
        with caplog.at_level(logging.WARNING):
            clock.keep_schedule(Times(3))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO wagtailcore_revision")
    assert caplog.text.count("The database does not answer; the schedule waits for it.") == 1
    assert not is_live(coming)
