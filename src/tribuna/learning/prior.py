"""What the house knows before anybody decided anything: weights fitted to made-up comments (tools/prior)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tribuna.learning.layers import Weights, unpack

PRIOR = Path(__file__).with_name("prior.npz")


@cache
def shipped_prior() -> Weights:
    """Return the prior, read once in the life of a process."""
    return unpack(PRIOR.read_bytes())[0]
