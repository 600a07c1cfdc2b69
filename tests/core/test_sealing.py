"""Bytes that only this site can read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribuna.core.sealing import Unsealable, seal, unseal


@given(st.binary(max_size=200), st.binary(max_size=40))
def test_what_was_sealed_opens_again_and_is_never_sealed_twice_alike(content, about):
    sealed = seal("letters", content, about=about)
    assert unseal("letters", sealed, about=about) == content
    assert seal("letters", content, about=about) != sealed
    assert len(content) < 4 or content not in sealed


@pytest.mark.parametrize(
    ("purpose", "about", "change"),
    [
        ("numbers", b"Ana", lambda sealed: sealed),
        ("letters", b"Eva", lambda sealed: sealed),
        ("letters", b"Ana", lambda sealed: sealed[:-1]),
        ("letters", b"Ana", lambda sealed: bytes([sealed[0] ^ 1]) + sealed[1:]),
        ("letters", b"Ana", lambda sealed: sealed[:-1] + bytes([sealed[-1] ^ 1])),
        ("letters", b"Ana", lambda sealed: b""),
    ],
)
def test_anything_else_does_not_open(purpose, about, change):
    with pytest.raises(Unsealable):
        unseal(purpose, change(seal("letters", b"Dear Ana", about=b"Ana")), about=about)


def test_keys_can_be_changed_as_long_as_the_old_one_is_named(settings):
    sealed = seal("letters", b"Dear Ana", about=b"Ana")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [settings.SECRET_KEY]
    assert unseal("letters", sealed, about=b"Ana") == b"Dear Ana"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Unsealable):
        unseal("letters", sealed, about=b"Ana")
