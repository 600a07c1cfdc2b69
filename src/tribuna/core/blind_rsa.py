"""Blind RSA signatures (RFC 9474), in the variant RSABSSA-SHA384-PSS-Deterministic.

The signer signs without seeing what, and can't tell later when it did: the blinded message is uniformly random. What
comes out is a plain RSASSA-PSS signature (RFC 8017), and only for checking it has the package ``cryptography`` an
operation; the signing itself is arithmetic. ``pow`` takes a time that depends on its numbers, so what it is given
here is multiplied by a fresh random number first (base blinding), which the caller neither knows nor chooses.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha384
from math import gcd
from secrets import randbelow, token_bytes

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA384

SALT_BYTES = 48
HASH_BYTES = 48

_PADDING = padding.PSS(mgf=padding.MGF1(SHA384()), salt_length=SALT_BYTES)


class Unblindable(ValueError):  # noqa: N818
    """A blinded message, or a blind signature, of another length or out of range for the key."""


class SigningFailed(Exception):  # noqa: N818
    """The signature did not verify, so it is not given away: a faulty one tells the key's factors (RFC 9474, 7.1)."""


@dataclass(frozen=True, slots=True)
class Blinded:
    """A message under its blinding, for the signer, and what takes the blinding off again, for nobody else."""

    message: bytes
    inverse: int


def blind(message: bytes, *, key: RSAPublicKey, salt: bytes | None = None, blinding: int | None = None) -> Blinded:
    """Return *message* blinded for *key*'s owner (RFC 9474, 4.2). *salt* and *blinding* are random unless given."""
    numbers = key.public_numbers()
    encoded = _pss(message, bits=key.key_size - 1, salt=token_bytes(SALT_BYTES) if salt is None else salt)
    blinding = _unit(numbers.n) if blinding is None else blinding
    blinded = int.from_bytes(encoded) * pow(blinding, numbers.e, numbers.n) % numbers.n
    return Blinded(blinded.to_bytes(_length(key)), pow(blinding, -1, numbers.n))


def blind_sign(blinded: bytes, *, key: RSAPrivateKey) -> bytes:
    """Return the blind signature of *blinded* (RFC 9474, 4.3), always the same. Raises Unblindable, SigningFailed."""
    private = key.private_numbers()
    n, e = private.public_numbers.n, private.public_numbers.e
    message = _number(blinded, key.public_key())
    unit = _unit(n)
    base = message * pow(unit, e, n) % n
    of_p, of_q = pow(base, private.dmp1, private.p), pow(base, private.dmq1, private.q)
    signed = of_q + (of_p - of_q) * private.iqmp % private.p * private.q  # Garner's formula
    signature = signed * pow(unit, -1, n) % n
    if pow(signature, e, n) != message:
        raise SigningFailed
    return signature.to_bytes(len(blinded))


def finalize(message: bytes, blind_signature: bytes, *, inverse: int, key: RSAPublicKey) -> bytes:
    """Return the signature of *message* (RFC 9474, 4.4). Raises Unblindable, or SigningFailed when it is none."""
    signature = (_number(blind_signature, key) * inverse % key.public_numbers().n).to_bytes(_length(key))
    if not is_signed(message, signature, key=key):
        raise SigningFailed
    return signature


def is_signed(message: bytes, signature: bytes, *, key: RSAPublicKey) -> bool:
    """Say whether *signature* is *key*'s for *message*: RSASSA-PSS, SHA-384, 48 bytes of salt (RFC 9474, 4.5)."""
    try:
        key.verify(signature, message, _PADDING, SHA384())
    except InvalidSignature:
        return False
    return True


def _length(key: RSAPublicKey) -> int:
    return (key.key_size + 7) // 8


def _number(text: bytes, key: RSAPublicKey) -> int:
    number = int.from_bytes(text)
    if len(text) != _length(key) or number >= key.public_numbers().n:
        raise Unblindable
    return number


def _unit(n: int) -> int:
    """Return a random number below *n* that has an inverse; one that has none would be a factor of the key."""
    while True:
        number = randbelow(n)
        if gcd(number, n) == 1:
            return number


def _pss(message: bytes, *, bits: int, salt: bytes) -> bytes:
    """Return the EMSA-PSS encoding of *message* in *bits* bits (RFC 8017, 9.1.1)."""
    length = (bits + 7) // 8
    digest = sha384(bytes(8) + sha384(message).digest() + salt).digest()
    block = bytes(length - len(salt) - HASH_BYTES - 2) + b"\1" + salt
    mask = _mask(digest, len(block))
    masked = bytes(each ^ over for each, over in zip(block, mask, strict=True))
    return bytes([masked[0] & (0xFF >> (8 * length - bits))]) + masked[1:] + digest + b"\xbc"


def _mask(seed: bytes, length: int) -> bytes:
    """Return *length* bytes that follow from *seed* (MGF1 with SHA-384; RFC 8017, B.2.1)."""
    blocks = (sha384(seed + count.to_bytes(4)).digest() for count in range(-(-length // HASH_BYTES)))
    return b"".join(blocks)[:length]
