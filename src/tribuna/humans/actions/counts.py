"""Count how often readers are asked and what comes of it: numbers by day, form, language and layer, about nobody.

Counting is a sum in memory, written a second later by another thread. How long an answer took is kept as which of a
few spans it fell into, which is enough for a median and says nothing about anybody.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from django.conf import settings

from tribuna.core.tally import Tally
from tribuna.humans.models import DailyCount
from tribuna.humans.queries import SPANS_SECONDS, WITHIN

Event = DailyCount.Event
type _Key = tuple[date, str, str, str, str]


def _write(sums: Mapping[_Key, float]) -> None:
    DailyCount.objects.add_up((*key, round(count)) for key, count in sums.items())


_counted: Tally[_Key] = Tally(_write, seconds=lambda: settings.TRIBUNA_TALLY_SECONDS)


def count_event(event: Event, *, scope: str, language: str, layer: str, seconds: float | None = None) -> None:
    """Count one *event* of a form (the part of *scope* before the colon).

    *layer* names what it happened to: a challenge, a witness, or ``token``, ``manners``, ``pressure``, ``desk``.
    *seconds* is how long an answer took, None where there was none.
    """
    about = (datetime.now(tz=UTC).date(), scope.partition(":")[0][:40], language[:20], layer[:40])
    amounts = {(*about, event.value): 1.0}
    if seconds is not None:
        span = SPANS_SECONDS[min(bisect_left(SPANS_SECONDS, seconds), len(SPANS_SECONDS) - 1)]
        amounts[*about, f"{WITHIN}{span}"] = 1.0
    _counted.add(amounts)


def write_counts_down() -> bool:
    """Store what this process has counted now; say whether that went well."""
    return _counted.write_down()


def forget_unwritten_counts() -> None:
    """Drop what this process has counted and not written yet."""
    _counted.forget()


def forget_old_counts() -> int:
    """Delete the counts of more than ``TRIBUNA_COUNTS_KEPT_DAYS`` ago; return how many rows there were."""
    until = datetime.now(tz=UTC).date() - timedelta(days=settings.TRIBUNA_COUNTS_KEPT_DAYS)
    return DailyCount.objects.filter(day__lt=until).delete()[0]
