"""What the clerk does besides keeping time: tasks as they come, each hour what is to be cleared away, and imports."""

from __future__ import annotations

import io
from datetime import timedelta
from threading import Event

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from tribuna.comments.tasks import carry_letters
from tribuna.humans.actions import rotate_keys
from tribuna.importers.actions import break_off_runs, carry_out_next, forget_old_uploads
from tribuna.importers.actions.wires import enqueue_due_wires
from tribuna.moderation.actions import check_counts_nightly
from tribuna.newsroom.actions import draw_up_most_read, forget_old_readings
from tribuna.press.actions import keep_house
from tribuna.search.actions import catch_up, index_due
from tribuna.site.bearing import Bearing
from tribuna.site.tasks import QUEUE, do_next_task, take_up_again

POLL_SECONDS = 0.5
HOUR = timedelta(hours=1)
KEPT_DAYS, FAILED_KEPT_DAYS = 1, 14  # tasks that are done, to be looked up


def do_hourly_work() -> None:
    """Forget tokens and traces that have run out, old sessions, tasks that were done, pages and purges of long ago.

    The keys of passes are looked after as well: a new one has to be there before its epoch begins. The search is told
    of what was written past it, and the filter learns from what was decided. Once a night the counts of comments are
    gone over; the desk shows what was found.
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
    carry_letters.call()  # those whose carrier died
    call_command("filter_retrain", "--if-due", stdout=io.StringIO())
    keep_house()
    rotate_keys()
    catch_up()
    forget_old_readings()
    forget_old_uploads()
    check_counts_nightly()


def do_chores(stop: Event) -> None:
    """Do the tasks as they come, wires and the most read in between, the rest each hour, until *stop* is set."""
    bearing, hour, drawing = Bearing("what was put off"), timezone.now(), timezone.now()
    with bearing:
        take_up_again()
    while not stop.wait(POLL_SECONDS):
        with bearing:
            while not stop.is_set() and do_next_task():
                pass
            index_due()
            enqueue_due_wires()
            if timezone.now() >= drawing:
                draw_up_most_read()
                drawing = timezone.now() + timedelta(minutes=settings.TRIBUNA_MOST_READ_MINUTES)
            if timezone.now() >= hour:
                do_hourly_work()
                hour = timezone.now() + HOUR


def bring_archives(stop: Event) -> None:
    """Carry out the imports that editors asked for until *stop* is set; for hours, perhaps, and nothing else waits."""
    bearing = Bearing("what is imported")
    with bearing:
        break_off_runs()
    while not stop.wait(POLL_SECONDS):
        with bearing:
            while not stop.is_set() and carry_out_next(is_called_off=stop.is_set):
                pass
