"""The bar with breaking news over every page of an edition."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


def breaking_tag(language: str) -> str:
    """Return what every page carries of the edition in *language*, whether or not it has a bar."""
    return f"breaking:{language}"


class Turn(models.IntegerChoices):
    """What the clock has said of a bar."""

    WAITING = 0, _("Waiting")
    SHOWN = 1, _("Shown")
    OVER = 2, _("Over")


class BreakingNews(models.Model):
    """One line for all readers of an edition, for a time. Of several at once the one that began last is shown."""

    edition = models.ForeignKey(Locale, verbose_name=_("edition"), on_delete=models.CASCADE, related_name="+")
    text = models.CharField(_("text"), max_length=160, help_text=_("One line, in the language of the edition."))
    story = models.ForeignKey(
        "newsroom.ArticlePage",
        verbose_name=_("story"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The line leads to it, while readers may see it."),
    )
    since = models.DateTimeField(_("from"), default=timezone.now)
    until = models.DateTimeField(_("until"), help_text=_("It disappears at this moment by itself."))
    turn = models.PositiveSmallIntegerField(default=Turn.WAITING, editable=False, db_index=True)

    class Meta:
        verbose_name = _("breaking news")
        verbose_name_plural = _("breaking news")
        ordering: ClassVar = ["-since", "-pk"]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it; one that is given more time waits for its turn again."""
        if self.turn == Turn.OVER and self.until > timezone.now():
            self.turn = Turn.WAITING
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a time that ends before it begins."""
        super().clean()
        if self.since and self.until and self.until <= self.since:
            raise ValidationError({"until": _("This moment is not after the first one.")})

    @property
    def tag(self) -> str:
        """What pages of its edition carry."""
        return breaking_tag(self.edition.language_code)
