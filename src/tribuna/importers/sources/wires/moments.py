"""Dates as the standards write them."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_YEARS = range(1970, 2200)  # anything else is a slip, and some databases can't store it


def moment(text: str) -> datetime | None:
    """Return the moment that *text* says, in ISO 8601 or as in mail (RFC 5322); None for anything else.

    One without a time zone is taken as UTC.
    """
    text = text.strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
        except (ValueError, OverflowError):
            continue
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        return found if found.year in _YEARS else None
    return None
