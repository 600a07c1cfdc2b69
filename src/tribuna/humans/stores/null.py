"""No buckets at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class NullBuckets:
    """Keeps nothing: each process knows only what it saw itself in the last second, and all is calm."""

    def pour(self, amounts: Mapping[int, float]) -> None:
        """Do nothing."""

    def contents(self, buckets: Sequence[int]) -> Mapping[int, float]:
        """Return none."""
        return {}

    def forget(self, before: int) -> int:
        """Return that there were none."""
        return 0
