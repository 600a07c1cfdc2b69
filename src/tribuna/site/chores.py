"""What the clerk does besides keeping time: the tasks in the queue, and each hour what has to be cleared away."""

from __future__ import annotations

import io
from datetime import timedelta
from threading import Event

from django.core.management import call_command
from django.utils import timezone

from tribuna.humans.actions import rotate_keys
from tribuna.press.actions import keep_house
from tribuna.site.bearing import Bearing
from tribuna.site.tasks import QUEUE, do_next_task, take_up_again

POLL_SECONDS = 0.5
HOUR = timedelta(hours=1)
KEPT_DAYS, FAILED_KEPT_DAYS = 1, 14  # tasks that are done, to be looked up


def do_hourly_work() -> None:
    """Forget tokens and traces that have run out, old sessions, tasks that were done, pages and purges of long ago.

    The keys of passes are looked after as well: a new one has to be there before its epoch begins.
    """
    call_command("forget_expired", stdout=io.StringIO())
    call_command("clearsessions")
    call_command(
        "prune_db_task_results",
        f"--backend={QUEUE}",
        "--queue-name=*",
        f"--min-age-days={KEPT_DAYS}",
        f"--failed-min-age-days={FAILED_KEPT_DAYS}",
        verbosity=0,
    )
    keep_house()
    rotate_keys()


def do_chores(stop: Event) -> None:
    """Do the tasks as they come and the rest each hour, and first of all, until *stop* is set."""
    bearing, hour = Bearing("what was put off"), timezone.now()
    with bearing:
        take_up_again()
    while not stop.wait(POLL_SECONDS):
        with bearing:
            while not stop.is_set() and do_next_task():
                pass
            if timezone.now() >= hour:
                do_hourly_work()
                hour = timezone.now() + HOUR
