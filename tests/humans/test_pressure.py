"""Buckets that leak."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from tribuna.humans.actions import (
    Weight,
    add_pressure,
    add_waiting,
    add_wrong_sign_in,
    forget_old_buckets,
    forget_unwritten_pressure,
    pressure,
    pressure_of,
    seconds_until_desk_is_free,
    seconds_until_sign_in,
    write_pressure_down,
)
from tribuna.humans.models import Bucket

pytestmark = pytest.mark.django_db

HOME, AWAY = "192.0.2.0/24", "2001:db8:1::/48"
NOON = "2026-05-04T12:00:00Z"
ACCEPTED = Weight.ACCEPTED


@pytest.fixture(autouse=True)
def clock(settings):
    settings.TRIBUNA_PRESSURE_SECONDS = 600
    settings.TRIBUNA_PRESSURE_NETWORK_POINTS = 100
    settings.TRIBUNA_PRESSURE_SITE_POINTS = 1_000
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def pour(times: int, network: str = HOME, weight: Weight = ACCEPTED) -> None:
    for _each in range(times):
        add_pressure(network, weight=weight)


def test_all_is_calm_where_nothing_came():
    assert pressure_of(HOME) == 0
    assert pressure_of("") == 0


def test_a_network_s_bucket_fills_up_and_no_further_than_full():
    pour(5)
    assert pressure_of(HOME) == pytest.approx(0.2)
    pour(50)
    assert pressure_of(HOME) == 1


def test_the_site_s_bucket_is_everybody_s():
    pour(5)
    assert pressure_of(AWAY) == pressure_of("") == pytest.approx(0.02)


def test_one_network_alone_does_not_press_the_others():
    pour(1_000)
    assert pressure_of(HOME) == 1
    assert pressure_of(AWAY) == pytest.approx(0.1)


def test_many_networks_together_press_everybody():
    for number in range(100):
        pour(3, f"198.51.{number}.0/24")
    assert pressure_of(HOME) == 1


def test_what_comes_from_nowhere_that_is_known_counts_for_the_site_alone():
    pour(25, "")
    assert pressure_of("") == pressure_of(HOME) == pytest.approx(0.1)


def test_some_things_weigh_more_than_others():
    levels = []
    for weight in (Weight.SHOWN, Weight.REFUSED, Weight.ACCEPTED):
        forget_unwritten_pressure()
        pour(1, weight=weight)
        levels.append(pressure_of(HOME))
    assert levels == [pytest.approx(0.01), pytest.approx(0.03), pytest.approx(0.04)]


def test_it_leaks(clock):
    pour(20)
    clock.shift(600)
    assert pressure_of(HOME) == pytest.approx(0.8 / 2.718281828)
    clock.shift(3 * 60 * 60)
    assert pressure_of(HOME) < 1e-6


def test_it_leaks_as_well_once_it_is_written_down(clock):
    pour(10)
    assert write_pressure_down()
    clock.shift(300)
    pour(10)
    level = pressure_of(HOME)
    assert level == pytest.approx(0.4 + 0.4 * 0.60653)
    assert write_pressure_down()
    assert pressure_of(HOME) == pytest.approx(level)
    assert Bucket.objects.count() == 2


def test_at_midnight_nobody_begins_anew(clock):
    clock.move_to("2026-05-04T23:59:00Z")
    pour(20)
    write_pressure_down()
    clock.shift(120)
    assert pressure_of(HOME) == pytest.approx(0.8 * 0.81873)
    pour(5)
    assert pressure_of(HOME) == pytest.approx(0.2 + 0.8 * 0.81873)


def test_yesterdays_bucket_is_looked_into_while_there_may_be_something_in_it(clock):
    clock.move_to("2026-05-04T23:59:00Z")
    pour(20)
    write_pressure_down()
    for hours, buckets in ((2, 2), (1, 1)):
        clock.shift(hours * 60 * 60)
        assert len(pressure._leaking(pressure._pressure(), HOME)) == buckets
        assert pressure_of(HOME) < 1e-5


def test_only_so_many_buckets_are_remembered(monkeypatch):
    monkeypatch.setattr(pressure, "KNOWN_MAXIMUM", 2)
    for number in range(4):
        pressure_of(f"10.0.{number}.0/24")
        assert len(pressure._seen.contents) <= 4


def test_no_network_and_no_trace_of_one_is_stored(clock):
    pour(1)
    write_pressure_down()
    first = set(Bucket.objects.values_list("number", flat=True))
    clock.shift(timedelta(days=1))
    pour(1)
    write_pressure_down()
    numbers = [bucket.number for bucket in Bucket.objects.exclude(pk__in=first)]
    assert len(numbers) == len(first) == 2
    below = 1 << pressure.DAY_BITS
    assert {number % below for number in numbers}.isdisjoint(number % below for number in first)
    assert str(Bucket(number=7)) == "7"


def test_there_are_only_so_many_rows_a_day(clock):
    day = clock_day()
    for number in range(3_000):
        bucket = pressure._bucket(pressure._pressure(), f"10.{number // 256}.{number % 256}.0/24", day)
        assert 0 <= bucket - (day.toordinal() << pressure.DAY_BITS) < 1 << pressure.HASH_BITS


def clock_day():
    from datetime import UTC, datetime

    return datetime.now(tz=UTC)


def test_whoever_changes_how_fast_it_leaks_begins_with_empty_buckets(settings):
    pour(20)
    settings.TRIBUNA_PRESSURE_SECONDS = 3_600
    assert pressure_of(HOME) == 0


def test_old_days_are_forgotten(clock):
    pour(1)
    write_pressure_down()
    clock.shift(timedelta(days=1))
    assert forget_old_buckets() == 0
    clock.shift(timedelta(days=1))
    assert forget_old_buckets() == 2
    assert not Bucket.objects.exists()


def test_what_the_store_said_is_believed_for_a_second(django_assert_num_queries):
    with django_assert_num_queries(1):
        pour(3)
        pressure_of(HOME)
        pressure_of(HOME)
    write_pressure_down()
    with django_assert_num_queries(1):
        pressure_of(HOME)


def test_what_is_believed_is_not_kept_of_ever_more_networks(monkeypatch):
    monkeypatch.setattr(pressure, "KNOWN_MAXIMUM", 5)
    for number in range(5):
        pressure_of(f"10.0.{number}.0/24")
    assert len(pressure._seen.contents) <= 8


class Away:
    """A store that can't be reached."""

    asked = 0

    def pour(self, amounts):
        raise ConnectionError("away")

    def contents(self, buckets):
        Away.asked += 1
        raise ConnectionError("away")

    def forget(self, before):
        raise ConnectionError("away")


