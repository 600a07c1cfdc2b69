"""What every challenge keeps to, whoever wrote it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

import tribuna.theme
from tests.humans.factories import site_question
from tribuna.core.plug import plug
from tribuna.humans.base import Challenge, Puzzle, Unavailable

LANGUAGES = [code for code, _name in settings.LANGUAGES]

pytestmark = pytest.mark.django_db


@pytest.fixture(params=settings.TRIBUNA_CHALLENGES)
def challenge(request) -> Challenge:
    return plug(request.param)


@pytest.fixture
def _questions() -> None:
    for language in LANGUAGES:
        site_question(language=language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("_questions")
def test_it_can_be_made_in_every_language_of_the_site(challenge, language):
    assert challenge.is_available(language)
    puzzle = challenge.puzzle(language)
    assert isinstance(puzzle, Puzzle)
    assert json.loads(json.dumps(dict(puzzle.shown))) == puzzle.shown


@pytest.mark.usefixtures("_questions")
def test_its_answers_stand_as_it_reads_them(challenge):
    for answer in challenge.puzzle("en").answers:
        assert answer
        assert challenge.normalise(answer) == challenge.normalise(f" {answer.lower()}\n") == answer


@pytest.mark.usefixtures("_questions")
def test_it_does_not_show_its_answers(challenge):
    puzzle = challenge.puzzle("en")
    assert not [answer for answer in puzzle.answers if answer in puzzle.shown.values()]


def test_where_it_says_it_can_t_be_made_it_can_t(challenge):
    if not challenge.is_available("xx"):
        with pytest.raises(Unavailable):
            challenge.puzzle("xx")
    else:
        assert challenge.puzzle("xx").shown is not None


@given(st.text(max_size=200))
@pytest.mark.parametrize("path", settings.TRIBUNA_CHALLENGES)
def test_it_reads_whatever_is_typed(path, typed):
    assert isinstance(plug(path).normalise(typed), str)


def test_it_has_a_name_a_button_and_a_template(challenge):
    assert challenge.name.isidentifier()
    assert str(challenge.offer)
    templates = Path(tribuna.theme.__file__).parent / "templates" / "humans"
    assert (templates / f"_challenge_{challenge.name}.html").is_file()
