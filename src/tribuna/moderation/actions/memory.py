"""What is kept of a comment that came in: the judges' decision, and hashes by which they know the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from tribuna.comments.actions import Incoming
from tribuna.comments.base import Draft, Erasure, Verdict
from tribuna.comments.models import Comment, State
from tribuna.core.inserts import insert, insert_rows
from tribuna.moderation.actions.ledger import append_decisions, time_to_appeal
from tribuna.moderation.base import fold_text, text_digests
from tribuna.moderation.models import RESTRICTING, Appeal, Decision, Score, Trace


def record_submissions(submitted: Sequence[Incoming]) -> None:
    """Write down what was decided on comments when they came in, and their traces.

    Belongs into the transaction that stores the comments.
    """
    insert_rows(Trace, [_trace(each.comment, each.draft) for each in submitted])
    _keep([_judged(each.comment, each.verdict, at=each.comment.created_at) for each in submitted])


def _trace(comment: Comment, draft: Draft) -> dict[str, Any]:
    return {
        "comment_id": comment.pk,
        "text_digest": text_digests(fold_text(draft.text))[0],
        "author_ref": draft.author_ref,
        "network_ref": draft.network_ref,
        "at": comment.created_at,
    }


def record_edit(comment: Comment, *, draft: Draft, verdict: Verdict, state_before: str) -> None:
    """Write down what the judges did to *comment* when its author changed the text, if anything.

    The traces are those of the new text. Belongs into the transaction that stores it.
    """
    Trace.objects.filter(comment=comment).update(text_digest=text_digests(fold_text(draft.text))[0])
    if comment.state != state_before:
        action = Decision.Action.HOLD if comment.state == State.HELD else Decision.Action.REJECT
        _keep([_judged(comment, verdict, at=timezone.now(), action=action, state_before=state_before)])


def _judged(
    comment: Comment,
    verdict: Verdict,
    *,
    at: datetime,
    action: Decision.Action = Decision.Action.RECEIVE,
    state_before: str = "",
) -> dict[str, Any]:
    """Return the values of a Decision."""
    return {
        "comment_id": comment.pk,
        "action": action.value,
        "state_before": state_before,
        "state_after": comment.state,
        "found_by": " ".join(dict.fromkeys(reason.judge for reason in verdict.reasons if reason.judge)),
        "facts": [asdict(reason) for reason in verdict.reasons],
        "lang": comment.lang,
        "at": at,
        "appealable_until": time_to_appeal(comment.state, at),
    }


def _keep(judged: Sequence[dict[str, Any]]) -> None:
    """Store decisions. Only those that restrict go into the ledger: for others readers would wait for one another."""
    insert_rows(Decision, [each for each in judged if each["state_after"] not in RESTRICTING])
    restricting = [Decision(**each) for each in judged if each["state_after"] in RESTRICTING]
    for decision in restricting:
        insert(decision)  # what is in the ledger has its number in there
    append_decisions(restricting)


def forget_author(comment: Comment, *, what: str) -> None:
    """Forget what judges remember of *comment*, and, where its text goes, what was said of it in the log.

    That a decision was taken stays: by whom, when, under which rule.
    """
    Trace.objects.filter(comment=comment).delete()
    if what == Erasure.TEXT:
        Decision.objects.about(comment.pk).forget_words()
        Appeal.objects.about(comment.pk).update(text="", answer="")


def forget_traces() -> int:
    """Delete the traces that no judge asks for any more, and return how many there were."""
    until = timezone.now() - timedelta(days=settings.TRIBUNA_REPEATS_WINDOW_DAYS)
    return Trace.objects.filter(at__lt=until).delete()[0]


def record_kept(comment: Comment) -> dict[str, object]:
    """Return what the desk keeps of *comment*, as JSON can say it: for its author."""
    trace = Trace.objects.filter(comment=comment).first()
    return {
        "decisions": [
            {
                "at": decision.at.isoformat(),
                "action": decision.action,
                "rule": decision.rule,
                "explanation": decision.explanation,
                "found_by": decision.found_by,
                "reasons": [str(reason) for reason in decision.why],
            }
            for decision in Decision.objects.about(comment.pk).order_by("pk")
        ],
        "appeals": [
            {
                "at": appeal.opened_at.isoformat(),
                "text": appeal.text,
                "outcome": appeal.outcome,
                "answer": appeal.answer,
            }
            for appeal in Appeal.objects.about(comment.pk).order_by("pk")
        ],
        "score_of_the_filter": Score.objects.filter(comment=comment).values_list("value", flat=True).first(),
        "remembered_by_judges": trace
        and {
            "text_hash": trace.text_digest,
            "author_hash": trace.author_ref,
            "network_hash": trace.network_ref,
            "at": trace.at.isoformat(),
        },
    }
