"""Times are written as Django writes them, only quicker."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime, override
from django.utils.translation import override as speaking
from hypothesis import given
from hypothesis import strategies as st

from tribuna.theme.dates import time_writer

MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
STYLES = st.sampled_from(["DATE_FORMAT", "DATETIME_FORMAT", "SHORT_DATETIME_FORMAT"])
LANGUAGES = st.sampled_from(["en", "es", "fr", "pt", "ar", "en-us", "ko"])
ZONES = st.sampled_from(["UTC", "America/Lima", "Asia/Kathmandu", "Europe/Madrid"])


@given(moment=MOMENTS, style=STYLES, language=LANGUAGES, zone=ZONES)
def test_a_moment_is_written_as_django_would(moment, style, language, zone):
    with speaking(language), override(ZoneInfo(zone)):
        here = localtime(moment)
        expected = format_html(
            '<time datetime="{}">{}</time>', here.isoformat(timespec="seconds"), date_format(here, style)
        )
        assert time_writer(style)(moment) == expected


@given(day=st.dates(date(1990, 1, 1)), language=LANGUAGES)
def test_a_day_is_written_as_django_would(day, language):
    with speaking(language):
        assert time_writer()(day) == f'<time datetime="{day.isoformat()}">{date_format(day, "DATE_FORMAT")}</time>'


@pytest.mark.parametrize(
    ("pattern", "words"),
    [("j F Y, P", "2 December 2022, 9:05 p.m."), (r"j\H\i H:i", "2Hi 21:05"), ("H:i:s", "21:05:07")],
)
def test_a_format_may_tell_the_time_of_day_in_any_way(pattern, words):
    moment = datetime(2022, 12, 2, 21, 5, 7, tzinfo=UTC)
    assert time_writer(pattern)(moment) == f'<time datetime="2022-12-02T21:05:07+00:00">{words}</time>'
