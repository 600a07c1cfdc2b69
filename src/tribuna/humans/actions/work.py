"""Hand out proofs of work: prepared ones out of the pool, and where there are none cheap ones."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings

from tribuna.humans.stores.pool import pool
from tribuna.humans.witnesses.work import PBKDF2, level_of, prepare_work, sealed_work


def issue_work(scope: str, *, pressure: float = 0.0, with_wasm: bool = True) -> dict[str, Any]:
    """Return a fresh challenge in ALTCHA's format for *scope* (the form and what it is about).

    *pressure* from 0 to 1 says how hard it shall be; a browser without WebAssembly (*with_wasm* false) gets PBKDF2, and
    so does everybody while the pool is empty. Stores nothing. Raises Unavailable when a package is missing.
    """
    level = level_of(pressure)
    prepared = pool().take(f"work:{level}") if with_wasm else None
    if prepared is None:
        prepared = prepare_work(level, algorithm=PBKDF2)
    return sealed_work(prepared, scope=scope, expires_at=time.time() + settings.TRIBUNA_CHALLENGE_LIFETIME_SECONDS)
