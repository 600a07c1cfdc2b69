"""What judges remember of the comments that came in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tribuna.comments.models import HASH_HEX_DIGITS, Comment


class Trace(models.Model):
    """Keyed hashes of one comment's text, author and network, for as long as a judge may ask for them."""

    comment = models.OneToOneField(Comment, models.CASCADE, primary_key=True, related_name="+")
    text_digest = models.CharField(max_length=HASH_HEX_DIGITS)
    author_ref = models.CharField(max_length=HASH_HEX_DIGITS, blank=True)
    network_ref = models.CharField(max_length=HASH_HEX_DIGITS, blank=True)
    at = models.DateTimeField(db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("trace")
        verbose_name_plural = _("traces")
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["text_digest", "at"], name="moderation_trace_text"),
            models.Index(fields=["author_ref", "at"], name="moderation_trace_author"),
            models.Index(fields=["network_ref", "at"], name="moderation_trace_network"),
        ]

    def __str__(self) -> str:
        return f"#{self.comment_id}"
