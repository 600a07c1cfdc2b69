"""Which challenges and witnesses there are, when a form asks its readers, and how often that was needed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.models import QuerySet, Sum

from tribuna.core.plug import plugs
from tribuna.core.prepared import prepared
from tribuna.humans.base import Asking, Challenge, Witness
from tribuna.humans.models import AskingRule, DailyCount

# The spans that the times of answers are sorted into, by their upper end. The last has none.
SPANS_SECONDS = (5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 601)
WITHIN = "within "


def configured_challenges() -> dict[str, Challenge]:
    """Return the site's challenges by name, in the order of ``TRIBUNA_CHALLENGES``."""
    return {challenge.name: challenge for challenge in plugs(settings.TRIBUNA_CHALLENGES)}


def available_challenges(language: str) -> list[Challenge]:
    """Return the challenges that can be made in *language* here and now, in the site's order."""
    return [challenge for challenge in configured_challenges().values() if challenge.is_available(language)]


def configured_witnesses() -> dict[str, Witness]:
    """Return the site's witnesses by name, in the order of ``TRIBUNA_WITNESSES``."""
    return {witness.name: witness for witness in plugs(settings.TRIBUNA_WITNESSES)}


@prepared
def _rules(forms: list[str]) -> QuerySet[AskingRule, tuple[str, str]]:
    return AskingRule.objects.filter(form__in=forms).order_by().values_list("form", "asking")


def asking_for(form: str) -> Asking:
    """Return when the form of that name asks its readers.

    The first that has something to say decides: the developer for this form (``TRIBUNA_ASKING_PER_FORM``), the editors
    for this form, the editors for all forms, the operator (``TRIBUNA_ASKING``).
    """
    if form in settings.TRIBUNA_ASKING_PER_FORM:
        return Asking(settings.TRIBUNA_ASKING_PER_FORM[form])
    rules = dict(_rules([form, ""]))
    return Asking(rules.get(form) or rules.get("") or settings.TRIBUNA_ASKING)


@dataclass(slots=True)
class Tallied:
    """What happened in one layer, on a day or in a language."""

    events: Counter[str] = field(default_factory=Counter)
    spans: Counter[int] = field(default_factory=Counter)  # how many answers took up to so many seconds

    @property
    def median_seconds(self) -> int | None:
        """The span's end within which half of the answers came; None where none is known."""
        half, seen = self.spans.total() / 2, 0
        for seconds in sorted(self.spans):
            seen += self.spans[seconds]
            if seen >= half:
                return seconds
        return None


def tallies(since: date, *by: str) -> dict[tuple[object, ...], Tallied]:
    """Return what happened since that day, by the named fields of ``DailyCount``, in their order, latest day first."""
    rows: Iterable[dict[str, object]] = (
        DailyCount.objects.filter(day__gte=since).values(*by, "event").annotate(total=Sum("count"))
    )
    found: defaultdict[tuple[object, ...], Tallied] = defaultdict(Tallied)
    for row in rows:
        tallied, event, total = found[tuple(row[name] for name in by)], str(row["event"]), int(str(row["total"]))
        if event.startswith(WITHIN):
            tallied.spans[int(event.removeprefix(WITHIN))] += total
        else:
            tallied.events[event] += total
    return dict(sorted(found.items(), key=_latest_first))


def _latest_first(item: tuple[tuple[object, ...], Tallied]) -> tuple[object, ...]:
    return tuple(-each.toordinal() if isinstance(each, date) else each for each in item[0])
