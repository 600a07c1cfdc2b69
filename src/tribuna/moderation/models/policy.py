"""What the editors keep: the rules that a rejection cites, and the words that stop a comment."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin

from tribuna.comments import base
from tribuna.moderation.base import fold_text
from tribuna.moderation.models.records import AppendOnlyModel, AppendOnlyQuerySet


class Rule(TranslatableMixin, models.Model):
    """A rule of the house in one language. Its translations have the same code."""

    code = models.SlugField(_("code"), help_text=_("The same in every language; decisions are kept under it."))
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"), max_length=500, help_text=_("Shown to the author of a comment that breaks it."))
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ("sort_order", "code")
        constraints: ClassVar = [models.UniqueConstraint(fields=["code", "locale"], name="moderation_rule_code")]

    def __str__(self) -> str:
        return self.title


class RuleVersion(AppendOnlyModel):
    """What a rule said, in one language, from a moment on: what decisions cite stays to be read."""

    code = models.SlugField()
    language = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    text = models.TextField()
    at = models.DateTimeField()

    objects = AppendOnlyQuerySet["RuleVersion"].as_manager()

    class Meta:
        verbose_name = _("version of a rule")
        verbose_name_plural = _("versions of rules")
        default_permissions = ()
        ordering = ("code", "language", "-version")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "language", "version"], name="moderation_rule_version")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language}, {self.version})"


def comment_languages() -> list[tuple[str, str]]:
    """Return code and name of the languages that readers may write in: the site's and its stories'."""
    codes = dict.fromkeys([*dict(settings.LANGUAGES), *settings.TRIBUNA_STORY_LANGUAGES])
    return [(code, get_language_info(code)["name_translated"]) for code in codes]


class WordEntryQuerySet(models.QuerySet["WordEntry"]):
    """Filters over the list of words."""

    def for_language(self, language: str) -> WordEntryQuerySet:
        """Return what is kept for *language* (a Django language code) and for all of them."""
        return self.filter(language__in=("", language))


class WordEntry(models.Model):
    """A word or phrase that stops a comment. It matches whole words, whatever their capitals and accents."""

    class Consequence(models.IntegerChoices):
        """What comes of it; the numbers are those of a judge's decision."""

        HOLD = base.Decision.HOLD.value, _("Hold for a moderator")
        REJECT = base.Decision.REJECT.value, _("Reject")

    phrase = models.CharField(_("word or phrase"), max_length=100)
    language = models.CharField(
        _("language"), max_length=12, blank=True, choices=comment_languages, help_text=_("Empty: in every language.")
    )
    decision = models.PositiveSmallIntegerField(_("consequence"), choices=Consequence, default=Consequence.HOLD)

    objects = WordEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")
        ordering = ("phrase",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["phrase", "language"], name="moderation_word")]

    def __str__(self) -> str:
        return self.phrase

    def clean(self) -> None:
        """Refuse a phrase of which nothing is left to look for (marks and invisible characters only)."""
        if not any(character.isalnum() for character in fold_text(self.phrase)):
            raise ValidationError({"phrase": _("A word needs a letter or a digit.")})
