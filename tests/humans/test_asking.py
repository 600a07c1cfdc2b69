"""When a form asks its reader, and what comes of what a browser brings by itself."""

from __future__ import annotations

import pytest
import time_machine
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import ModelForm

from tests.humans.factories import (
    PERSON,
    REMEMBERING,
    WITNESSES,
    LetterForm,
    evidence,
    filled,
    last_answer,
    letter,
)
from tribuna.humans.actions import (
    AlreadySpent,
    Weight,
    add_pressure,
    open_token,
    spend_proof,
)
from tribuna.humans.base import Asking, Outcome, Visit
from tribuna.humans.forms import (
    ANSWER_MISSING,
    ANSWER_ONCE_MORE,
    FOREIGN,
    ONE_STEP,
    SEND_ONCE_MORE,
    TOO_FAST,
    HumanMixin,
)
from tribuna.humans.models import AskingRule, SiteQuestion, SpentNonce
from tribuna.humans.queries import asking_for

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
    return type(fresh)(
        filled(fresh, **{"answer": "", **fields}), scope=fresh.scope, language="en", visit=fields.pop("visit", HOME)
    )


def press(points: int, network: str = HOME.network) -> None:
    for _each in range(points // Weight.ACCEPTED):
        add_pressure(network, weight=Weight.ACCEPTED)


def expect_one_step(form, message=ONE_STEP):
    assert not form.is_valid()
    assert form.proof is None
    assert list(form.errors["answer"]) == [str(message)]
    assert (form.is_asked, form.is_asked_without_script) == (True, False)
    assert form.shown["source"].startswith("data:image/png")
    assert form["text"].value() == "Good morning"


# --- adaptive ---------------------------------------------------------------------------------------------------------
def test_the_first_page_asks_only_who_runs_no_script():
    form = letter(visit=HOME)
    assert (form.is_asked, form.is_asked_without_script) == (False, True)
    assert form.shown["source"].startswith("data:image/png")


def test_whoever_brings_work_passes_without_a_challenge_and_all_of_it_is_spent(clock):
    form = returned(clock, work=evidence(nonce="a" * 32))
    assert form.is_valid()
    assert (form.proof.outcome, form.proof.challenge) == (Outcome.PASSED, "")
    assert (form.is_answered, form.is_asked, form.is_asked_without_script) == (True, False, False)
    spend_proof(form.proof)
    assert set(SpentNonce.objects.values_list("pk", flat=True)) == {form.proof.nonce, "a" * 32}


def test_the_same_work_is_no_use_for_a_second_form(clock):
    first, second = (returned(clock, work=evidence(nonce="a" * 32)) for _each in range(2))
    assert first.is_valid()
    assert second.is_valid()
    spend_proof(first.proof)
    with pytest.raises(AlreadySpent):
        spend_proof(second.proof)
    assert SpentNonce.objects.count() == 2
    second.ask_again()
    expect_one_step(second, ANSWER_ONCE_MORE)
    assert second["work"].value() == ""


def test_whoever_brings_nothing_is_asked_for_one_step_and_then_passes(clock):
    form = returned(clock)
    expect_one_step(form)
    clock.shift(10)
    second = letter(filled(form, answer=last_answer()), visit=HOME)
    assert second.is_valid()
    assert second.proof.challenge == "image"


def test_whoever_leaves_the_one_step_out_is_told_so(clock):
    form = returned(clock)
    assert not form.is_valid()
    expect_one_step(returned(clock, form), ANSWER_MISSING)


@pytest.mark.parametrize("sent", ["nonsense", "letter:2/" + "a" * 32, "break", "x" * 10_000])
def test_what_is_no_evidence_is_none_and_need_not_be_sent_again(clock, sent):
    form = returned(clock, work=sent)
    expect_one_step(form)
    assert form["work"].value() == ""


def test_a_reader_without_the_script_answers_at_once(clock):
    fresh = letter(visit=HOME)
    form = returned(clock, fresh, answer=last_answer())
    assert form.is_valid()
    assert form.proof.challenge == "image"


def test_a_reader_without_the_script_may_choose_another_way(clock):
    form = returned(clock, another="sound")
    assert (form.is_switch, form.is_asked, form.challenge_name) == (True, True, "sound")
    held = returned(clock, returned(clock, another="person"))
    assert held.is_valid()
    assert (held.proof.outcome, held.proof.challenge) == (Outcome.HELD, "person")


def test_a_form_that_was_open_for_hours_needs_its_work_and_not_its_picture(clock, settings):
    fresh = letter(visit=HOME)
    answer = last_answer()
    clock.shift(settings.TRIBUNA_FORM_LIFETIME_SECONDS - 60)
    assert returned(clock, fresh, work=evidence()).is_valid()
    expect_one_step(returned(clock, fresh, answer=answer), ANSWER_ONCE_MORE)


def test_a_form_that_is_too_old_is_sealed_anew_without_a_challenge(clock, settings):
    fresh, work = letter(visit=HOME), evidence()
    clock.shift(settings.TRIBUNA_FORM_LIFETIME_SECONDS)
    form = returned(clock, fresh, work=work)
    assert not form.is_valid()
    assert form.errors == {NON_FIELD_ERRORS: [SEND_ONCE_MORE]}
    assert (form.is_asked, form.is_asked_without_script) == (False, True)
    assert form["work"].value() == work
    assert returned(clock, form, work=work).is_valid()


def test_a_mistake_elsewhere_asks_nobody(clock):
    form = returned(clock, work=evidence(), text="")
    assert not form.is_valid()
    assert set(form.errors) == {"text"}
    assert form.is_answered
    assert returned(clock, form, work=form["work"].value()).is_valid()


def test_under_pressure_work_is_not_enough_and_a_pass_is(clock, settings):
    press(settings.TRIBUNA_PRESSURE_NETWORK_POINTS * 7 // 10)
    expect_one_step(returned(clock, work=evidence()))
    form = returned(clock, work=evidence(), **{"pass": evidence(nonce="b" * 32)})
    assert form.is_valid()
    assert [each.witness for each in form.proof.evidence] == ["work", "pass"]
    assert returned(clock, work=evidence(), visit=Visit("198.51.100.0/24")).is_valid()


def test_under_very_high_pressure_everybody_is_asked_from_the_start(clock, settings):
    press(settings.TRIBUNA_PRESSURE_NETWORK_POINTS * 2)
    fresh = letter(visit=HOME)
    assert (fresh.is_asked, fresh.is_asked_without_script) == (True, False)
    expect_one_step(returned(clock, fresh, work=evidence(), **{"pass": evidence()}))


def test_what_can_not_be_asked_is_held(clock, settings):
    settings.TRIBUNA_CHALLENGES = [PERSON]
    fresh = letter(visit=HOME)
    assert (fresh.is_asked, fresh.is_asked_without_script, fresh.challenge_name) == (False, False, "")
    assert returned(clock, fresh, work=evidence()).is_valid()
    form = returned(clock)
    assert form.is_valid()
    assert (form.proof.outcome, form.proof.challenge, form.proof.evidence) == (Outcome.HELD, "", ())


def test_a_browser_that_does_not_say_where_it_sends_from_is_asked_sooner(clock, settings):
    press(settings.TRIBUNA_PRESSURE_NETWORK_POINTS // 2)
    odd = Visit(HOME.network, tells_origin=False)
    expect_one_step(returned(clock, work=evidence(), visit=odd))
    assert returned(clock, work=evidence()).is_valid()


def test_whoever_is_too_fast_with_good_work_presses_again():
    fresh = letter(visit=HOME)
    form = letter(filled(fresh, answer="", work=evidence()), visit=HOME)
    assert not form.is_valid()
    assert form.errors == {NON_FIELD_ERRORS: [TOO_FAST]}
    assert form.is_answered


def test_what_comes_from_a_form_on_another_website_has_to_be_sent_from_ours(clock):
    form = returned(clock, work=evidence(), visit=Visit(HOME.network, is_foreign=True))
    assert not form.is_valid()
    assert form.errors == {NON_FIELD_ERRORS: [FOREIGN]}
    assert returned(clock, form, work=form["work"].value()).is_valid()


def test_without_witnesses_there_is_nothing_to_wait_for(settings):
    settings.TRIBUNA_WITNESSES = []
    form = letter(visit=HOME)
    assert (form.is_asked, form.is_asked_without_script, form.must_answer) == (True, False, True)


# --- always, never ----------------------------------------------------------------------------------------------------
def test_where_readers_are_always_asked_work_is_not_enough_and_a_pass_is(clock, settings):
    settings.TRIBUNA_ASKING = "always"
    fresh = letter(visit=HOME)
    assert (fresh.is_asked, fresh.must_answer) == (True, False)
    expect_one_step(returned(clock, fresh, work=evidence()), ANSWER_MISSING)
    assert returned(clock, **{"pass": evidence()}).is_valid()
    fresh = letter(visit=HOME)
    assert returned(clock, fresh, answer=last_answer()).is_valid()


def test_whoever_holds_a_pass_need_not_see_the_challenge_until_something_goes_wrong(clock, settings):
    assert not letter(visit=HOME).is_spared_by_pass  # adaptive: nothing is shown
    settings.TRIBUNA_ASKING = "always"
    fresh = letter(visit=HOME)
    assert fresh.is_spared_by_pass
    assert not returned(clock, fresh, work=evidence()).is_spared_by_pass
    assert returned(clock, letter(visit=HOME), text="", answer=last_answer()).is_spared_by_pass is False
    switched = returned(clock, letter(visit=HOME), another="sound")
    assert switched.is_asked
    assert not switched.is_spared_by_pass
    press(185)
    assert not letter(visit=HOME).is_spared_by_pass
    settings.TRIBUNA_WITNESSES = WITNESSES[:1]  # none that knows passes
    assert not letter(visit=Visit("198.51.100.0/24")).is_spared_by_pass


def test_where_readers_are_never_asked_a_moderator_looks_unless_something_told(clock, settings):
    settings.TRIBUNA_ASKING = "never"
    fresh = letter(visit=HOME)
    assert (fresh.is_asked, fresh.is_asked_without_script, fresh.shown) == (False, False, {})
    assert open_token(fresh["token"].value(), scope="letter:1", language="en").challenge == ""
    told, silent = returned(clock, fresh, work=evidence()), returned(clock, fresh)
    assert told.is_valid()
    assert silent.is_valid()
    assert (told.proof.outcome, silent.proof.outcome) == (Outcome.PASSED, Outcome.HELD)
    spend_proof(silent.proof)
    silent.ask_again()
    assert silent.errors == {NON_FIELD_ERRORS: [SEND_ONCE_MORE]}
    assert not returned(clock, another="image").is_asked


def test_the_person_who_is_nearest_to_the_form_decides(settings):
    settings.TRIBUNA_ASKING = "never"
    assert asking_for("letter") is Asking.NEVER
    every = AskingRule.objects.create(asking="adaptive")
    assert asking_for("letter") is Asking.ADAPTIVE
    one = AskingRule.objects.create(form="letter", asking="always")
    assert (asking_for("letter"), asking_for("other")) == (Asking.ALWAYS, Asking.ADAPTIVE)
    settings.TRIBUNA_ASKING_PER_FORM = {"letter": "never"}
    assert asking_for("letter") is Asking.NEVER
    assert (str(every), str(one)) == ("*", "letter")


def test_the_form_of_a_model_takes_part_as_well(clock):
    class QuestionForm(HumanMixin, ModelForm):
        class Meta:
            model = SiteQuestion
            fields = ["language", "question", "answers"]

    fresh = QuestionForm(scope="question", language="en")
    assert [field.name for field in fresh.other_fields] == ["language", "question", "answers"]
    data = {"language": "en", "question": "What?", "answers": "That", "token": fresh["token"].value()}
    clock.shift(10)
    form = QuestionForm({**data, "work": evidence("question")}, scope="question", language="en")
    assert form.is_valid()
    assert form.save().folded_answers == ("that",)


def test_a_form_s_class_may_decide_for_itself(settings):
    class Quiet(LetterForm):
        asking = Asking.NEVER

    settings.TRIBUNA_ASKING_PER_FORM = {"letter": "always"}
    assert not Quiet(scope="letter:1", language="en").is_asked
