"""Buckets in Redis or Valkey, for newsrooms of several machines. Needs the package ``redis``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from django.conf import settings

from tribuna.core.signing import keyed_hash

TIMEOUT_SECONDS = 0.2  # a form does not wait longer than that for its pressure
KEPT_SECONDS = 3 * 24 * 60 * 60


class RedisBuckets:
    """Sums in keys, added to by INCRBYFLOAT, which is atomic. The keys run out by themselves."""

    def __init__(self) -> None:
        """Connect to ``TRIBUNA_REDIS_URL`` when first asked. Raises ImportError without the package ``redis``."""
        self._server: Any = import_module("redis").Redis.from_url(
            settings.TRIBUNA_REDIS_URL, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS
        )
        # Several newsrooms may share a server.
        self._prefix = f"tribuna:{keyed_hash('humans.buckets', '')[:12]}:"

    def pour(self, amounts: Mapping[int, float]) -> None:
        """Add each amount to its bucket, all of them or none. Raises ``redis.RedisError``."""
        with self._server.pipeline(transaction=True) as together:
            for number, amount in amounts.items():
                together.incrbyfloat(f"{self._prefix}{number}", amount)
                together.expire(f"{self._prefix}{number}", KEPT_SECONDS)
            together.execute()

    def contents(self, buckets: Sequence[int]) -> Mapping[int, float]:
        """Return what is in those that are there. Raises ``redis.RedisError``."""
        found = self._server.mget([f"{self._prefix}{number}" for number in buckets])
        return {number: float(content) for number, content in zip(buckets, found, strict=True) if content is not None}

    def forget(self, before: int) -> int:
        """Leave that to the server: each key runs out by itself."""
        return 0
