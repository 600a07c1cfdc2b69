"""A question that the newsroom asks its own readers, in the page's language."""

from __future__ import annotations

from secrets import choice

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tribuna.humans.base import Puzzle, Unavailable
from tribuna.humans.models import ANSWERS_PER_QUESTION, SiteQuestion, fold


def _questions(language: str) -> QuerySet[SiteQuestion]:
    return SiteQuestion.objects.filter(language__in={language, language.partition("-")[0]})


class QuestionChallenge:
    """Answer a question of the newsroom's."""

    name = "question"
    offer = _("Answer a question instead")
    again = _("Another question")

    def is_available(self, language: str) -> bool:
        return _questions(language).exists()

    def puzzle(self, language: str) -> Puzzle:
        """Return one of the questions in *language*. Raises Unavailable when the newsroom asks none in it."""
        asked = [question for question in _questions(language) if question.folded_answers]
        if not asked:
            raise Unavailable(f"The newsroom has no question in {language!r}.")
        question = choice(asked)
        return Puzzle(question.folded_answers[:ANSWERS_PER_QUESTION], shown={"question": question.question})

    def normalise(self, typed: str) -> str:
        return fold(typed)
