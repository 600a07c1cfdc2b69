"""The moderators' desk can't be flooded, and what presses a network."""

from __future__ import annotations

import pytest
import time_machine
from django.core.exceptions import NON_FIELD_ERRORS

from tests.humans.factories import PERSON, REMEMBERING, WITNESSES, evidence, filled, last_answer, letter, site_question
from tribuna.humans.actions import add_waiting, pressure_of, spend_proof
from tribuna.humans.base import Visit

pytestmark = pytest.mark.django_db

HOME = Visit("192.0.2.0/24")


@pytest.fixture(autouse=True)
def clock(settings):
    settings.TRIBUNA_CHALLENGES, settings.TRIBUNA_WITNESSES = REMEMBERING, WITNESSES
    with time_machine.travel("2026-05-04T10:00:00Z", tick=False) as traveller:
        yield traveller


def returned(clock, fresh=None, /, **fields):
    """A form as it comes back after ten seconds from a browser that runs the script: no answer, and *fields*."""
    fresh = fresh or letter(visit=HOME)
    clock.shift(10)
    return letter(filled(fresh, **{"answer": "", **fields}), visit=HOME)


# --- the desk ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def desk_is_full(settings):
    for _each in range(settings.TRIBUNA_WAITING_NETWORK_MAXIMUM):
        add_waiting(HOME.network)


@pytest.mark.usefixtures("desk_is_full")
def test_where_the_desk_is_full_there_is_another_way_or_a_later_time(clock):
    form = returned(clock, returned(clock, another="person"))
    assert not form.is_valid()
    assert form.proof is None
    [words] = form.errors["answer"]
    assert "in 6 minutes" in words
    assert (form.is_asked, form.challenge_name) == (True, "image")
    assert form["text"].value() == "Good morning"
    clock.shift(10)
    assert letter(filled(form, answer=last_answer()), visit=HOME).is_valid()


@pytest.mark.usefixtures("desk_is_full")
def test_whoever_comes_back_later_is_taken(clock):
    person = returned(clock, another="person")
    assert not returned(clock, person).is_valid()
    clock.shift(7 * 60)
    assert returned(clock, person).is_valid()


@pytest.mark.usefixtures("desk_is_full")
@pytest.mark.parametrize("asking", ["never", "adaptive"])
def test_where_nothing_can_be_asked_there_is_a_later_time(clock, settings, asking):
    settings.TRIBUNA_ASKING, settings.TRIBUNA_CHALLENGES = asking, [PERSON]
    form = returned(clock)
    assert not form.is_valid()
    assert "waits for the moderators already" in form.errors[NON_FIELD_ERRORS][0]
    assert not form.is_asked


@pytest.mark.usefixtures("desk_is_full")
def test_a_full_desk_is_no_concern_of_other_networks_or_of_who_needs_no_moderator(clock):
    assert returned(clock, work=evidence()).is_valid()
    elsewhere = Visit("198.51.100.0/24")
    person = letter({"text": "x", "another": "person"}, visit=elsewhere)
    clock.shift(10)
    assert letter(filled(person), visit=elsewhere).is_valid()


# --- what is counted --------------------------------------------------------------------------------------------------
def test_what_is_shown_and_refused_presses(settings):
    points = settings.TRIBUNA_PRESSURE_NETWORK_POINTS
    fresh = letter(visit=HOME)
    assert pressure_of(HOME.network) == pytest.approx(1 / points)
    letter(filled(fresh, answer="WRONG"), visit=HOME).is_valid()
    assert pressure_of(HOME.network) == pytest.approx(5 / points)


def test_what_is_accepted_presses_once_it_is_stored(clock, settings, django_capture_on_commit_callbacks):
    form = returned(clock, work=evidence())
    assert form.is_valid()
    before = pressure_of(HOME.network)
    with django_capture_on_commit_callbacks(execute=True):
        spend_proof(form.proof)
    assert pressure_of(HOME.network) - before == pytest.approx(4 / settings.TRIBUNA_PRESSURE_NETWORK_POINTS)


def test_a_question_may_be_the_one_step(clock, settings):
    site_question()
    settings.TRIBUNA_CHALLENGES = [*REMEMBERING[2:]]
    form = returned(clock)
    assert not form.is_valid()
    assert form.challenge_name == "question"
