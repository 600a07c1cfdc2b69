"""A score as a chance: how many of a hundred comments with that score were spam in this newsroom (Platt's way)."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calibration:
    """A line from scores to log-odds."""

    slope: float
    intercept: float

    def chance(self, score: float) -> float:
        """Return the chance, 0 to 1, that a comment with *score* is what moderators take for spam."""
        odds = max(-30.0, min(30.0, self.slope * score + self.intercept))
        return 1 / (1 + math.exp(-odds))
