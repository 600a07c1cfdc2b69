"""Appeals of readers whose report was declined (EU DSA, article 20), decided by somebody else than who declined it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tribuna.comments.actions import forget_letters, lock_thread, tell_outcome
from tribuna.comments.models import Comment, Notice, Outcome, State
from tribuna.core.text import clean_text
from tribuna.moderation.actions.appeals import AppealSettled, NothingToAppeal, SameModerator
from tribuna.moderation.actions.decisions import decide
from tribuna.moderation.models import REPORT, RESTRICTING, NoticeAppeal
from tribuna.moderation.queries import notice_rights
from tribuna.people.models import User


def open_notice_appeal(notice: Notice, *, text: str) -> NoticeAppeal:
    """Store what the reader who made *notice* says against its outcome. Raises NothingToAppeal."""
    with transaction.atomic():
        lock_thread(notice.page_id)
        if not notice_rights(notice).may_be_appealed:
            raise NothingToAppeal
        return NoticeAppeal.objects.create(notice=notice, text=clean_text(text), opened_at=timezone.now())


def settle_notice_appeal(appeal: NoticeAppeal, *, actor: User, outcome: str, answer: str) -> NoticeAppeal:
    """Leave the comment as it is, or take it down after all; return the appeal as it is then, and tell its reader.

    *answer* is told to the reader, and to the author of a comment that is taken down. Raises SameModerator,
    AppealSettled, and StaleDecision where an appeal of the author comes first.
    """
    notice = appeal.notice
    if notice.decided_by_id == actor.pk:
        raise SameModerator
    with transaction.atomic():
        lock_thread(notice.page_id)
        appeal.refresh_from_db(fields=["outcome", "decided_by_name"])
        if not appeal.is_open:
            raise AppealSettled(appeal)
        appeal.decided_at, appeal.decided_by, appeal.decided_by_name = timezone.now(), actor, str(actor)
        appeal.outcome, appeal.answer = outcome, answer
        appeal.save()
        is_reversed = outcome == NoticeAppeal.Outcome.REVERSED
        if is_reversed:
            _take_down(Comment.objects.get(notices=notice), actor, answer)
        tell_outcome(notice, outcome=Outcome.UPHELD if is_reversed else Outcome.DISMISSED, answer=answer)
    return appeal


def forget_reports_and_letters() -> int:
    """Delete what has run out of mail and reports, but for reports about which an appeal waits; return how many."""
    return forget_letters(but_for=NoticeAppeal.objects.open().values("notice"))


def notice_appeal_kept(notice: Notice) -> dict[str, object] | None:
    """Return what is kept of an appeal about *notice*, as JSON can say it: for its reader. None where there is none."""
    appeal = NoticeAppeal.objects.filter(notice=notice).first()
    if appeal is None:
        return None
    return {
        "at": appeal.opened_at.isoformat(),
        "text": appeal.text,
        "outcome": appeal.outcome,
        "answer": appeal.answer,
        "decided": appeal.decided_at and appeal.decided_at.isoformat(),
    }


def forget_notice_appeals(notices: QuerySet[Notice]) -> None:
    """Forget what both sides said in appeals about *notices*. That there was one stays, and what came of it."""
    NoticeAppeal.objects.filter(notice__in=notices.values("pk")).update(text="", answer="")


def _take_down(comment: Comment, actor: User, answer: str) -> None:
    """Reject *comment*, as it is now, unless that was done meanwhile."""
    if comment.state not in RESTRICTING:
        decide(comment, actor=actor, state=State.REJECTED, explanation=answer, found_by=REPORT)
