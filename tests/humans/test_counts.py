"""Numbers about nobody: how often readers were asked, and what came of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from tests.humans.factories import REMEMBERING, WITNESSES, evidence, filled, last_answer, letter
from tribuna.humans.actions import (
    Event,
    Weight,
    add_pressure,
    count_event,
    forget_old_counts,
    spend_proof,
    write_counts_down,
)
from tribuna.humans.base import Visit
from tribuna.humans.models import DailyCount
from tribuna.humans.queries import tallies

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 4)


@pytest.fixture(autouse=True)
def clock(settings):
    settings.TRIBUNA_CHALLENGES, settings.TRIBUNA_WITNESSES = REMEMBERING, WITNESSES
    with time_machine.travel("2026-05-04T10:00:00Z", tick=False) as traveller:
        yield traveller


def counted() -> dict[tuple[str, str], int]:
    """Return what was counted, by layer and event."""
    assert write_counts_down()
    return {(count.layer, count.event): count.count for count in DailyCount.objects.all()}


def sent(clock, fresh=None, seconds=12, **fields):
    """A form as it comes back, used up if it may be."""
    fresh = fresh or letter()
    clock.shift(seconds)
    form = letter(filled(fresh, **{"answer": "", **fields}), visit=fields.pop("visit", Visit()))
    if form.is_valid():
        spend_proof(form.proof)
    return form


@pytest.fixture(autouse=True)
def _commits(monkeypatch):
    """What follows a commit follows at once."""
    monkeypatch.setattr("tribuna.humans.actions.tokens.transaction.on_commit", lambda function: function())


def test_events_add_up_by_day_form_language_and_layer(clock):
    for _each in range(3):
        count_event(Event.ASKED, scope="letter:1", language="en", layer="image")
    assert write_counts_down()
    count_event(Event.ASKED, scope="letter:2", language="en", layer="image")
    count_event(Event.ASKED, scope="letter:2", language="es", layer="image")
    clock.shift(timedelta(days=1))
    count_event(Event.ASKED, scope="letter", language="en", layer="image")
    assert write_counts_down()
    assert sorted(map(str, DailyCount.objects.all())) == [
        "2026-05-04 letter en image asked",
        "2026-05-04 letter es image asked",
        "2026-05-05 letter en image asked",
    ]
    assert sorted(DailyCount.objects.values_list("count", flat=True)) == [1, 1, 4]


def test_work_passes_and_nobody_was_asked(clock):
    sent(clock, work=evidence())
    assert counted() == {("work", "passed"): 1}


def test_the_best_that_was_brought_is_what_passed(clock):
    sent(clock, work=evidence(), **{"pass": evidence()})
    assert counted() == {("pass", "passed"): 1}


def test_one_step_that_failed_once_and_passed_after_twenty_seconds(clock):
    asked = sent(clock)
    wrong = sent(clock, asked, answer="WRONG")
    sent(clock, wrong, seconds=20, answer=last_answer())
    assert counted() == {
        ("image", "asked"): 2,
        ("image", "failed"): 1,
        ("image", "passed"): 1,
        ("image", "within 20"): 1,
    }


def test_whoever_runs_no_script_was_asked_on_the_first_page(clock):
    fresh = letter()
    sent(clock, fresh, answer=last_answer())
    assert counted() == {("image", "asked"): 1, ("image", "passed"): 1, ("image", "within 15"): 1}


def test_what_is_held_says_whether_the_reader_wished_it(clock, settings):
    sent(clock, sent(clock, another="person"))
    settings.TRIBUNA_ASKING = "never"
    sent(clock)
    assert counted() == {("person", "asked"): 1, ("person", "held"): 1, ("desk", "held"): 1}


def test_what_fails_says_where(clock, settings):
    sent(clock, token="nonsense")
    sent(clock, work="nonsense")
    fresh = letter()
    sent(clock, fresh, work=evidence(), **{fresh.honeypot_name: "x"})
    assert counted() == {
        ("token", "failed"): 1,
        ("work", "failed"): 1,
        ("image", "asked"): 1,
        ("manners", "failed"): 1,
    }


def test_what_was_not_enough_under_pressure_is_counted(clock, settings):
    settings.TRIBUNA_PRESSURE_SITE_POINTS = 100
    for number in range(20):
        add_pressure(f"10.0.{number}.0/24", weight=Weight.ACCEPTED)
    sent(clock, work=evidence())
    found = counted()
    assert found["pressure", "failed"] == 1
    assert found["image", "asked"] >= 1


def test_a_full_desk_is_counted(clock, settings):
    settings.TRIBUNA_ASKING, settings.TRIBUNA_WAITING_SITE_MAXIMUM = "never", 1
    sent(clock)
    sent(clock)
    assert counted() == {("desk", "held"): 1, ("desk", "failed"): 1}


def test_nothing_about_anybody_is_stored(clock):
    sent(clock, work=evidence(), text="A secret", visit=Visit("192.0.2.0/24"))
    assert write_counts_down()
    assert "192.0.2" not in str(list(DailyCount.objects.values()))
    assert {field.name for field in DailyCount._meta.fields} == {
        "id",
        "day",
        "form",
        "language",
        "layer",
        "event",
        "count",
    }


def test_the_median_is_the_span_in_which_half_of_the_answers_came():
    for seconds in (1, 4, 7, 50, 4_000):
        count_event(Event.PASSED, scope="letter", language="en", layer="image", seconds=seconds)
    for _each in range(3):
        count_event(Event.PASSED, scope="letter", language="es", layer="image", seconds=4_000)
    count_event(Event.HELD, scope="letter", language="en", layer="desk")
    assert write_counts_down()
    found = tallies(TODAY, "language", "layer")
    assert list(found) == [("en", "desk"), ("en", "image"), ("es", "image")]
    assert found["en", "image"].events == {"passed": 5}
    assert [tallied.median_seconds for tallied in found.values()] == [None, 10, 601]


def test_the_latest_day_comes_first_and_the_old_ones_not_at_all(clock):
    for _each in range(3):
        count_event(Event.ASKED, scope="letter", language="en", layer="image")
        clock.shift(timedelta(days=1))
    assert write_counts_down()
    assert [day for day, _layer in tallies(TODAY + timedelta(days=1), "day", "layer")] == [
        TODAY + timedelta(days=2),
        TODAY + timedelta(days=1),
    ]


def test_old_counts_are_forgotten(clock, settings):
    count_event(Event.ASKED, scope="letter", language="en", layer="image")
    assert write_counts_down()
    clock.shift(timedelta(days=settings.TRIBUNA_COUNTS_KEPT_DAYS))
    assert forget_old_counts() == 0
    clock.shift(timedelta(days=1))
    assert forget_old_counts() == 1
    assert datetime.now(tz=UTC).date() > TODAY


@pytest.mark.parametrize("times", [1, 3])
def test_a_form_costs_no_statement_for_being_counted(times, django_assert_num_queries):
    with django_assert_num_queries(0):
        for _each in range(times):
            count_event(Event.ASKED, scope="letter", language="en", layer="image", seconds=3)
