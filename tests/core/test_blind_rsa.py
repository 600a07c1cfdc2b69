"""Blind signatures: the RFC's own numbers, and what must not be signed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from tribuna.core import blind_rsa
from tribuna.core.blind_rsa import SigningFailed, Unblindable, blind, blind_sign, finalize, is_signed

RFC9474 = json.loads((Path(__file__).parent / "rfc9474.json").read_text(encoding="utf-8"))
KEY = rsa.generate_private_key(65_537, 2048)


def rfc_key() -> rsa.RSAPrivateKey:
    p, q, d = (int(RFC9474[name], 16) for name in "pqd")
    public = rsa.RSAPublicNumbers(int(RFC9474["e"], 16), p * q)
    return rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public).private_key()


@pytest.mark.parametrize("vector", RFC9474["vectors"], ids=lambda vector: vector["variant"])
def test_each_step_gives_the_numbers_of_rfc_9474(vector):
    """All four variants of Appendix A. We verify with 48 bytes of salt, as the key is published: no salt is refused."""
    key, message, inverse = rfc_key(), bytes.fromhex(vector["msg"]), int(vector["inv"], 16)
    public = key.public_key()
    blinding = pow(inverse, -1, public.public_numbers().n)
    blinded = blind(message, key=public, salt=bytes.fromhex(vector["salt"]), blinding=blinding)
    assert (blinded.message.hex(), blinded.inverse) == (vector["blinded_msg"], inverse)
    signed = blind_sign(blinded.message, key=key)
    assert signed.hex() == vector["blind_sig"]
    signature = bytes.fromhex(vector["sig"])
    assert int.from_bytes(signed) * inverse % public.public_numbers().n == int.from_bytes(signature)
    assert is_signed(message, signature, key=public) is bool(vector["salt"])
    if vector["salt"]:
        assert finalize(message, signed, inverse=inverse, key=public) == signature
    else:
        with pytest.raises(SigningFailed):
            finalize(message, signed, inverse=inverse, key=public)


@settings(max_examples=10)
@given(st.binary(max_size=300))
def test_any_message_is_signed_without_being_seen(message):
    blinded, again = (blind(message, key=KEY.public_key()) for _each in range(2))
    assert blinded.message != again.message
    signature = finalize(message, blind_sign(blinded.message, key=KEY), inverse=blinded.inverse, key=KEY.public_key())
    assert is_signed(message, signature, key=KEY.public_key())
    assert not is_signed(message + b"!", signature, key=KEY.public_key())
    assert not is_signed(message, signature[:-1], key=KEY.public_key())


def test_the_same_is_signed_alike_each_time():
    blinded = blind(b"Good morning", key=KEY.public_key()).message
    assert blind_sign(blinded, key=KEY) == blind_sign(blinded, key=KEY)


@pytest.mark.parametrize("blinded", [b"", bytes(255), bytes(257), b"\xff" * 256])
def test_what_is_no_number_below_the_modulus_is_not_signed(blinded):
    with pytest.raises(Unblindable):
        blind_sign(blinded, key=KEY)
    with pytest.raises(Unblindable):
        finalize(b"Good morning", blinded, inverse=1, key=KEY.public_key())


def test_a_signature_for_something_else_is_not_taken():
    blinded = blind(b"Good morning", key=KEY.public_key())
    other = blind_sign(blind(b"Good night", key=KEY.public_key()).message, key=KEY)
    with pytest.raises(SigningFailed):
        finalize(b"Good morning", other, inverse=blinded.inverse, key=KEY.public_key())


def test_a_fault_while_signing_gives_nothing_away():
    class Faulty:
        """A key one half of which is wrong, as by a broken memory: its signature would tell the factors."""

        def private_numbers(self):
            right = KEY.private_numbers()
            return rsa.RSAPrivateNumbers(
                right.p, right.q, right.d, right.dmp1 ^ 2, right.dmq1, right.iqmp, right.public_numbers
            )

        def public_key(self):
            return KEY.public_key()

    with pytest.raises(SigningFailed):
        blind_sign(blind(b"Good morning", key=KEY.public_key()).message, key=Faulty())


def test_a_blinding_that_would_be_a_factor_is_not_used(monkeypatch):
    drawn = iter([0, 9, 10])
    monkeypatch.setattr(blind_rsa, "randbelow", lambda _n: next(drawn))
    assert blind_rsa._unit(21) == 10
