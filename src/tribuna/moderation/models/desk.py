"""What the desk keeps for itself: moderators' filters, and when the counts were last gone over."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

FILTER_NAME_MAX_CHARACTERS = 40


class SavedFilter(models.Model):
    """What one moderator narrows the queue by, under a name."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=FILTER_NAME_MAX_CHARACTERS)
    query = models.CharField(max_length=500, blank=True)  # as in the queue's address

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        default_permissions = ()
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "name"], name="moderation_filter_name")]

    def __str__(self) -> str:
        return self.name


class CountCheck(models.Model):
    """One going over of all counters."""

    at = models.DateTimeField(db_index=True)
    drifted = models.PositiveIntegerField()  # pages whose counters were off, and were put right

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("check of the counts")
        verbose_name_plural = _("checks of the counts")
        default_permissions = ()
        get_latest_by = "at"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.drifted}"
