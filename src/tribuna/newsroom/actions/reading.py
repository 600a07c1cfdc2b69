"""Counting what is read, and drawing up what is read most."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from tribuna.core.tally import Tally
from tribuna.newsroom.models import DailyReading, HomePage, MostRead, SectionPage
from tribuna.newsroom.queries.reading import most_read_below, stories_at
from tribuna.press.actions import changed

type _Key = tuple[date, str]  # the day, and the path of the address


def _write(sums: Mapping[_Key, float]) -> None:
    stories = stories_at({path for _day, path in sums})
    rows: dict[tuple[int, date], int] = {}
    for (day, path), count in sums.items():
        if path in stories:
            rows[stories[path], day] = rows.get((stories[path], day), 0) + round(count)
    DailyReading.objects.add_up((*key, count) for key, count in rows.items())


_counted: Tally[_Key] = Tally(_write, seconds=lambda: settings.TRIBUNA_READINGS_SECONDS)


def count_readings(readings: Mapping[str, int]) -> None:
    """Count how often the page at each path was read by people. What is no story is left out when it is written down.

    It only adds to this process's memory; another thread writes, and whoever asked for the page waits for nothing.
    """
    today = datetime.now(tz=UTC).date()
    _counted.add({(today, path): float(count) for path, count in readings.items()})


def write_readings_down() -> bool:
    """Store what this process has counted, now; say whether that went well."""
    return _counted.write_down()


def forget_unwritten_readings() -> None:
    """Drop what this process has counted and not written yet."""
    _counted.forget()


def draw_up_most_read() -> int:
    """Draw up the boxes of the most read anew and return how many changed; their pages, and no other, are forgotten.

    The clerk does it once in so many minutes: so often, at most, is a front page printed again because of it.
    """
    first_day = datetime.now(tz=UTC).date() - timedelta(days=settings.TRIBUNA_MOST_READ_DAYS - 1)
    places = [*HomePage.objects.filter(live=True), *SectionPage.objects.filter(live=True)]
    return sum(_draw_up(place, first_day) for place in places)


@transaction.atomic
def _draw_up(place: HomePage | SectionPage, first_day: date) -> bool:
    stories = most_read_below(place, first_day) if place.shows_most_read else []
    known = MostRead.objects.filter(place=place).order_by("rank")
    if list(known.values_list("story", flat=True)) == stories:
        return False
    known.delete()
    MostRead.objects.bulk_create(MostRead(place=place, rank=rank, story_id=pk) for rank, pk in enumerate(stories))
    changed(f"most-read:{place.pk}")
    return True


def forget_old_readings() -> int:
    """Delete the counts of more than ``TRIBUNA_READINGS_KEPT_DAYS`` ago; return how many rows there were."""
    until = datetime.now(tz=UTC).date() - timedelta(days=settings.TRIBUNA_READINGS_KEPT_DAYS)
    return DailyReading.objects.filter(day__lt=until).delete()[0]
