"""A proof of work counts for the form and page it was made for, until it expires, and nothing else counts at all."""

from __future__ import annotations

import copy
import importlib.util
import json
import time
from base64 import b64decode, b64encode

import altcha
import pytest
import time_machine
from cryptography.exceptions import UnsupportedAlgorithm
from hypothesis import given
from hypothesis import strategies as st

from tests.humans.witnesses.solving import SCOPE, answered, challenge, proof, written
from tribuna.humans.base import Unavailable
from tribuna.humans.witnesses import work
from tribuna.humans.witnesses.work import ARGON2ID, PBKDF2, WorkWitness, level_of, prepare_work, sealed_work

examine = WorkWitness().examine
REFUSED_WITHIN_SECONDS = 0.001


@pytest.fixture(scope="module")
def payload():
    return answered(challenge())


def changed(payload, *path, to):
    """Return a copy of *payload* in which the value at *path* is *to*."""
    found = copied = copy.deepcopy(payload)
    for name in path[:-1]:
        found = found[name]
    found[path[-1]] = to
    return copied


@pytest.mark.parametrize("algorithm", [ARGON2ID, PBKDF2])
def test_a_proof_says_which_challenge_it_solves_and_until_when(algorithm):
    asked = challenge(algorithm=algorithm)
    evidence = examine(written(answered(asked)), scope=SCOPE)
    assert evidence is not None
    assert (evidence.witness, evidence.nonce) == ("work", asked["parameters"]["nonce"])
    assert evidence.expires_at == asked["parameters"]["expiresAt"]
    assert len(evidence.nonce) == 32


def test_the_challenge_is_the_protocol_s_own(settings):
    """ALTCHA's library takes what we sign ourselves for what it has signed."""
    payload = altcha.Payload.from_dict(answered(challenge("comment:ñ")))
    secret = work._secret("challenge", settings.SECRET_KEY)
    assert altcha.verify_solution(payload, secret).verified  # by deriving the key once more


def test_the_prefix_tells_less_than_the_key():
    asked = challenge()
    assert len(asked["parameters"]["keyPrefix"]) == asked["parameters"]["keyLength"]  # half of it, in hexadecimal


def test_a_proof_for_another_page_or_form_does_not_count(payload):
    assert examine(written(payload), scope="comment:13") is None
    assert examine(written(payload), scope="letter:12") is None
    assert (
        examine(
            written(changed(payload, "challenge", "parameters", "data", to={"scope": "letter:12"})), scope="letter:12"
        )
        is None
    )


def test_an_expired_proof_does_not_count(payload):
    with time_machine.travel(payload["challenge"]["parameters"]["expiresAt"] - 1):
        assert examine(written(payload), scope=SCOPE) is not None
    with time_machine.travel(payload["challenge"]["parameters"]["expiresAt"]):
        assert examine(written(payload), scope=SCOPE) is None


def test_an_old_key_still_counts_and_a_foreign_one_never_did(payload, settings):
    ours, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 8
    assert examine(written(payload), scope=SCOPE) is None
    settings.SECRET_KEY_FALLBACKS = [ours]
    assert examine(written(payload), scope=SCOPE) is not None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("challenge", "parameters", "algorithm"), ARGON2ID),
        (("challenge", "parameters", "algorithm"), "SHA-256"),
        (("challenge", "parameters", "cost"), 1),
        (("challenge", "parameters", "cost"), 2**70),
        (("challenge", "parameters", "cost"), "1"),
        (("challenge", "parameters", "keyLength"), 10**300),
        (("challenge", "parameters", "keyPrefix"), ""),
        (("challenge", "parameters", "keySignature"), None),
        (("challenge", "parameters", "keySignature"), "00" * 32),
        (("challenge", "parameters", "nonce"), "0" * 32),
        (("challenge", "parameters", "expiresAt"), 2**53),
        (("challenge", "parameters", "expiresAt"), 10**400),
        (("challenge", "parameters", "expiresAt"), float("inf")),
        (("challenge", "parameters", "expiresAt"), True),
        (("challenge", "parameters", "data"), {"scope": SCOPE, "more": 1}),
        (("challenge", "parameters", "data"), None),
        (("challenge", "parameters", "data"), [SCOPE]),
        (("challenge", "parameters", "memoryCost"), 8),
        (("challenge", "parameters"), None),
        (("challenge", "parameters"), []),
        (("challenge", "signature"), ""),
        (("challenge", "signature"), "0" * 64),
        (("challenge", "signature"), 0),
        (("challenge", "signature"), None),
        (("challenge",), None),
        (("challenge",), "x"),
        (("solution", "derivedKey"), ""),
        (("solution", "derivedKey"), "00" * 32),
        (("solution", "derivedKey"), None),
        (("solution", "derivedKey"), {"a": [[[]]]}),
        (("solution", "counter"), "0"),
        (("solution", "counter"), None),
        (("solution",), []),
    ],
)  # fmt: skip
def test_what_was_changed_does_not_count_and_costs_next_to_nothing(payload, path, value):
    sent = written(changed(payload, *path, to=value))
    assert examine(sent, scope=SCOPE) is None
    assert quickest(sent) < REFUSED_WITHIN_SECONDS


