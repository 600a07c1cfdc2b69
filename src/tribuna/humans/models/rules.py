"""When readers are asked, as the editors decide."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tribuna.humans import base


class AskingRule(models.Model):
    """When a form asks its readers to show that they are people: one form, or all that have no rule of their own."""

    class Asking(models.TextChoices):
        """The editors' words for ``base.Asking``."""

        ALWAYS = base.Asking.ALWAYS.value, _("Always ask")
        ADAPTIVE = base.Asking.ADAPTIVE.value, _("Ask only where it can't be told otherwise")
        NEVER = base.Asking.NEVER.value, _("Never ask: let a moderator look instead")

    form = models.SlugField(
        _("form"),
        max_length=40,
        blank=True,
        unique=True,
        help_text=_('The name of a form, such as "comment". Empty: all forms that have no rule of their own.'),
    )
    asking = models.CharField(_("when readers are asked"), max_length=10, choices=Asking, default=Asking.ADAPTIVE)

    class Meta:
        verbose_name = _("rule for asking readers")
        verbose_name_plural = _("rules for asking readers")
        ordering: ClassVar = ["form"]

    def __str__(self) -> str:
        return self.form or "*"
