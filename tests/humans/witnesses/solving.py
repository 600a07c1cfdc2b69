"""Solves proofs of work as a browser does, with ALTCHA's own Python."""

from __future__ import annotations

import json
import time
from base64 import b64encode
from typing import Any

import altcha

from tribuna.humans.witnesses.work import ARGON2ID, PBKDF2, argon2id, prepare_work, sealed_work

SCOPE = "comment:12"


def challenge(scope: str = SCOPE, *, algorithm: str = PBKDF2, lasts_seconds: float = 3_600) -> dict[str, Any]:
    prepared = prepare_work(0, algorithm=algorithm)
    return sealed_work(prepared, scope=scope, expires_at=time.time() + lasts_seconds)


def answered(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the payload that solves *asked*, not yet written down."""
    derive_key = argon2id if asked["parameters"]["algorithm"] == ARGON2ID else None
    solution = altcha.solve_challenge(altcha.Challenge.from_dict(asked), derive_key)
    assert solution
    return {"challenge": asked, "solution": solution.to_dict()}


def written(payload: Any) -> str:
    return b64encode(json.dumps(payload).encode()).decode()


def proof(scope: str = SCOPE, **how: Any) -> str:
    return written(answered(challenge(scope, **how)))
