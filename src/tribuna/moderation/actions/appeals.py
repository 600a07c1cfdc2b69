"""Appeals: opened by authors from their receipts, decided by somebody else than who took the decision."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from tribuna.comments.actions import lock_thread
from tribuna.comments.models import Comment, State
from tribuna.core.text import clean_text
from tribuna.moderation.actions.decisions import Known, Ruling, carry_out
from tribuna.moderation.actions.ledger import append_appeal, append_decisions
from tribuna.moderation.models import Appeal, AppealModel, Decision
from tribuna.moderation.queries import statement_of
from tribuna.moderation.signals import appeal_settled
from tribuna.people.models import User


class AppealRefused(Exception):  # noqa: N818
    """The appeal can't be taken, or not be decided on like this; nothing was stored."""


class NothingToAppeal(AppealRefused):
    """There is no decision against this comment, or an appeal was made, or the time for it is over."""


class SameModerator(AppealRefused):
    """Whoever took a decision doesn't decide on the appeal against it."""


class AppealSettled(AppealRefused):
    """Somebody else decided on the appeal first; *appeal* is what it is by now."""

    def __init__(self, appeal: AppealModel) -> None:
        super().__init__(appeal.outcome)
        self.appeal = appeal


def open_appeal(comment: Comment, *, text: str) -> Appeal:
    """Store what the author of *comment* says against the decision on it. Raises NothingToAppeal."""
    with transaction.atomic():
        lock_thread(comment.page_id)
        comment.refresh_from_db(fields=["state"])
        statement = statement_of(comment)
        if statement is None or not statement.may_be_appealed:
            raise NothingToAppeal
        appeal = Appeal.objects.create(decision=statement.decision, text=clean_text(text), opened_at=timezone.now())
        append_appeal(appeal)
    return appeal


def settle_appeal(appeal: Appeal, *, actor: User, outcome: str, answer: str = "") -> Appeal:
    """Uphold the decision that *appeal* is against, or publish the comment; return the appeal as it is then.

    *answer* is what *actor* tells the author. Raises SameModerator, AppealSettled.
    """
    if appeal.decision.actor_id == actor.pk:
        raise SameModerator
    comment = appeal.decision.comment
    with transaction.atomic():
        lock_thread(comment.page_id)
        appeal.refresh_from_db()
        if not appeal.is_open:
            raise AppealSettled(appeal)
        appeal.decided_at, appeal.decided_by, appeal.decided_by_name = timezone.now(), actor, str(actor)
        appeal.outcome, appeal.answer = outcome, answer
        reversal = _reverse(appeal, comment, actor) if outcome == Appeal.Outcome.REVERSED else None
        appeal.reversal = reversal
        appeal.save()
        if reversal:
            append_decisions([reversal])
        append_appeal(appeal)
        appeal_settled.send(sender=Appeal, appeal=appeal)
    return appeal


def _reverse(appeal: Appeal, comment: Comment, actor: User) -> Decision:
    """Publish the comment. The appeal is no longer in its way, for it is being settled."""
    known = Known.of([comment.pk])
    known = Known(known.latest, {})
    return carry_out(Ruling(actor, State.PUBLISHED), comment, seen=appeal.decision.state_after, known=known)
