"""Tokens, answers, and using them up once."""

from __future__ import annotations

import time
from base64 import b64encode

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.signing import Signer
from hypothesis import given
from hypothesis import strategies as st

from tests.humans.factories import PERSON, REMEMBERING, last_answer, site_question
from tribuna.humans.actions import (
    TOKEN_MAX_CHARACTERS,
    answer_token,
    end_of_form,
    issue_challenge,
    issue_token,
    open_token,
    unasked_proof,
)
from tribuna.humans.base import Outcome, Token, Unavailable


@pytest.fixture(autouse=True)
def _answers_known(settings):
    settings.TRIBUNA_CHALLENGES = REMEMBERING


def opened(sealed: str, *, scope: str = "letter:1", language: str = "en") -> Token | None:
    return open_token(sealed, scope=scope, language=language)


def signed(payload: object, salt: str = "tribuna.humans.token") -> str:
    return Signer(salt=salt).sign_object(payload)


@time_machine.travel("2026-05-04T10:00:00Z", tick=False)
def test_a_token_says_what_was_issued():
    issued = issue_challenge("letter:1", language="en")
    token = opened(issued.token)
    now = time.time()
    assert (token.scope, token.language, token.challenge) == ("letter:1", "en", "image")
    assert (token.began_at, token.expires_at) == (now, now + django_settings.TRIBUNA_CHALLENGE_LIFETIME_SECONDS)
    assert len(bytes.fromhex(token.nonce)) == 16
    assert len(issued.token) < 500


def test_each_token_has_its_own_nonce_and_keeps_when_its_reader_began():
    tokens = [opened(issue_challenge("letter:1", language="en", began_at=1234.5).token) for _each in range(20)]
    assert len({token.nonce for token in tokens}) == 20
    assert {token.began_at for token in tokens} == {1234.5}


def test_the_answer_is_not_in_the_token():
    issued = issue_challenge("letter:1", language="en", wanted="sound")
    said = repr(Signer(salt="tribuna.humans.token").unsign_object(issued.token))
    assert last_answer("sound") not in said
    assert len(opened(issued.token).answers) == 1


def test_the_same_answer_has_another_code_in_another_token(db):
    site_question()
    codes = {opened(issue_challenge("letter:1", language="en", wanted="question").token).answers for _each in range(3)}
    assert len(codes) == 3


@pytest.mark.parametrize(("scope", "language"), [("letter:2", "en"), ("letter:1", "es"), ("comment:1", "en")])
def test_a_token_of_another_form_page_or_language_is_foreign(scope, language):
    assert opened(issue_challenge("letter:1", language="en").token, scope=scope, language=language) is None


def test_a_token_of_a_challenge_that_was_taken_away_is_foreign(settings):
    sealed = issue_challenge("letter:1", language="en").token
    settings.TRIBUNA_CHALLENGES = [PERSON]
    assert opened(sealed) is None


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda raw: raw.decode("latin-1")))
def test_garbage_is_foreign(garbage):
    assert opened(garbage) is None


@given(st.data())
def test_a_token_with_one_changed_character_is_foreign(data):
    sealed = issue_challenge("letter:1", language="en", wanted="person").token
    place = data.draw(st.integers(0, len(sealed) - 1))
    other = data.draw(st.characters().filter(lambda character: character != sealed[place]))
    assert opened(sealed[:place] + other + sealed[place + 1 :]) is None
    assert opened(sealed[:place]) is None


def test_a_token_spliced_of_two_is_foreign():
    one, other = (issue_token("letter:1", language="en").split(":") for _each in range(2))
    assert opened(":".join(one)) is not None
    assert opened(f"{one[0]}:{other[1]}") is None
    assert opened(f"{other[0]}:{one[1]}") is None


@pytest.mark.parametrize("payload", ["[" * 1_000 + "]" * 1_000, "null", '{"a":' * 500 + "1" + "}" * 500])
def test_a_payload_of_somebody_s_own_is_not_even_read(payload):
    sealed = b64encode(payload.encode()).decode()
    assert opened(f"{sealed}:{'A' * 43}") is None
    assert opened(f".{sealed}:{'A' * 43}") is None


def test_lone_surrogates_are_foreign():
    assert opened("\ud800" + issue_challenge("letter:1", language="en").token) is None


def test_an_oversized_token_is_foreign_however_well_signed():
    said = [1, "letter:1", "en", "ab" * 16, 0, 9e9, "person", []]
    assert opened(signed(said)) is not None
    assert opened(signed([*said[:3], "ab" * TOKEN_MAX_CHARACTERS, *said[4:]])) is None


def test_a_token_in_a_token_and_a_token_for_something_else_are_foreign():
    sealed = issue_challenge("letter:1", language="en").token
    assert opened(signed(sealed, salt="other")) is None
    assert opened(signed([1, "letter:1", "en"], salt="tribuna.humans.other")) is None
    assert opened(f"{sealed}:{sealed}") is None


