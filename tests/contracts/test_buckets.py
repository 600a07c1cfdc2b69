"""What every store of buckets keeps to: the database, Redis, and, as far as it can, the one that keeps none."""

from __future__ import annotations

import os
import threading
from importlib.util import find_spec
from secrets import randbits

import pytest
from django.db import connection

from tests.lacking import lacks
from tribuna.humans.base import BucketStore
from tribuna.humans.stores.database import DatabaseBuckets
from tribuna.humans.stores.null import NullBuckets
from tribuna.humans.stores.redis import RedisBuckets

REDIS = "redis://127.0.0.1:6379/15"
THREADS, TIMES = 8, 25


@pytest.fixture
def redis_store(settings) -> BucketStore:
    """The store in a Redis that answers on loopback; CI must not go without one."""
    settings.TRIBUNA_REDIS_URL = os.environ.get("TRIBUNA_TEST_REDIS", REDIS)
    try:
        store = RedisBuckets()
        store._server.ping()
    except Exception as error:  # noqa: BLE001 - of a package that may not be there
        lacks(f"no Redis, or no package for it: {error}")
    return store


@pytest.fixture(params=["database", "redis"])
def store(request, db) -> BucketStore:
    """A store that keeps what it is given."""
    return DatabaseBuckets() if request.param == "database" else request.getfixturevalue("redis_store")


@pytest.fixture
def numbers() -> list[int]:
    """Buckets that are nobody else's."""
    first = randbits(40) << 4
    return [first, first + 1, first + 2]


@pytest.mark.storage
def test_what_is_poured_adds_up(store, numbers):
    one, two, empty = numbers
    assert store.contents(numbers) == {}
    store.pour({one: 1.5, two: 2})
    store.pour({one: 1})
    assert dict(store.contents(numbers)) == {one: 2.5, two: 2}
    assert dict(store.contents([empty])) == {}


@pytest.mark.storage
def test_the_numbers_of_a_whole_day_fit(store, numbers):
    late = 2.718281828459045**288  # what is poured at midnight into buckets that live for 300 seconds
    store.pour({numbers[0]: 1.0})
    store.pour({numbers[0]: late})
    assert store.contents(numbers)[numbers[0]] == pytest.approx(late)


@pytest.mark.storage
def test_a_thousand_at_once(store):
    first = randbits(40) << 12
    store.pour({first + number: number + 0.5 for number in range(1_200)})
    assert len(store.contents([first + number for number in range(1_200)])) == 1_200


@pytest.mark.storage
def test_the_database_forgets_what_is_older_and_nothing_else(db, numbers):
    store = DatabaseBuckets()
    store.pour(dict.fromkeys(numbers, 1.0))
    assert store.forget(numbers[2]) == 2
    assert dict(store.contents(numbers)) == {numbers[2]: 1.0}


@pytest.mark.storage
def test_redis_forgets_by_itself(redis_store, numbers):
    redis_store.pour({numbers[0]: 1.0})
    assert 2 * 24 * 3600 < redis_store._server.ttl(f"{redis_store._prefix}{numbers[0]}") <= 3 * 24 * 3600
    assert redis_store.forget(numbers[2]) == 0


def at_once(store: BucketStore, number: int) -> None:
    def pour() -> None:
        try:
            for _each in range(TIMES):
                store.pour({number: 1.0, number + 1: 2.0})
        finally:
            connection.close()

    threads = [threading.Thread(target=pour) for _each in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.storage
def test_redis_loses_nothing_between_many_who_pour_at_once(redis_store, numbers):
    at_once(redis_store, numbers[0])
    assert dict(redis_store.contents(numbers)) == {numbers[0]: THREADS * TIMES, numbers[1]: 2 * THREADS * TIMES}


@pytest.mark.storage
@pytest.mark.usefixtures("django_db_setup")
def test_the_database_loses_nothing_between_many_who_pour_at_once(django_db_blocker, numbers):
    store = DatabaseBuckets()
    with django_db_blocker.unblock():
        at_once(store, numbers[0])
        found = dict(store.contents(numbers))
        store.forget(numbers[2])
        connection.close()
    assert found == {numbers[0]: THREADS * TIMES, numbers[1]: 2 * THREADS * TIMES}


def test_the_one_that_keeps_none_keeps_none(numbers):
    store: BucketStore = NullBuckets()
    store.pour(dict.fromkeys(numbers, 1.0))
    assert store.contents(numbers) == {}
    assert store.forget(numbers[2]) == 0


def test_without_its_package_the_store_in_redis_can_not_be_loaded(monkeypatch, settings):
    if find_spec("redis") is None:
        with pytest.raises(ImportError):
            RedisBuckets()
    monkeypatch.setitem(__import__("sys").modules, "redis", None)
    with pytest.raises(ImportError):
        RedisBuckets()