def test_without_a_store_a_process_knows_what_it_saw_itself(settings, caplog):
    settings.TRIBUNA_PRESSURE_STORE = f"{__name__}.Away"
    Away.asked = 0
    pour(10)
    assert pressure_of(HOME) == pytest.approx(0.4)
    assert Away.asked == 1  # and then left alone for a while
    assert "The store of pressure is away" in caplog.text
    assert not write_pressure_down()
    assert pressure_of(HOME) == pytest.approx(0.4)


# --- the desk ---------------------------------------------------------------------------------------------------------
def test_the_desk_takes_so_much_from_one_network_and_says_when_it_takes_more(clock, settings):
    settings.TRIBUNA_WAITING_NETWORK_MAXIMUM, settings.TRIBUNA_WAITING_SITE_MAXIMUM = 3, 1_000
    for _each in range(3):
        assert seconds_until_desk_is_free(HOME) == 0
        add_waiting(HOME)
    seconds = seconds_until_desk_is_free(HOME)
    assert 0 < seconds < 60 * 60
    assert seconds_until_desk_is_free(AWAY) == 0
    clock.shift(seconds)
    assert seconds_until_desk_is_free(HOME) == 0


def test_the_desk_takes_so_much_from_all_of_them(settings):
    settings.TRIBUNA_WAITING_NETWORK_MAXIMUM, settings.TRIBUNA_WAITING_SITE_MAXIMUM = 3, 30
    for number in range(30):
        add_waiting(f"198.51.{number}.0/24")
    assert seconds_until_desk_is_free(HOME) > 0
    assert seconds_until_desk_is_free("") > 0


def test_a_desk_that_takes_one_takes_one(clock, settings):
    settings.TRIBUNA_WAITING_NETWORK_MAXIMUM = 1
    assert seconds_until_desk_is_free(HOME) == 0
    add_waiting(HOME)
    clock.shift(seconds_until_desk_is_free(HOME))
    assert seconds_until_desk_is_free(HOME) == 0


def test_pressure_and_the_desk_are_two_things():
    add_waiting(HOME)
    assert pressure_of(HOME) == 0


# --- the staff's door -------------------------------------------------------------------------------------------------
def test_a_network_that_was_wrong_too_often_waits(clock):
    for number in range(pressure.SIGN_IN_MAXIMUM):
        assert seconds_until_sign_in(HOME, f"{number}@example.org") == 0
        add_wrong_sign_in(HOME, f"{number}@example.org")
    seconds = seconds_until_sign_in(HOME, "another@example.org")
    assert 0 < seconds < pressure.SIGN_IN_SECONDS
    assert seconds_until_sign_in(AWAY, "another@example.org") == 0
    clock.shift(seconds)
    assert seconds_until_sign_in(HOME, "another@example.org") == 0


def test_an_account_that_many_try_is_closed_to_them_and_open_to_its_owner():
    for number in range(pressure.SIGN_IN_MAXIMUM):
        add_wrong_sign_in(f"198.51.{number}.0/24", "Editor@example.org ")
    assert seconds_until_sign_in("198.51.1.0/24", "editor@example.org") > 0
    assert seconds_until_sign_in("198.51.1.0/24", "reporter@example.org") == 0
    assert seconds_until_sign_in(HOME, "editor@example.org") == 0
    assert seconds_until_sign_in("", "editor@example.org") > 0


def test_where_no_network_is_known_the_account_alone_is_counted():
    for _each in range(pressure.SIGN_IN_MAXIMUM):
        add_wrong_sign_in("", "editor@example.org")
    assert seconds_until_sign_in("", "editor@example.org") > 0
    assert seconds_until_sign_in("", "reporter@example.org") == 0
