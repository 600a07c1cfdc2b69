"""The reader's receipt: what the author of a comment, and nobody else, can come back to."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tribuna.comments.base import Reason
from tribuna.comments.models.comments import HASH_HEX_DIGITS, Comment


class Receipt(models.Model):
    """The author's own way to a comment. Only a keyed hash of the secret in its address is kept."""

    comment = models.OneToOneField(Comment, models.CASCADE, primary_key=True, related_name="receipt")
    secret_hash = models.CharField(max_length=HASH_HEX_DIGITS, unique=True)
    edits = models.PositiveSmallIntegerField(default=0)  # how often the text was changed
    reasons: models.JSONField[Any, Any] = models.JSONField(default=list)  # of the state: [{"message", "values"}]

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")

    def __str__(self) -> str:
        return str(self.comment)

    @property
    def why(self) -> list[Reason]:
        """Return the reasons for the comment's state; each reads in the active language."""
        return [Reason(**reason) for reason in self.reasons]
