"""What travels in Privacy Pass, against the RFCs' own bytes, and whatever else may come.

RFC 9578 has ten vectors for issuance, five for each of its two token types: those of type 0x0002, ours, are all here
(Appendix A.2; counted in the RFC's source, github.com/ietf-wg-privacypass/base-drafts). Five more of this type come
from another implementation, each with a key of its own: ten in all. RFC 9577 has five for challenges of this type.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from hypothesis import given
from hypothesis import strategies as st

from tribuna.core.blind_rsa import blind, blind_sign, finalize
from tribuna.core.privacy_pass import (
    TOKEN_BYTES,
    Malformed,
    Token,
    TokenChallenge,
    TokenRequest,
    armoured,
    challenge_header,
    encoded_key,
    read_challenge,
    read_challenge_header,
    read_key,
    read_requests,
    read_token,
    read_token_header,
    token_header,
    token_key_id,
    unarmoured,
)

RFC9578, RUST = (
    json.loads((Path(__file__).parent / file).read_text(encoding="utf-8"))
    for file in ("rfc9578.json", "privacypass_rust.json")
)
ISSUANCE = [{"key": RFC9578["key"], **vector} for vector in RFC9578["vectors"]] + RUST["vectors"]
KEY = load_pem_private_key(RFC9578["key"].encode(), None)
SPKI = encoded_key(KEY.public_key())
TOKEN = Token(b"n" * 32, b"c" * 32, b"k" * 32, b"a" * 256)

# RFC 9577, Appendix A.1: issuer.example, with this key and nonce; context and origins differ.
CONTEXT = "476ac2c935f458e9b2d7af32dacfbd22dd6023ef5887a789f1abe004e79bb5bb"
CHALLENGES = {
    (CONTEXT, "origin.example"): "8e1d5518ec82964255526efd8f9db88205a8ddd3ffb1db298fcc3ad36c42388f",
    ("", "origin.example"): "11e15c91a7c2ad02abd66645802373db1d823bea80f08d452541fb2b62b5898b",
    ("", ""): "b741ec1b6fd05f1e95f8982906aec1612896d9ca97d53eef94ad3c9fe023f7a4",
    (CONTEXT, ""): "b85fb5bc06edeb0e8e8bdb5b3bea8c4fa40837c82e8bcaf5882c81e14817ea18",
    (CONTEXT, "foo.example,bar.example"): "a2a775866b6ae0f98944910c8f48728d8a2735b9157762ddbf803f70e2e8ba3e",
}


def test_the_id_of_a_key_is_that_of_the_rfcs():
    assert token_key_id(SPKI).hex() == RFC9578["key_id"]
    assert RFC9578["key_id"] == "ca572f8982a9ca248a3056186322d93ca147266121ddeb5632c07f1f71cd2708"
    assert encoded_key(read_key(SPKI)) == SPKI


def test_there_are_ten_vectors_of_our_type():
    assert [bytes.fromhex(vector["challenge"])[:2] for vector in ISSUANCE] == [b"\0\2"] * 10
    assert len({vector["key"] for vector in ISSUANCE}) == 6


@pytest.mark.parametrize("vector", ISSUANCE)
def test_issuance_gives_the_bytes_of_rfc_9578_and_of_another_implementation(vector):
    key = load_pem_private_key(vector["key"].encode(), None)
    digest = sha256(bytes.fromhex(vector["challenge"])).digest()
    bare = Token(bytes.fromhex(vector["nonce"]), digest, token_key_id(encoded_key(key.public_key())), b"")
    salt, blinding = bytes.fromhex(vector["salt"]), int(vector["blind"], 16)
    blinded = blind(bare.signed_part(), key=key.public_key(), salt=salt, blinding=blinding)
    request = TokenRequest(bare.token_key_id[-1], blinded.message)
    assert sha256(request.encoded()).hexdigest() == vector["request_sha256"]
    response = blind_sign(blinded.message, key=key)
    assert sha256(response).hexdigest() == vector["response_sha256"]
    signature = finalize(bare.signed_part(), response, inverse=blinded.inverse, key=key.public_key())
    token = Token(bare.nonce, bare.challenge_digest, bare.token_key_id, signature)
    assert sha256(token.encoded()).hexdigest() == vector["token_sha256"]
    assert read_token(token.encoded()) == token
    assert read_requests(request.encoded() * 3) == [request] * 3


@pytest.mark.parametrize("vector", RFC9578["vectors"])
def test_the_challenges_of_rfc_9578_are_read_and_written_alike(vector):
    challenge = read_challenge(bytes.fromhex(vector["challenge"]))
    assert challenge.encoded().hex() == vector["challenge"]
    assert challenge.digest() == sha256(bytes.fromhex(vector["challenge"])).digest()


@pytest.mark.parametrize(("context", "origins"), CHALLENGES)
def test_a_challenge_has_the_digest_of_rfc_9577(context, origins):
    challenge = TokenChallenge("issuer.example", bytes.fromhex(context), tuple(filter(None, origins.split(","))))
    assert challenge.digest().hex() == CHALLENGES[context, origins]
    assert read_challenge(challenge.encoded()) == challenge


@given(st.binary(max_size=100) | st.binary().map(lambda rest: b"\0\2\0\3abc" + rest))
def test_whatever_is_read_as_a_challenge_is_written_alike(text):
    try:
        challenge = read_challenge(text)
    except Malformed:
        return
    assert challenge.encoded() == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "00", "0002", "00020000", "0002000000", "0002000161000000ff", "00020001ff000000"),
        *("000200016100000161"[:-2], "00020001610161000000", "0002000561", "00020001610000"),
    ],
)
def test_what_is_no_challenge_is_not_read(text):
    with pytest.raises(Malformed):
        read_challenge(bytes.fromhex(text))


@pytest.mark.parametrize(
    "text", [b"", TOKEN.encoded()[:-1], TOKEN.encoded() + b"\0", b"\0\1" + TOKEN.encoded()[2:], bytes(TOKEN_BYTES)]
)
def test_what_is_no_token_is_not_read(text):
    with pytest.raises(Malformed):
        read_token(text)


@pytest.mark.parametrize("text", [b"", b"\0\2\0", TokenRequest(8, bytes(256)).encoded() + b"\0\2", bytes(259)])
def test_what_are_no_requests_are_not_read(text):
    with pytest.raises(Malformed):
        read_requests(text)


def test_another_kind_of_key_is_neither_published_nor_read():
    small, odd = rsa.generate_private_key(65_537, 1024), rsa.generate_private_key(3, 2048)
    for key in (small, odd):
        with pytest.raises(Malformed):
            encoded_key(key.public_key())
    plain = KEY.public_key().public_numbers()
    for text in (b"", SPKI[:-1], SPKI + b"\0", SPKI[:1] + b"\0" + SPKI[2:], SPKI[: -len(str(plain.e))]):
        with pytest.raises(Malformed):
            read_key(text)


def test_a_challenge_travels_in_the_header_of_rfc_9577():
    challenge = TokenChallenge("issuer.example", bytes.fromhex(CONTEXT), ("origin.example",))
    header = challenge_header(challenge, key=SPKI, max_age=10)
    assert header.startswith('PrivateToken challenge="AAIADmlzc3Vlci5leGFtcGxlI')
    assert 'token-key="MIIBUjA9BgkqhkiG9w0BAQowMKANMAsGCWCGSAFlAwQCAqEaMBgGCSqG' in header
    assert read_challenge_header(header) == (challenge, SPKI, 10)
    assert read_challenge_header(header.replace('"10"', "10, unknown=yes")) == (challenge, SPKI, 10)
    assert read_challenge_header(header.removesuffix(', max-age="10"')) == (challenge, SPKI, None)


def test_names_that_are_no_host_names_are_not_read():
    with pytest.raises(Malformed):
        read_challenge(b"\0\2\0\1a\0\0\1\xff")


def test_another_kind_of_public_key_with_our_beginning_is_not_read():
    other = SPKI[:72] + ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )
    with pytest.raises(Malformed):
        read_key(other)


@pytest.mark.parametrize("text", ["", "Basic realm=x", "PrivateToken", 'PrivateToken challenge="AAI="'])
def test_what_asks_for_no_token_is_not_read(text):
    with pytest.raises(Malformed):
        read_challenge_header(text)


def test_a_token_travels_in_the_header_of_rfc_9577():
    header = token_header(TOKEN)
    assert len(header) == 493
    for spelling in (header, header.replace('"', ""), header.replace("PrivateToken ", "privatetoken  ")):
        assert read_token_header(spelling) == TOKEN


@given(st.text(max_size=100) | st.text(alphabet="AB-_=é", max_size=40).map(lambda text: f'PrivateToken token="{text}"'))
def test_what_redeems_nothing_is_not_read(text):
    with pytest.raises(Malformed):
        read_token_header(text)


@given(st.binary(max_size=50))
def test_armour_comes_off_with_or_without_its_padding(text):
    assert unarmoured(armoured(text)) == unarmoured(armoured(text).rstrip("=")) == text


@pytest.mark.parametrize("text", ["A", "AB+/", "A B=", "AB", "ÀB=="])
def test_armour_of_another_make_does_not_come_off(text):
    with pytest.raises(Malformed):
        unarmoured(text)
