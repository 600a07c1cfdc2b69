"""The human check in a form: what comes of each way to fill it in."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tests.humans.factories import PERSON, REMEMBERING, filled, last_answer, letter, site_question
from tribuna.humans.actions import AlreadySpent, open_token, spend_proof
from tribuna.humans.base import Outcome
from tribuna.humans.forms import ANSWER_MISSING, ANSWER_ONCE_MORE, ANSWER_WRONG, LEAVE_EMPTY, TOO_FAST
from tribuna.humans.models import SpentNonce

pytestmark = pytest.mark.django_db

OPENED_AT = "2026-05-04T10:00:00Z"


@pytest.fixture(autouse=True)
def _answers_known(settings):
    settings.TRIBUNA_CHALLENGES = REMEMBERING


@pytest.fixture
def clock():
    with time_machine.travel(OPENED_AT, tick=False) as traveller:
        yield traveller


def in_a_while(clock, **fields):
    """A form as it comes back after ten seconds, with the right answer unless *fields* say otherwise."""
    fresh = letter()
    answer = last_answer()
    clock.shift(10)
    return letter(filled(fresh, **{"answer": answer, **fields}))


def expect_fresh_picture(form, message):
    assert not form.is_valid()
    assert form.proof is None
    assert not form.is_answered
    assert list(form.errors["answer"]) == [str(message)]
    assert form.challenge_name == "image"
    assert form.shown["source"].startswith("data:image/png")
    assert form["answer"].value() == ""
    assert form["text"].value() == "Good morning"
    assert open_token(form["token"].value(), scope="letter:1", language="en").began_at > 0


def test_a_right_answer_gives_a_proof_to_spend(db, clock):
    form = in_a_while(clock)
    assert form.is_valid()
    assert form.cleaned_data["text"] == "Good morning"
    assert (form.proof.outcome, form.proof.challenge) == (Outcome.PASSED, "image")
    spend_proof(form.proof)
    with pytest.raises(AlreadySpent):
        spend_proof(form.proof)


def test_checking_a_right_answer_asks_the_database_nothing(clock, django_assert_num_queries):
    form = in_a_while(clock)
    with django_assert_num_queries(0):
        assert form.is_valid()


def test_a_wrong_answer_burns_the_token_and_keeps_the_text(db, clock):
    form = in_a_while(clock, answer="WRONG")
    expect_fresh_picture(form, ANSWER_WRONG)
    assert SpentNonce.objects.count() == 1


def test_the_right_answer_after_a_wrong_one_is_too_late(db, clock):
    posted = filled(letter())
    answer = last_answer()
    clock.shift(10)
    assert not letter({**posted, "answer": "WRONG"}).is_valid()
    late = letter({**posted, "answer": answer})
    assert late.is_valid()
    with pytest.raises(AlreadySpent):
        spend_proof(late.proof)


def test_whoever_answers_the_second_picture_at_once_is_not_too_fast(db, clock):
    second = in_a_while(clock, answer="WRONG")
    assert not second.is_valid()
    assert letter(filled(second, answer=last_answer())).is_valid()


def test_a_used_answer_can_be_asked_again(db, clock):
    form = in_a_while(clock)
    assert form.is_valid()
    form.ask_again()
    expect_fresh_picture(form, ANSWER_ONCE_MORE)


@pytest.mark.parametrize("answer", ["", "  "])
def test_no_answer_burns_nothing(db, clock, answer):
    expect_fresh_picture(in_a_while(clock, answer=answer), ANSWER_MISSING)
    assert SpentNonce.objects.count() == 0


@pytest.mark.parametrize("token", ["", "garbage", "a:b", "x" * 5000, "\x00", "\ud800"])
def test_a_broken_token_is_replaced_silently(clock, token):
    expect_fresh_picture(in_a_while(clock, token=token), ANSWER_ONCE_MORE)


@given(st.text(max_size=100), st.text(max_size=100))
def test_no_garbage_breaks_the_form(token, answer):
    form = letter({"text": "Good morning", "token": token, "answer": answer})
    assert not form.is_valid()
    assert form["text"].value() == "Good morning"


def test_missing_fields_are_a_broken_token():
    form = letter({"text": "Good morning"})
    expect_fresh_picture(form, ANSWER_ONCE_MORE)


def test_an_expired_token_is_replaced_silently_and_burns_nothing(db, clock, settings):
    fresh = letter()
    began_at = time.time()
    answer = last_answer()
    clock.shift(settings.TRIBUNA_CHALLENGE_LIFETIME_SECONDS)
    form = letter(filled(fresh, answer=answer))
    expect_fresh_picture(form, ANSWER_ONCE_MORE)
    assert open_token(form["token"].value(), scope="letter:1", language="en").began_at == began_at
    assert SpentNonce.objects.count() == 0


def test_a_page_that_stood_open_for_half_an_hour_still_counts(db, clock):
    fresh = letter()
    answer = last_answer()
    clock.shift(timedelta(minutes=31))
    assert letter(filled(fresh, answer=answer)).is_valid()


def test_whoever_is_too_fast_presses_again(db, clock):
    fresh = letter()
    posted = filled(fresh, answer=last_answer())
    clock.shift(1.5)
    fast = letter(posted)
    assert not fast.is_valid()
    assert list(fast.non_field_errors()) == [str(TOO_FAST)]
    assert fast.is_answered
    clock.shift(0.5)
    assert letter(filled(fast)).is_valid()


def test_a_clock_that_is_minutes_behind_the_other_machine_s_does_no_harm(db, clock):
    fresh = letter()
    posted = filled(fresh, answer=last_answer())
    clock.shift(timedelta(minutes=-5))
    assert letter(posted).is_valid()


def test_a_filled_honeypot_can_be_emptied(db, clock):
    name = letter().honeypot_name
    caught = in_a_while(clock, **{name: "https://buy.example"})
    assert not caught.is_valid()
    assert list(caught.honeypot.errors) == [str(LEAVE_EMPTY)]
    assert caught.honeypot.value() == "https://buy.example"
    assert letter(filled(caught, **{name: " "})).is_valid()


def test_the_honeypot_has_another_name_in_another_form():
    names = [letter(scope=scope).honeypot_name for scope in ("letter:1", "letter:2", "letter:1")]
    assert names[0] == names[2] != names[1]


def test_nobody_answers_twice_because_of_a_mistake_elsewhere(db, clock):
    form = in_a_while(clock, text="")
    assert not form.is_valid()
    assert form.is_answered
    assert "answer" not in form.errors
    assert letter(filled(form, text="Now with text")).is_valid()


@pytest.mark.parametrize("challenge", ["sound", "question", "person"])
def test_another_challenge_is_offered_without_an_error_and_with_the_text_kept(db, clock, challenge):
    site_question()
    form = in_a_while(clock, another=challenge, text="", answer="half typ")
    assert form.is_switch
    assert not form.is_valid()
    assert not form.errors
    assert form.challenge_name == challenge
    assert form["answer"].value() == ""
    assert SpentNonce.objects.count() == 0


def test_a_switch_keeps_what_was_typed_and_when_the_reader_began(clock):
    form = in_a_while(clock, another="sound")
    assert form["text"].value() == "Good morning"
    sealed = form["token"].value()
    assert open_token(sealed, scope="letter:1", language="en").began_at == time.time() - 10


def test_an_unknown_challenge_is_a_picture():
    form = letter({"text": "Good morning", "another": "' OR 1=1"})
    assert form.challenge_name == "image"
    assert not form.is_valid()


def test_after_a_wrong_sound_comes_another_sound(db, clock):
    form = letter(filled(letter(challenge="sound"), answer="x"))
    assert not form.is_valid()
    assert form.challenge_name == "sound"
    assert form.shown["source"].startswith("data:audio/mpeg")


def test_a_question_is_asked_and_answered(db, clock):
    site_question()
    fresh = letter(challenge="question")
    assert fresh.shown == {"question": "What stands at the end of the pier?"}
    clock.shift(10)
    assert letter(filled(fresh, answer="  a Lighthouse. "[3:])).is_valid()


def test_a_person_is_asked_to_look_and_nothing_is_asked_of_the_reader(db, clock):
    fresh = letter(challenge="person")
    clock.shift(10)
    form = letter(filled(fresh))
    assert form.is_valid()
    assert form.proof.outcome == Outcome.HELD
    assert not form.is_answered


def test_a_huge_answer_is_merely_wrong(db, clock):
    expect_fresh_picture(in_a_while(clock, answer="A" * 100_000), ANSWER_WRONG)


def test_a_form_with_a_prefix_and_a_real_request_s_data_works(db, clock):
    fresh = letter(prefix="note")
    posted = QueryDict(mutable=True)
    posted.update({f"note-{name}": value for name, value in filled(fresh, answer="WRONG").items()})
    sent = posted.copy()
    sent._mutable = False
    form = letter(sent, prefix="note")
    assert form.another_name == "note-another"
    expect_fresh_picture(form, ANSWER_WRONG)
    assert sent == posted


def test_without_a_database_nothing_is_waved_through(db, clock):
    def away(*_args):
        raise DatabaseError("away")

    right, wrong = in_a_while(clock), in_a_while(clock, answer="WRONG")
    with connection.execute_wrapper(away):
        assert right.is_valid()
        with pytest.raises(DatabaseError):
            spend_proof(right.proof)
        with pytest.raises(DatabaseError):
            wrong.is_valid()


def test_each_other_way_has_a_button_in_the_page_s_language(db):
    site_question()
    assert {name: str(words) for name, words in letter().offers.items()} == {
        "image": "Another picture",
        "sound": "Listen to a sound instead",
        "question": "Answer a question instead",
        "person": "Send it to a moderator instead",
    }


def test_what_can_t_be_made_is_not_offered(db, settings):
    settings.TRIBUNA_CHALLENGES = ["tests.humans.factories.BrokenImage", *REMEMBERING[1:]]
    assert list(letter(language="xx").offers) == []
    settings.TRIBUNA_CHALLENGES = [REMEMBERING[0], PERSON]
    assert list(letter().offers) == ["image", "person"]


def test_the_messages_are_not_frozen_in_one_language(clock, db):
    form = in_a_while(clock, answer="WRONG")
    form.is_valid()
    with override("en"):
        assert form.errors["answer"] == ["That was not quite it. Nothing you wrote is lost: here is a new one."]


def test_a_template_can_tell_the_form_s_own_fields():
    assert [field.name for field in letter().other_fields] == ["text"]
