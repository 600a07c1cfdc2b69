"""What is kept of a comment that came in: the judges' decision, and hashes by which they know the next one."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from tribuna.comments.base import Draft, Verdict
from tribuna.comments.models import Comment
from tribuna.moderation.base import fold_text, text_digests
from tribuna.moderation.models import Decision, Trace


def record_submission(comment: Comment, *, draft: Draft, verdict: Verdict) -> Decision:
    """Write down what was decided on *comment* when it came in, and its traces; return the record.

    Belongs into the transaction that stores the comment.
    """
    Trace.objects.create(
        comment=comment,
        text_digest=text_digests(fold_text(draft.text))[0],
        author_ref=draft.author_ref,
        network_ref=draft.network_ref,
        at=comment.created_at,
    )
    return Decision.objects.create(
        comment=comment,
        action=Decision.Action.RECEIVE,
        state_after=comment.state,
        found_by=" ".join(dict.fromkeys(reason.judge for reason in verdict.reasons if reason.judge)),
        facts=[asdict(reason) for reason in verdict.reasons],
        lang=comment.lang,
        at=comment.created_at,
    )


def forget_traces() -> int:
    """Delete the traces that no judge asks for any more, and return how many there were."""
    until = timezone.now() - timedelta(days=settings.TRIBUNA_REPEATS_WINDOW_DAYS)
    return Trace.objects.filter(at__lt=until).delete()[0]
