"""Keyed hashes: what lets us recognise a thing without keeping it.

Signed tokens are Django's own (``django.core.signing``).
"""

from __future__ import annotations

import hmac
from datetime import date
from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.utils.encoding import force_bytes


def keyed_hash(purpose: str, value: str) -> str:
    """Return 64 hex digits of HMAC-SHA256 over *value*, under a key that belongs to *purpose* alone (RFC 2104)."""
    return _keyed(purpose, settings.SECRET_KEY, value)


def keyed_hashes(purpose: str, value: str) -> list[str]:
    """Return what ``keyed_hash`` gives, then what it gave under each fallback key: to look up what was stored."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [_keyed(purpose, key, value) for key in keys]


def _keyed(purpose: str, secret: str | bytes, value: str) -> str:
    return hmac.digest(_key(purpose, secret), value.encode(), "sha256").hex()


@lru_cache(maxsize=256)
def _key(purpose: str, secret: str | bytes) -> bytes:
    """Return the key that Django's ``salted_hmac`` derives for *purpose*: it would do so each time."""
    return sha256(f"tribuna.{purpose}".encode() + force_bytes(secret)).digest()


def daily_hash(purpose: str, value: str, *, day: date) -> str:
    """Return a keyed hash that tells two values apart on one *day* and can't be compared with another day's."""
    return keyed_hash(f"{purpose}.{day.isoformat()}", value)
