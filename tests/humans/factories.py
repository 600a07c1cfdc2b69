"""Challenges that tell a test what they asked, and a form that takes part."""

from __future__ import annotations

import time
from secrets import token_hex
from typing import Any

from django import forms

from tribuna.core.plug import plug
from tribuna.humans.base import Evidence, Puzzle, Unavailable
from tribuna.humans.challenges.image import ImageChallenge
from tribuna.humans.challenges.sound import SoundChallenge
from tribuna.humans.forms import HumanForm
from tribuna.humans.models import SiteQuestion

QUESTION = "tribuna.humans.challenges.question.QuestionChallenge"
PERSON = "tribuna.humans.challenges.person.PersonChallenge"


class RememberingImage(ImageChallenge):
    """The real picture; the last answer can be asked for."""

    last_answer = ""

    def puzzle(self, language: str) -> Puzzle:
        puzzle = super().puzzle(language)
        self.last_answer = puzzle.answers[0]
        return puzzle


class RememberingSound(SoundChallenge):
    """The real sound; the last answer can be asked for."""

    last_answer = ""

    def puzzle(self, language: str) -> Puzzle:
        puzzle = super().puzzle(language)
        self.last_answer = puzzle.answers[0]
        return puzzle


class BrokenImage(ImageChallenge):
    """A picture on a machine without fonts."""

    def is_available(self, language: str) -> bool:
        return False

    def puzzle(self, language: str) -> Puzzle:
        raise Unavailable("No font.")


# For settings.TRIBUNA_CHALLENGES: everything real, and the answers known to the test.
REMEMBERING = [
    "tests.humans.factories.RememberingImage",
    "tests.humans.factories.RememberingSound",
    QUESTION,
    PERSON,
]


def last_answer(name: str = "image") -> str:
    """Return the right answer of the picture or the sound that was made last (under REMEMBERING)."""
    path = REMEMBERING[0] if name == "image" else REMEMBERING[1]
    return str(plug(path).last_answer)


def site_question(**fields: Any) -> SiteQuestion:
    values = {"language": "en", "question": "What stands at the end of the pier?", "answers": "lighthouse"}
    return SiteQuestion.objects.create(**{**values, **fields})


class LetterForm(HumanForm):
    """A form of somebody's, with a field of its own."""

    text = forms.CharField()


def letter(data: Any = None, **fields: Any) -> LetterForm:
    return LetterForm(data, **{"scope": "letter:1", "language": "en", **fields})


def filled(form: LetterForm, **fields: str) -> dict[str, str]:
    """Return what a browser would post of *form* as it stands, with *fields* typed in."""
    typed = {"text": "Good morning", "token": form["token"].value(), "answer": form["answer"].value() or ""}
    return {**typed, **fields}


class FakeWitness:
    """Believes whoever says ``scope/nonce``; breaks when told to."""

    name = "work"

    def examine(self, sent: str, *, scope: str) -> Evidence | None:
        said, _slash, nonce = sent.partition("/")
        if said == "break":
            raise ZeroDivisionError
        return Evidence(self.name, nonce, time.time() + 60) if (said, len(nonce)) == (scope, 32) else None


class FakePass(FakeWitness):
    """The same, and more is thought of it."""

    name = "pass"


WITNESSES = ["tests.humans.factories.FakeWitness", "tests.humans.factories.FakePass"]  # for TRIBUNA_WITNESSES


def evidence(scope: str = "letter:1", nonce: str | None = None) -> str:
    """Return what a browser brings that did its work for *scope*."""
    return f"{scope}/{nonce or token_hex(16)}"
