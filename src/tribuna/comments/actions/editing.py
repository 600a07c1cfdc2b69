"""What authors do with a comment of theirs afterwards: change it within a short time, or take it back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page

from tribuna.comments.actions.alerts import stop_alerts
from tribuna.comments.actions.deciding import change_state
from tribuna.comments.actions.judging import opened_case, verdicts_on
from tribuna.comments.actions.submitting import STATES, cleaned
from tribuna.comments.actions.threads import lock_thread, note_change
from tribuna.comments.base import Decision, Draft, Erasure, Verdict, as_json
from tribuna.comments.models import Comment, Letter, Receipt, State
from tribuna.comments.queries import rules_of
from tribuna.comments.signals import comment_edited, comment_erased, comment_withdrawn
from tribuna.core.text import render_text


class NotEditable(Exception):  # noqa: N818
    """The time is over, the text was changed too often, or the comment is neither published nor waiting."""


def editable_until(receipt: Receipt, *, at: datetime | None = None) -> datetime | None:
    """Return until when the author may change the text; None if not any more."""
    comment = receipt.comment
    until = comment.created_at + timedelta(minutes=settings.TRIBUNA_COMMENT_EDIT_MINUTES)
    may = (
        comment.state in {State.PUBLISHED, State.HELD}
        and not comment.is_withdrawn
        and receipt.edits < settings.TRIBUNA_COMMENT_EDITS_MAXIMUM
        and (at or timezone.now()) < until
    )
    return until if may else None


def edit_comment(receipt: Receipt, *, page: Page, text: str, at: datetime | None = None) -> Comment:
    """Put *text*, which may come as typed, in the place of what the author of *receipt* wrote under *page*.

    It is judged again. A published comment may come to be held or rejected; one that waits goes on waiting. What
    was there before is not kept. Raises NotEditable, or CommentRefused as ``submit_comment`` does.
    """
    moment = at or timezone.now()
    if editable_until(receipt, at=moment) is None:
        raise NotEditable
    text = cleaned(text)
    if text == receipt.comment.body_source:
        return receipt.comment
    draft = _draft(receipt.comment, text)
    [verdict] = verdicts_on([opened_case(draft, policy=rules_of(page, at=moment).policy)])
    with transaction.atomic():
        comment = _locked(receipt)
        if editable_until(receipt, at=moment) is None:
            raise NotEditable
        was = State(comment.state)
        _replace(comment, text, at=moment)
        _follow(receipt, verdict)
        comment_edited.send(sender=Comment, comment=comment, draft=draft, verdict=verdict, state_before=was)
    return comment


def withdraw_comment(receipt: Receipt) -> Comment:
    """Take back the comment of *receipt*, at any time: text, name and every tie to its author go. Twice is once.

    Where others have answered, and no moderator turned it down, an empty comment keeps their place in the thread.
    """
    with transaction.atomic():
        comment = _locked(receipt)
        if comment.is_withdrawn:
            return comment
        was, was_visible = State(comment.state), comment.visible
        comment_erased.send(sender=Comment, comment=comment, what=Erasure.TEXT)
        stop_alerts(comment)
        Letter.objects.filter(comment=comment).delete()
        Comment.objects.filter(pk=comment.pk).update(name="", body_source="", body_html="", author_ref="")
        keeps_place = was in {State.PUBLISHED, State.HELD} and _has_answers(comment)
        state = State.PUBLISHED if keeps_place else State.WITHDRAWN
        if state != was:
            change_state(comment, state)
        if state == was and was_visible:
            note_change(comment.page_id, withdrawn=True)
        Receipt.objects.filter(comment=comment).update(reasons=[])
        comment.refresh_from_db()
        comment_withdrawn.send(sender=Comment, comment=comment, state_before=was)
    return comment


def _locked(receipt: Receipt) -> Comment:
    """Return the comment of *receipt*, both as they are now, while nobody else writes in its thread."""
    lock_thread(receipt.comment.page_id)
    receipt.refresh_from_db(fields=["edits"])
    receipt.comment.refresh_from_db()
    return receipt.comment


def _has_answers(comment: Comment) -> bool:
    return Comment.objects.branch(comment).exclude(pk=comment.pk).exists()


def _draft(comment: Comment, text: str) -> Draft:
    others = Comment.objects.filter(author_ref=comment.author_ref, state=State.PUBLISHED).exclude(pk=comment.pk)
    return Draft(
        page_id=comment.page_id,
        text=text,
        name=comment.name,
        language=comment.lang,
        author_ref=comment.author_ref,
        network_ref="",
        is_newcomer=not (comment.author_ref and others.exists()),
        replaces=comment.pk,
    )


def _replace(comment: Comment, text: str, *, at: datetime) -> None:
    comment.body_source, comment.body_html, comment.edited_at = text, render_text(text), at
    comment.save(update_fields=["body_source", "body_html", "edited_at"])
    Receipt.objects.filter(comment=comment).update(edits=F("edits") + 1)


def _follow(receipt: Receipt, verdict: Verdict) -> None:
    """Do to a published comment what the judges say of its new text. What waits for a person goes on waiting."""
    comment = receipt.comment
    if comment.state == State.PUBLISHED and verdict.decision is not Decision.PUBLISH:
        change_state(comment, STATES[verdict.decision])
    elif comment.visible:
        note_change(comment.page_id, withdrawn=True)  # its author wants the old words gone
    if verdict.reasons:
        Receipt.objects.filter(comment=comment).update(reasons=as_json(verdict.reasons))