def test_what_proves_the_work_is_the_key_and_another_counter_makes_no_other_proof(payload):
    told = changed(payload, "solution", "counter", to=payload["solution"]["counter"] + 1)
    assert examine(written(told), scope=SCOPE) == examine(written(payload), scope=SCOPE) is not None


def quickest(sent: str) -> float:
    """Return the CPU seconds of one refusal."""

    def once() -> float:
        begin = time.process_time()
        examine(sent, scope=SCOPE)
        return time.process_time() - begin

    return min(once() for _attempt in range(5))


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "null",
        "ñ",
        "====",
        written(None),
        written([]),
        written("x"),
        written(1),
        b64encode(b"[" * 1_400).decode(),
        b64encode(b'{"challenge":' * 100).decode(),
        b64encode(b'{"a":' * 250 + b"1" + b"}" * 250).decode(),
        b64encode(b"\xff\xfe\x00").decode(),
        b64encode(b"9" * 1_500).decode(),
        "A" * (work.WORK_MAX_CHARACTERS + 1),
        "A" * 1_000_000,
    ],
    ids=lambda sent: sent[:12],
)
def test_what_is_no_payload_does_not_count_and_costs_next_to_nothing(sent):
    assert examine(sent, scope=SCOPE) is None
    assert quickest(sent) < REFUSED_WITHIN_SECONDS


def test_two_proofs_spliced_together_do_not_count(payload):
    other = answered(challenge())
    for mixed in (
        {"challenge": payload["challenge"], "solution": other["solution"]},
        changed(payload, "challenge", "signature", to=other["challenge"]["signature"]),
        changed(payload, "challenge", "parameters", "nonce", to=other["challenge"]["parameters"]["nonce"]),
        changed(
            payload, "challenge", "parameters", "keySignature", to=other["challenge"]["parameters"]["keySignature"]
        ),
    ):
        assert examine(written(mixed), scope=SCOPE) is None


def test_a_proof_cut_short_or_with_a_bit_turned_over_does_not_count(payload):
    plain = json.dumps(payload["challenge"], separators=(",", ":")).encode()
    sent = written(payload)
    assert all(examine(sent[:length], scope=SCOPE) is None for length in range(len(sent)))
    for place in range(len(plain)):
        other = plain[:place] + bytes([plain[place] ^ 1]) + plain[place + 1 :]
        forged = b'{"challenge":' + other + b',"solution":' + json.dumps(payload["solution"]).encode() + b"}"
        assert examine(b64encode(forged).decode(), scope=SCOPE) is None


@given(
    st.binary(max_size=300) | st.recursive(st.none() | st.integers(), st.lists).map(lambda j: json.dumps(j).encode())
)
def test_anything_else_is_refused_in_peace(sent):
    assert examine(b64encode(sent).decode(), scope=SCOPE) is None


def test_a_proof_fits_into_what_is_read():
    sent = proof("x" * 200, algorithm=ARGON2ID)
    assert examine(sent, scope="x" * 200) is not None
    assert len(b64decode(sent)) < work.WORK_MAX_CHARACTERS


def test_pressure_makes_it_harder_up_to_a_ceiling(monkeypatch):
    assert [level_of(pressure) for pressure in (-1, 0, 0.2, 0.5, 0.9, 1, 7)] == [0, 0, 0, 1, 2, 2, 2]
    asked = []
    monkeypatch.setattr(work, "randbelow", lambda most: asked.append(most) or 0)
    for level in range(3):
        prepare_work(level, algorithm=PBKDF2)
        prepare_work(level, algorithm=ARGON2ID)
    assert asked == [128, 2, 192, 3, 256, 4]


def test_without_its_packages_there_is_no_puzzle_and_no_proof_counts(payload, monkeypatch):
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(work, "find_spec", lambda name: None if name == "altcha" else find_spec(name))
    with pytest.raises(Unavailable, match="altcha"):
        prepare_work(0)
    assert examine(written(payload), scope=SCOPE) is None


def test_a_cryptography_without_argon2id_is_said(monkeypatch):
    def argon2id(*_arguments):
        raise UnsupportedAlgorithm("no argon2id")

    monkeypatch.setattr(work, "argon2id", argon2id)
    with pytest.raises(Unavailable, match="argon2id"):
        prepare_work(0)
    assert prepare_work(0, algorithm=PBKDF2)


def test_sealing_is_cheap():
    prepared = prepare_work(0, algorithm=PBKDF2)
    begin = time.process_time()
    for _each in range(100):
        sealed_work(prepared, scope=SCOPE, expires_at=time.time())
    assert time.process_time() - begin < 100 / 2_000
