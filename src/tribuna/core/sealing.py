"""Bytes that only this site can read, however they are stored: AES-256-GCM (NIST SP 800-38D) under a key of SECRET_KEY.

What was sealed before SECRET_KEY was changed opens as long as the old one stands in SECRET_KEY_FALLBACKS.
"""

from __future__ import annotations

from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

_NONCE_BYTES = 12


class Unsealable(ValueError):  # noqa: N818
    """This was sealed under another key, for another purpose or about another thing, or it was changed since."""


def _cipher(purpose: str, secret: str | bytes) -> AESGCM:
    return AESGCM(salted_hmac(f"tribuna.seal.{purpose}", b"", secret=secret, algorithm="sha256").digest())


def seal(purpose: str, content: bytes, *, about: bytes) -> bytes:
    """Return *content* sealed. To open it one has to say the same *purpose* and what it is *about*."""
    nonce = token_bytes(_NONCE_BYTES)
    return nonce + _cipher(purpose, settings.SECRET_KEY).encrypt(nonce, content, about)


def unseal(purpose: str, sealed: bytes, *, about: bytes) -> bytes:
    """Return what was sealed. Raises Unsealable."""
    nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _cipher(purpose, secret).decrypt(nonce, rest, about)
        except (InvalidTag, ValueError):
            continue
    raise Unsealable
