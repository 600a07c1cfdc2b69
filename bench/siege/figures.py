"""Counting and pricing: what is accepted of how many, within which bounds, and what a thousand of them cost."""

from __future__ import annotations

import math
from dataclasses import dataclass

# Published list prices, kept fixed so that tables of different years compare. US dollars.
CPU_DOLLARS_PER_HOUR = 0.034  # one vCPU: Amazon EC2 c6g.medium, on demand, us-east-1
HUMAN_DOLLARS_PER_1000 = 0.75  # paid human solvers, price lists of solving services: 0.5 to 1 for plain pictures
HUMAN_RIGHT = 0.75
HUMAN_SECONDS = 12.0
DESK_SECONDS_PER_HELD = 10.0  # a moderator looks at one held comment

# What a step costs a person: the middle of the published studies for distorted text (9 to 15 s).
PERSON_SECONDS = {"picture": 12.0, "sound": 20.0, "moderator": 3.0, "none": 0.0}
Z = 1.96  # 95 %


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    accepted: int
    attempted: int

    @property
    def rate(self) -> float:
        """The share itself; NaN of no attempts."""
        return self.accepted / self.attempted if self.attempted else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval at 95 % (Wilson 1927); from 0 to 1 of no attempts."""
        n = self.attempted
        if not n:
            return 0.0, 1.0
        centre = self.rate + Z * Z / (2 * n)
        spread = Z * math.sqrt(self.rate * (1 - self.rate) / n + Z * Z / (4 * n * n))
        scale = 1 + Z * Z / n
        return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.accepted}/{self.attempted} ({100 * low:.1f}–{100 * high:.1f} %)"


def seconds_per_success(share: Share, *, seconds_per_attempt: float) -> float:
    """Return the attacker's CPU-seconds for one accepted attempt; infinity when none was."""
    return seconds_per_attempt / share.rate if share.accepted else math.inf


def dollars_per_1000(share: Share, *, seconds_per_attempt: float, dollars_per_attempt: float = 0.0) -> float:
    """Return what 1,000 accepted attempts cost the attacker; infinity when none was accepted."""
    if not share.accepted:
        return math.inf
    return 1000 * (seconds_per_attempt * CPU_DOLLARS_PER_HOUR / 3600 + dollars_per_attempt) / share.rate


def dollars(amount: float) -> str:
    """Return *amount* as the table has it."""
    return "nothing got in" if math.isinf(amount) else f"{amount:.3g} $"


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table. Raises ValueError when a row is not as long as *head*."""
    if any(len(row) != len(head) for row in rows):
        raise ValueError("a row of the table is not as long as its head")
    lines = [head, ["---"] * len(head), *([cell.replace("|", "/") for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
