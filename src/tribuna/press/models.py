"""The purge log: what changed, in the transaction that changed it. Every node reads it and forgets its own pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Purge(models.Model):
    """One thing that was said to have changed."""

    tags: models.JSONField[Any, Any] = models.JSONField()
    withdrawn = models.BooleanField(default=False)  # taken down: not even an outdated copy may be kept
    at = models.DateTimeField(default=timezone.now, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("purge")
        verbose_name_plural = _("purges")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return " ".join(self.tags)

    @property
    def token(self) -> str:
        """Return what tells this entry from all others, also after the database was put back to an earlier state."""
        return f"{self.pk}@{self.at.timestamp()}"
