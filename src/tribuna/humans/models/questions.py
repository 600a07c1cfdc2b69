"""The questions that the newsroom asks its own readers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar
from unicodedata import combining, normalize

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ANSWERS_PER_QUESTION = 20  # each has its code in the form's token, and a token is short

_AROUND = re.compile(r"^[\W_]+|[\W_]+$")


def interface_languages() -> list[tuple[str, StrOrPromise]]:
    """Return the languages of the site's pages, so that adding one needs no migration."""
    return list(settings.LANGUAGES)


def fold(text: str) -> str:
    """Return *text* without what people type differently: case, accents, width, spaces, punctuation around it."""
    bare = "".join(character for character in normalize("NFKD", text) if not combining(character))
    return " ".join(_AROUND.sub("", bare.casefold()).split())


class SiteQuestion(models.Model):
    """A question whose answer the newsroom's readers know, in one language."""

    language = models.CharField(_("language"), max_length=20, choices=interface_languages)
    question = models.CharField(_("question"), max_length=200)
    answers = models.TextField(
        _("accepted answers"),
        max_length=2_000,
        help_text=_("One per line. Capitals, accents, spaces and punctuation around an answer don't matter."),
    )

    class Meta:
        verbose_name = _("question for readers")
        verbose_name_plural = _("questions for readers")
        ordering: ClassVar = ["language", "question"]

    def __str__(self) -> str:
        return self.question

    @property
    def folded_answers(self) -> tuple[str, ...]:
        """The accepted answers as ``fold`` leaves them, without empty ones and doubles."""
        return tuple(dict.fromkeys(folded for line in self.answers.splitlines() if (folded := fold(line))))

    def clean(self) -> None:
        """Refuse a question that nobody could answer. Raises ValidationError."""
        if not self.folded_answers:
            raise ValidationError({"answers": _("Write at least one answer with letters or digits.")})
        if len(self.folded_answers) > ANSWERS_PER_QUESTION:
            limit = _("Write at most %(limit)d answers.") % {"limit": ANSWERS_PER_QUESTION}
            raise ValidationError({"answers": limit})
