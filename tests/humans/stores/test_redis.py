"""What is said to a Redis, where none need answer; ``tests/contracts/test_buckets.py`` speaks to a real one."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from tribuna.humans.stores.redis import KEPT_SECONDS, TIMEOUT_SECONDS, RedisBuckets


class Server:
    """Remembers sums and lifetimes as Redis does; a pipeline does nothing before ``execute``."""

    def __init__(self) -> None:
        self.sums: dict[str, float] = {}
        self.lives: dict[str, int] = {}
        self.waiting: list = []

    def pipeline(self, *, transaction: bool):
        assert transaction
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.waiting = []

    def incrbyfloat(self, key, amount):
        self.waiting.append(lambda: self.sums.update({key: self.sums.get(key, 0.0) + amount}))

    def expire(self, key, seconds):
        self.waiting.append(lambda: self.lives.update({key: seconds}))

    def execute(self):
        for each in self.waiting:
            each()

    def mget(self, keys):
        return [str(self.sums[key]).encode() if key in self.sums else None for key in keys]


@pytest.fixture
def server(monkeypatch, settings):
    settings.TRIBUNA_REDIS_URL = "redis://cache.example/3"
    found, asked = Server(), {}

    def from_url(url, **options):
        asked.update(options, url=url)
        return found

    monkeypatch.setitem(sys.modules, "redis", SimpleNamespace(Redis=SimpleNamespace(from_url=from_url)))
    found.asked = asked
    return found


def test_sums_are_kept_under_names_of_this_newsroom_s_own_and_run_out(server, settings):
    store = RedisBuckets()
    store.pour({7: 1.5, 8: 1.0})
    store.pour({7: 1.0})
    assert store.contents([7, 8, 9]) == {7: 2.5, 8: 1.0}
    assert store.forget(9) == 0
    assert set(server.lives.values()) == {KEPT_SECONDS}
    settings.SECRET_KEY = "another newsroom's " * 3
    assert RedisBuckets().contents([7]) == {}


def test_nobody_waits_long_for_a_server_that_does_not_answer(server):
    RedisBuckets()
    assert server.asked == {
        "url": "redis://cache.example/3",
        "socket_timeout": TIMEOUT_SECONDS,
        "socket_connect_timeout": TIMEOUT_SECONDS,
    }
