"""A place in a list of articles, short enough for an address."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from django.utils.http import base36_to_int, int_to_base36

from tribuna.newsroom.models import ArticlePage

_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
# Twelve digits reach past the year 9999; as a number, they stay below what a database can compare.
_FORM = re.compile("[0-9a-z]{1,12}-[0-9a-z]{1,12}")


class CursorError(ValueError):
    """What stands in the address is not a place in a list."""


def cursor_after(article: ArticlePage) -> str:
    """Return the place right after *article*: its moment in microseconds and its number, both in base 36.

    Raises ValueError for an article without a date, which is in no list.
    """
    if article.published_at is None:
        raise ValueError(f"{article} has no date.")
    return f"{int_to_base36((article.published_at - _BEGINNING) // _MICROSECOND)}-{int_to_base36(article.pk)}"


def read_cursor(cursor: str) -> tuple[datetime, int]:
    """Return the moment and the number in *cursor*. Raises CursorError."""
    if not _FORM.fullmatch(cursor):
        raise CursorError(cursor)
    moment, number = (base36_to_int(part) for part in cursor.split("-"))
    try:
        return _BEGINNING + moment * _MICROSECOND, number
    except OverflowError as error:
        raise CursorError(cursor) from error