@pytest.mark.parametrize(
    "said", [None, 1, "x", [], {}, [2, "letter:1", "en", "ab", 0, 9e9, "person", []], [1, "letter:1", "en"]]
)
def test_a_token_of_another_version_or_shape_is_foreign(said):
    assert opened(signed(said)) is None


@pytest.mark.parametrize("change", [str, str.lower, lambda text: f" {' '.join(text)} ", lambda text: text + "\n"])
def test_a_right_answer_is_a_proof_however_it_is_typed(change):
    token = opened(issue_challenge("letter:1", language="en").token)
    found = answer_token(token, typed=change(last_answer()), network="192.0.2.0/24")
    assert (found.nonce, found.outcome, found.challenge, found.evidence) == (token.nonce, Outcome.PASSED, "image", ())
    assert (found.scope, found.language, found.network) == ("letter:1", "en", "192.0.2.0/24")
    assert 0 <= found.seconds < 60
    assert found.expires_at == end_of_form(token)


@given(st.text(max_size=50))
def test_anything_else_is_no_proof(typed):
    token = opened(issue_challenge("letter:1", language="en", wanted="sound").token)
    assert answer_token(token, typed=f"{typed}x{last_answer('sound')}1") is None


def test_a_lone_surrogate_is_merely_wrong():
    token = opened(issue_challenge("letter:1", language="en").token)
    assert answer_token(token, typed="\ud800") is None


def test_any_of_several_accepted_answers_is_right(db):
    site_question(answers="Lighthouse\nthe lighthouse\n\nFaro")
    token = opened(issue_challenge("letter:1", language="en", wanted="question").token)
    assert len(token.answers) == 3
    assert all(answer_token(token, typed=typed) for typed in ("LIGHTHOUSE!", "The  Lighthouse", "fáro"))
    assert answer_token(token, typed="harbour") is None


def test_the_longest_list_of_answers_still_fits_in_a_token(db):
    site_question(answers="\n".join(f"answer {number}" for number in range(50)), question="?" * 200)
    issued = issue_challenge("comment:" + "9" * 18, language="en", wanted="question")
    assert len(issued.token) < TOKEN_MAX_CHARACTERS / 2


@time_machine.travel("2026-05-04T10:00:00Z", tick=False)
def test_whoever_asks_for_a_person_is_held_and_has_the_form_s_own_time():
    token = opened(issue_challenge("letter:1", language="en", wanted="person").token)
    assert token.expires_at == time.time() + django_settings.TRIBUNA_FORM_LIFETIME_SECONDS
    assert answer_token(token, typed="").outcome == Outcome.HELD


def test_keys_can_be_changed_while_forms_are_open(settings):
    sealed = issue_challenge("letter:1", language="en").token
    answer = last_answer()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [settings.SECRET_KEY]
    assert answer_token(opened(sealed), typed=answer)
    assert answer_token(opened(issue_challenge("letter:1", language="en").token), typed=last_answer())
    settings.SECRET_KEY_FALLBACKS = []
    assert opened(sealed) is None


@pytest.mark.parametrize(("wanted", "language"), [("sound", "xx"), ("question", "en"), ("nonsense", "en"), ("", "en")])
def test_what_can_t_be_made_is_replaced_by_a_picture(db, wanted, language):
    assert issue_challenge("letter:1", language=language, wanted=wanted).challenge.name == "image"


def test_without_a_picture_comes_a_question_and_then_a_person(db, settings):
    settings.TRIBUNA_CHALLENGES = ["tests.humans.factories.BrokenImage", *REMEMBERING[1:]]
    assert issue_challenge("letter:1", language="en").challenge.name == "person"
    site_question()
    assert issue_challenge("letter:1", language="en").challenge.name == "question"


def test_a_site_with_no_way_left_says_so(settings):
    settings.TRIBUNA_CHALLENGES = ["tests.humans.factories.BrokenImage"]
    with pytest.raises(Unavailable, match="at least the person"):
        issue_challenge("letter:1", language="en")


@time_machine.travel("2026-05-04T10:00:00Z", tick=False)
def test_a_form_that_asks_nothing_has_a_token_of_its_own():
    token = opened(issue_token("letter:1", language="en"))
    assert (token.scope, token.challenge, token.answers) == ("letter:1", "", ())
    assert token.expires_at == end_of_form(token) == time.time() + django_settings.TRIBUNA_FORM_LIFETIME_SECONDS
    assert opened(issue_token("letter:1", language="en", began_at=1234.5)).began_at == 1234.5
    held = unasked_proof(token, Outcome.HELD, network="192.0.2.0/24")
    assert (held.nonce, held.outcome, held.challenge, held.seconds) == (token.nonce, Outcome.HELD, "", None)


def test_a_form_outlives_its_challenge_but_is_never_shorter(settings):
    token = opened(issue_challenge("letter:1", language="en").token)
    assert end_of_form(token) - token.expires_at == 5 * 60 * 60
    settings.TRIBUNA_FORM_LIFETIME_SECONDS = 60
    assert end_of_form(token) == token.expires_at
