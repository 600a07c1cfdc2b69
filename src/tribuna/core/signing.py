"""Keyed hashes: what lets us recognise a thing without keeping it.

Signed tokens are Django's own (``django.core.signing``).
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils.crypto import salted_hmac


def keyed_hash(purpose: str, value: str) -> str:
    """Return 64 hex digits of HMAC-SHA256 over *value*, under a key that belongs to *purpose* alone (RFC 2104)."""
    return salted_hmac(f"tribuna.{purpose}", value, algorithm="sha256").hexdigest()


def keyed_hashes(purpose: str, value: str) -> list[str]:
    """Return what ``keyed_hash`` gives, then what it gave under each fallback key: to look up what was stored."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac(f"tribuna.{purpose}", value, secret=key, algorithm="sha256").hexdigest() for key in keys]


def daily_hash(purpose: str, value: str, *, day: date) -> str:
    """Return a keyed hash that tells two values apart on one *day* and can't be compared with another day's."""
    return keyed_hash(f"{purpose}.{day.isoformat()}", value)
