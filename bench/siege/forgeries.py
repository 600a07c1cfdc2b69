"""What a forger makes of a proof: nothing here knows any secret."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from random import Random
from typing import Any

FLIPS = 60
HUGE = 100_000


def forged(kind: str, one: str, two: str, dice: Random) -> Iterator[tuple[str, str]]:
    """Yield the name of each forgery, and the forged proof, made from two real ones of the system *kind*.

    What is no forgery is left out: two proofs that begin alike, spliced there, are one of them.
    """
    yield from ((name, proof) for name, proof in _made(kind, one, two, dice) if proof not in {one, two})


def _made(kind: str, one: str, two: str, dice: Random) -> Iterator[tuple[str, str]]:
    if kind == "altcha":
        yield from _of_altcha(one, two)
    else:
        for _each in range(FLIPS):
            yield "one character changed", _flipped(one, dice)
        for cut in (0, 1, len(one) // 2, len(one) - 1):
            yield "cut short", one[:cut]
        for at in range(1, 10):
            yield "spliced", one[: len(one) * at // 10] + two[len(two) * at // 10 :]
        for at in (":", "."):
            if at in one:
                yield "another's signature", one.rpartition(at)[0] + at + two.rpartition(at)[2]
    yield from (("nonsense", each) for each in _nonsense())
    yield "the same proof, written otherwise", one * 2
    yield "the same proof, written otherwise", one + "\0"


def _flipped(proof: str, dice: Random) -> str:
    at = dice.randrange(len(proof))
    other = dice.choice([c for c in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789" if c != proof[at]])
    return proof[:at] + other + proof[at + 1 :]


def _nonsense() -> Iterator[str]:
    nested: Any = []
    for _each in range(500):
        nested = [nested]
    for said in (None, [], {}, True, 0, 1e308, {"challenge": None, "solution": None}, nested):
        yield json.dumps(said)
        yield base64.urlsafe_b64encode(json.dumps(said).encode()).decode()
    yield "A" * HUGE
    yield "\u0661\u0662\u0663"


def _of_altcha(one: str, two: str) -> Iterator[tuple[str, str]]:
    first, second = (json.loads(base64.b64decode(each)) for each in (one, two))
    foreign = second["challenge"]["signature"]
    changes: list[tuple[str, dict[str, Any]]] = [
        ("algorithm swapped", {"algorithm": "SHA-256"}),
        ("cost lowered", {"cost": 1}),
        ("no cost", {"cost": 0}),
        ("prefix emptied", {"keyPrefix": ""}),
        ("expiry put off", {"expiresAt": 2**53}),
        ("no expiry", {"expiresAt": None}),
        ("key shortened", {"keyLength": 1}),
        ("overflow", {"cost": 2**70}),
        ("salt changed", {"salt": "00" * 16}),
        ("nonce changed", {"nonce": "00" * 16}),
    ]
    for name, change in changes:
        made = json.loads(json.dumps(first))
        made["challenge"]["parameters"].update(change)
        if made != first:  # argon2id's cost is 1 already
            yield name, _packed(made)
    for name, made in (
        ("another's solution", {**first, "solution": second["solution"]}),
        ("another's signature", {**first, "challenge": {**first["challenge"], "signature": foreign}}),
        ("no signature", {**first, "challenge": {"parameters": first["challenge"]["parameters"]}}),
        ("empty signature", {**first, "challenge": {**first["challenge"], "signature": ""}}),
        ("another key", {**first, "solution": {**first["solution"], "derivedKey": "00" * 32}}),
        ("null solution", {**first, "solution": None}),
    ):  # fmt: skip
        yield name, _packed(made)


def _packed(said: Any) -> str:
    return base64.b64encode(json.dumps(said).encode()).decode()
