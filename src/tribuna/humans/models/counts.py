"""How often readers were asked, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tribuna.humans.models.sums import SumQuerySet


class DailyCount(models.Model):
    """How often one thing happened on one day (UTC) in all forms of a name and a language: a number about nobody."""

    class Event(models.TextChoices):
        """What can happen. The rest says how long answers took: ``within 10`` counts those of up to ten seconds."""

        ASKED = "asked", _("asked")
        PASSED = "passed", _("passed")
        FAILED = "failed", _("failed")
        HELD = "held", _("held")

    day = models.DateField()
    form = models.CharField(max_length=40)
    language = models.CharField(max_length=20)
    layer = models.CharField(max_length=40)
    event = models.CharField(max_length=20)
    count = models.PositiveIntegerField(default=0)

    objects = SumQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("count of human checks")
        verbose_name_plural = _("counts of human checks")
        default_permissions = ("view",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "form", "language", "layer", "event"], name="humans_daily_count")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.form} {self.language} {self.layer} {self.event}"
