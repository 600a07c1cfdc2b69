"""Keys that are made once: making one takes longer than most tests."""

from __future__ import annotations

import itertools
from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from tribuna.core.privacy_pass import encoded_key, token_key_id
from tribuna.humans.actions import passes


@cache
def _ready() -> list[RSAPrivateKey]:
    keys = [generate_private_key(65_537, 2048) for _each in range(4)]
    by_last_byte = {token_key_id(encoded_key(key.public_key()))[-1]: key for key in keys}
    return list(by_last_byte.values())


@pytest.fixture
def ready_keys(monkeypatch) -> None:
    """Let the keys of passes be taken from a few that are there."""
    endless = itertools.cycle(_ready())
    monkeypatch.setattr(passes, "generate_private_key", lambda _exponent, _bits: next(endless))
