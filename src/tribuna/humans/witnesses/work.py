"""Proof of work: the browser computes for a moment while its reader writes, and nobody is asked anything.

The protocol is ALTCHA's, version 2 (PyPI ``altcha``): find the counter at which a key derivation begins with a given
prefix. The derivation is argon2id with 32 MiB (RFC 9106), which a machine does hardly faster than a telephone's
browser; PBKDF2 with SHA-256 (RFC 8018) for a browser without WebAssembly. We choose the counter, so that one
derivation makes a puzzle and the most that it can cost is known. The key itself stays secret but for its prefix:
whoever shows it has done the work, and an HMAC tells. A puzzle is made for nobody in particular (``prepare_work``) and
bound to a form, a page and a moment only when it is handed out (``sealed_work``), which is one more HMAC.
"""

from __future__ import annotations

import hmac
import json
import time
from base64 import b64decode
from collections.abc import Iterable
from importlib.util import find_spec
from secrets import randbelow
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from tribuna.humans.base import Evidence, Unavailable

if TYPE_CHECKING:
    from altcha.v2 import ChallengeParameters

type Parameters = dict[str, Any]  # what ALTCHA calls the parameters of a challenge

ARGON2ID, PBKDF2 = "ARGON2ID", "PBKDF2/SHA-256"
ARGON2ID_PASSES = 1
ARGON2ID_KIBIBYTES = 32 * 1024
PBKDF2_ITERATIONS = 2_500
# At most so many derivations, from calm to the greatest pressure; on average half. A desktop's browser takes about
# 120 ms for the first, before its compiler has warmed up, then 90, then 60: four are 2 s on a telephone six times as
# slow, and that is the ceiling. With PBKDF2 the same times, at about 1.1 ms each.
ARGON2ID_MOST = (2, 3, 4)
PBKDF2_MOST = (128, 192, 256)

WORK_MAX_CHARACTERS = 2_048
_PREPARED = {"algorithm", "cost", "keyLength", "keyPrefix", "keySignature", "nonce", "salt"}
_OF_ARGON2ID = {"memoryCost", "parallelism"}
_NUMBERS = {"cost", "expiresAt", "keyLength", "memoryCost", "parallelism"}
_SEALED = _PREPARED | {"data", "expiresAt"}


def missing_parts() -> list[str]:
    """Return what no proof of work can be asked for without: packages that are not installed."""
    return [package for package in ("altcha", "cryptography") if find_spec(package) is None]


def level_of(pressure: float) -> int:
    """Return the difficulty for *pressure* (0 calm, 1 the most): an index of ARGON2ID_MOST and PBKDF2_MOST."""
    return round(min(max(pressure, 0.0), 1.0) * (len(ARGON2ID_MOST) - 1))


def _secret(purpose: str, key: str | bytes) -> bytes:
    return salted_hmac(f"tribuna.humans.work.{purpose}", "", secret=key, algorithm="sha256").digest()


def argon2id(parameters: ChallengeParameters, salt: bytes, password: bytes) -> bytes:
    """Return the key that ALTCHA asks for: argon2id with our cost and memory, whatever *parameters* say of them."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    return Argon2id(
        salt=salt, length=parameters.key_length, iterations=ARGON2ID_PASSES, lanes=1, memory_cost=ARGON2ID_KIBIBYTES
    ).derive(password)


def prepare_work(level: int, *, algorithm: str = ARGON2ID) -> Parameters:
    """Make a puzzle of *level* that belongs to nobody yet: 40 ms of CPU for argon2id, 1 ms for PBKDF2.

    Raises Unavailable when this machine can't.
    """
    if missing_parts():
        raise Unavailable(f"Packages are missing: {', '.join(missing_parts())}.")
    import altcha
    from cryptography.exceptions import UnsupportedAlgorithm

    is_argon2id = algorithm == ARGON2ID
    try:
        made = altcha.create_challenge(
            algorithm,
            ARGON2ID_PASSES if is_argon2id else PBKDF2_ITERATIONS,
            derive_key=argon2id if is_argon2id else None,
            counter=randbelow((ARGON2ID_MOST if is_argon2id else PBKDF2_MOST)[level]),
            memory_cost=ARGON2ID_KIBIBYTES if is_argon2id else None,
            parallelism=1 if is_argon2id else None,
            hmac_secret=_secret("challenge", settings.SECRET_KEY),
            hmac_key_secret=_secret("key", settings.SECRET_KEY),
        )
    except UnsupportedAlgorithm as error:
        raise Unavailable("The cryptography installed here has no argon2id.") from error
    return made.parameters.to_dict()


def sealed_work(prepared: Parameters, *, scope: str, expires_at: float) -> dict[str, Any]:
    """Return the challenge that *prepared* becomes for *scope* (the form and what it is about), as ALTCHA sends it.

    It can be answered until *expires_at*, in seconds since the epoch. Hand each prepared puzzle out once.
    """
    parameters = {**prepared, "data": {"scope": scope}, "expiresAt": int(expires_at)}
    # What ALTCHA signs is the JSON with its keys in order; of these values Python writes the same.
    canonical = json.dumps(parameters, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    signature = hmac.digest(_secret("challenge", settings.SECRET_KEY), canonical, "sha256").hex()
    return {"parameters": parameters, "signature": signature}


class WorkWitness:
    """The browser has computed for a moment, for this very form and page."""

    name = "work"

    def examine(self, sent: str, *, scope: str) -> Evidence | None:
        """Return what *sent* (ALTCHA's payload: JSON in Base64) proves for *scope*; None when it proves nothing."""
        said = _read(sent)
        if said is None:
            return None
        parameters = said["challenge"]["parameters"]
        if parameters["data"] != {"scope": scope} or parameters["expiresAt"] <= time.time():
            return None
        if not _is_right(said):
            return None
        return Evidence(witness=self.name, nonce=parameters["nonce"], expires_at=float(parameters["expiresAt"]))


def _read(sent: str) -> dict[str, Any] | None:
    """Return what *sent* says if it has the shape of a payload of ours; nothing else comes near the cryptography."""
    if len(sent) > WORK_MAX_CHARACTERS or not sent.isascii():
        return None
    try:
        said = json.loads(b64decode(sent, validate=True))
    except (ValueError, RecursionError):
        return None
    match said:
        case {
            "challenge": {"parameters": {"data": {}} as parameters, "signature": str()},
            "solution": {"counter": int(), "derivedKey": str()},
        } if _is_plain(parameters):
            found: dict[str, Any] = said
            return found
    return None


def _is_plain(parameters: Parameters) -> bool:
    return parameters.keys() in (_SEALED, _SEALED | _OF_ARGON2ID) and all(
        type(value) is (int if name in _NUMBERS else str) for name, value in parameters.items() if name != "data"
    )


def _is_right(said: dict[str, Any]) -> bool:
    """Say whether we signed this challenge and the key is the one that was looked for."""
    if missing_parts():
        return False
    import altcha

    payload = altcha.Payload.from_dict(said)
    keys: Iterable[str | bytes] = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(
        altcha.verify_solution(payload, _secret("challenge", key), hmac_key_secret=_secret("key", key)).verified
        for key in keys
    )
