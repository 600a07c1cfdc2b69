"""The newsroom's questions, and how generously their answers are read."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tests.humans.factories import site_question
from tribuna.humans.models import SiteQuestion, fold


def test_a_question_is_called_by_its_words(db):
    assert str(site_question()) == "What stands at the end of the pier?"


def test_a_question_is_in_one_of_the_site_s_languages(db, settings):
    with pytest.raises(ValidationError, match="fr"):
        SiteQuestion(language="fr", question="Quoi?", answers="ceci").full_clean()
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "French")]
    SiteQuestion(language="fr", question="Quoi?", answers="ceci").full_clean()


@pytest.mark.parametrize("answers", ["?!\n...", "\n".join(map(str, range(21)))])
def test_a_question_that_nobody_could_answer_is_refused(db, answers):
    with pytest.raises(ValidationError) as refused:
        SiteQuestion(language="en", question="What?", answers=answers).full_clean()
    assert list(refused.value.error_dict) == ["answers"]


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  El  Faro.", "el faro"),
        ("¡EL FARÓ!", "el faro"),
        ("Straße", "strasse"),
        ("«niño»", "nino"),
        ("ﬁn", "fin"),
        ("１２ de mayo", "12 de mayo"),  # noqa: RUF001
        ("_rock 'n' roll_", "rock 'n' roll"),
        ("منارةٌ", "منارة"),
        ("?!", ""),
        ("", ""),
    ],
)
def test_what_people_type_differently_does_not_matter(typed, folded):
    assert fold(typed) == folded


@given(st.text(max_size=60))
def test_folding_a_folded_answer_changes_nothing_that_counts(typed):
    assert fold(fold(fold(typed))) == fold(fold(typed))
    assert fold(f'  "{typed}" ') == fold(typed)


def test_accepted_answers_stand_one_per_line():
    assert SiteQuestion(answers="Faro\n\n faro! \r\nEl faro\n...").folded_answers == ("faro", "el faro")
