"""The newsroom's own question."""

from __future__ import annotations

import pytest

from tests.humans.factories import site_question
from tribuna.humans.base import Unavailable
from tribuna.humans.challenges.question import QuestionChallenge


def test_a_question_is_asked_in_the_page_s_language_or_its_parent(db):
    site_question()
    site_question(language="es", question="¿Qué hay al final del muelle?", answers="El faro\nfaro")
    for language in ("es", "es-mx"):
        puzzle = QuestionChallenge().puzzle(language)
        assert puzzle.shown == {"question": "¿Qué hay al final del muelle?"}
        assert puzzle.answers == ("el faro", "faro")
    assert QuestionChallenge().is_available("en")
    assert not QuestionChallenge().is_available("fr")


def test_a_question_without_a_usable_answer_is_never_asked(db):
    site_question(answers="???")
    with pytest.raises(Unavailable, match="'en'"):
        QuestionChallenge().puzzle("en")


def test_all_questions_come_up(db):
    for number in range(3):
        site_question(question=f"Question {number}")
    assert len({QuestionChallenge().puzzle("en").shown["question"] for _each in range(100)}) == 3
