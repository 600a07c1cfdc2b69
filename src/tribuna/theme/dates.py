"""Dates and times as HTML, in the interface language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
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
    is_plain = _has_plain_clock(pattern)

    def written(value: date) -> SafeString:
        if not isinstance(value, datetime):
            return SafeString(f'<time datetime="{value.isoformat()}">{_day(value, pattern, language)}</time>')
        here = value.astimezone(zone)
        if not is_plain:
            words = escape(DateFormat(here).format(pattern))
            return SafeString(f'<time datetime="{here.isoformat(timespec="seconds")}">{words}</time>')
        clock = {"h": here.hour, "m": here.minute, "s": here.second}
        return SafeString(_moments(here.date(), here.utcoffset(), pattern, language) % clock)

    return written


@lru_cache(maxsize=1024)
def _moments(day: date, offset: timedelta, pattern: str, language: str | None) -> str:
    """Return the element for all moments of a *day* that are as far from UTC, with places for their hours."""
    zone = datetime.combine(day, time.min, timezone(offset)).isoformat()[len("2000-01-01T00:00:00") :]
    words = _day(day, pattern, language).replace("%", "%%").replace(_HOUR, "%(h)02d").replace(_MINUTE, "%(m)02d")
    return f'<time datetime="{day.isoformat()}T%(h)02d:%(m)02d:%(s)02d{zone}">{words}</time>'


@lru_cache
def _has_plain_clock(pattern: str) -> bool:
    """Say whether all that *pattern* tells of the time of day is the hour of 24 and the minute."""
    letters = set(re_formatchars.findall(pattern))
    return not any(hasattr(TimeFormat, letter) or letter in "crUI" for letter in letters - {"H", "i"})


@lru_cache(maxsize=1024)
def _day(day: date, pattern: str, language: str | None) -> str:
    """Return the HTML of *day*; the *language*, which tells days apart in the cache, is the active one."""
    return escape(_DayFormat(datetime.combine(day, time.min)).format(pattern))
