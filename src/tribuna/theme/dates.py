"""Dates and times as HTML, in the interface language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import lru_cache

from django.utils.dateformat import DateFormat, TimeFormat, re_formatchars
from django.utils.formats import get_format
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language

_HOUR, _MINUTE = "\x02", "\x03"


class _DayFormat(DateFormat):
    """Writes a day, with a mark where the hour and the minute belong, so that its words serve all its moments."""

    def H(self) -> str:  # noqa: N802 - Django's names are its format's letters
        return _HOUR

    def i(self) -> str:
        return _MINUTE


def time_writer(style: str = "DATE_FORMAT") -> Callable[[date], SafeString]:
    """Return what writes a <time> for machines and readers, in the active language and time zone.

    *style* is one of Django's named formats.
    """
    pattern, language, zone = get_format(style), get_language(), get_current_timezone()

    def written(value: date) -> SafeString:
        if not isinstance(value, datetime):
            return SafeString(f'<time datetime="{value.isoformat()}">{_day(value, pattern, language)}</time>')
        here = value.astimezone(zone)
        words = _words(here, pattern, language)
        return SafeString(f'<time datetime="{here.isoformat(timespec="seconds")}">{words}</time>')

    return written


def _words(moment: datetime, pattern: str, language: str | None) -> str:
    if not _has_plain_clock(pattern):
        return escape(DateFormat(moment).format(pattern))
    words = _day(moment.date(), pattern, language)
    return words.replace(_HOUR, f"{moment.hour:02}").replace(_MINUTE, f"{moment.minute:02}")


@lru_cache
def _has_plain_clock(pattern: str) -> bool:
    """Say whether all that *pattern* tells of the time of day is the hour of 24 and the minute."""
    letters = set(re_formatchars.findall(pattern))
    return not any(hasattr(TimeFormat, letter) or letter in "crUI" for letter in letters - {"H", "i"})


@lru_cache(maxsize=1024)
def _day(day: date, pattern: str, language: str | None) -> str:
    """Return the HTML of *day*; the *language*, which tells days apart in the cache, is the active one."""
    return escape(_DayFormat(datetime.combine(day, time.min)).format(pattern))
