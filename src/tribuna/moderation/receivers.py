"""Listens to comments: whatever is stored gets its first decision written down in the same transaction."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from tribuna.comments.base import Draft, Verdict
from tribuna.comments.models import Comment
from tribuna.comments.signals import comment_submitted
from tribuna.moderation.actions import record_submission


@receiver(comment_submitted, dispatch_uid="moderation.record_submission")
def record_submitted_comment(comment: Comment, draft: Draft, verdict: Verdict, **kwargs: Any) -> None:
    """Keep what the judges said of a comment that was just stored."""
    record_submission(comment, draft=draft, verdict=verdict)
