"""How far an import is, in words and in numbers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from tribuna.importers.actions.carrying import OPENING, SEARCH, SETTLING
from tribuna.importers.actions.reporting import kind_name
from tribuna.importers.models import ImportRun

WHOLE_FROM = 10  # a second; what is slower is told with a decimal


def progress_of(run: ImportRun) -> dict[str, Any]:
    """Return what the page of *run* shows of its progress; its script asks for the same."""
    is_counting = bool(run.total) and run.standing == ImportRun.State.RUNNING
    return {
        "state": run.standing.value,
        "goes_on": run.is_going_on,
        "what": _what(run),
        "value": min(run.done, run.total or 0) if is_counting else None,
        "max": run.total if is_counting else None,
        "figures": {"done": _done(run), "rate": _rate(run), "since": _since(run)},
    }


def _what(run: ImportRun) -> str:
    if run.standing != ImportRun.State.RUNNING:
        return str(run.standing.label)
    if run.is_stopping:
        return _("It stops after what it is at.")
    named = {
        OPENING: _("Reading the archive for the first time"),
        SETTLING: _("Entering what came into the indexes"),
        SEARCH: _("Bringing the search up to date"),
    }
    return named.get(run.phase) or kind_name(run.phase)


def _done(run: ImportRun) -> str:
    if not run.total or not run.is_going_on or run.done > run.total:
        return intcomma(run.done)
    return _("%(done)s of about %(total)s") % {"done": intcomma(run.done), "total": intcomma(run.total)}


def _rate(run: ImportRun) -> str:
    rate = run.per_second
    if rate is None:
        return "–"
    return _("%(number)s a second") % {"number": floatformat(rate, "0g" if rate >= WHOLE_FROM else "1g")}


def _since(run: ImportRun) -> str:
    if run.began_at is None:
        return "–"
    began = timezone.localtime(run.began_at)
    end = run.ended_at or timezone.now()
    moment = date_format(began, "SHORT_DATETIME_FORMAT")
    if end - run.began_at < timedelta(minutes=1):
        return moment
    return _("%(moment)s (%(long)s)") % {
        "moment": moment,
        "long": timesince(run.began_at, end, depth=1),
    }
