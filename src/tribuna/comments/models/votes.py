"""Readers' respect for a comment: one row for each proof that a person was there, and nothing about who."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tribuna.comments.models.comments import HASH_HEX_DIGITS, Comment


class Vote(models.Model):
    """That somebody respects a comment. ``Comment.respect`` counts these, in the same transaction."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+", db_index=False)
    voter = models.CharField(max_length=HASH_HEX_DIGITS)  # keyed hash of the number that was spent
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        default_permissions = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["comment", "voter"], name="comments_one_vote")]

    def __str__(self) -> str:
        return f"#{self.comment_id}"
