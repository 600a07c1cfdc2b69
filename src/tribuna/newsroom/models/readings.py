"""How often stories are read, and which are read most. Numbers about stories, and nothing about anybody."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tribuna.humans.models.sums import SumQuerySet


class DailyReading(models.Model):
    """How often a story was read on one day (UTC)."""

    story = models.ForeignKey("newsroom.ArticlePage", on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField(db_index=True)
    count = models.PositiveBigIntegerField()  # the last field: it is added to

    objects = SumQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("readings of a day")
        verbose_name_plural = _("readings of a day")
        constraints: ClassVar = [models.UniqueConstraint(fields=["story", "day"], name="newsroom_reading")]

    def __str__(self) -> str:
        return f"{self.story_id} {self.day}: {self.count}"


class MostRead(models.Model):
    """A story's place in the box of the most read on a front page or a section's, as it was last drawn up."""

    place = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", db_index=False)
    rank = models.PositiveSmallIntegerField()
    story = models.ForeignKey("newsroom.ArticlePage", on_delete=models.CASCADE, related_name="most_read")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("most read story")
        verbose_name_plural = _("most read stories")
        constraints: ClassVar = [models.UniqueConstraint(fields=["place", "rank"], name="newsroom_most_read")]

    def __str__(self) -> str:
        return f"{self.place_id}, {self.rank}: {self.story_id}"
