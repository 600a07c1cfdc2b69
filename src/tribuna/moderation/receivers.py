"""Listens to comments, in the transaction of what is told: the first decision is written down, what a reader wants gone
goes, what a report brings down is decided on. And to changes of the rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver

from tribuna.comments.actions import Incoming
from tribuna.comments.base import Draft, Verdict
from tribuna.comments.models import Comment, Notice, Outcome, State
from tribuna.comments.signals import (
    comment_edited,
    comment_erased,
    comment_exported,
    comments_submitted,
    notice_exported,
    notice_settled,
    notices_released,
)
from tribuna.moderation.actions import (
    decide,
    forget_author,
    forget_notice_appeals,
    keep_version,
    notice_appeal_kept,
    number_rule,
    record_edit,
    record_kept,
    record_scores,
    record_submissions,
    withdraw_rule,
)
from tribuna.moderation.judges.words import WORDS
from tribuna.moderation.models import REPORT, Rule, WordEntry
from tribuna.people.models import User


@receiver(comments_submitted, dispatch_uid="moderation.record_submissions")
def record_submitted_comments(submitted: Sequence[Incoming], **kwargs: Any) -> None:
    """Keep what the judges said of comments that were just stored."""
    record_submissions(submitted)
    record_scores(submitted)


@receiver(pre_save, sender=Rule, dispatch_uid="moderation.number_rule")
def number_saved_rule(instance: Rule, raw: bool = False, **kwargs: Any) -> None:
    """Give a rule that says something else a new version; *raw* is out of a fixture."""
    if not raw:
        number_rule(instance)


@receiver(post_save, sender=Rule, dispatch_uid="moderation.keep_version")
def keep_saved_rule(instance: Rule, raw: bool = False, **kwargs: Any) -> None:
    """Write the version down."""
    if not raw:
        keep_version(instance)


@receiver(post_delete, sender=Rule, dispatch_uid="moderation.withdraw_rule")
def withdraw_deleted_rule(**kwargs: Any) -> None:
    """Let readers see that a rule is no more."""
    withdraw_rule()


@receiver([post_save, post_delete], sender=WordEntry, dispatch_uid="moderation.forget_words")
def forget_known_words(**kwargs: Any) -> None:
    """Let the judge read the list of words again."""
    WORDS.forget()


@receiver(comment_edited, dispatch_uid="moderation.record_edit")
def record_edited_comment(comment: Comment, draft: Draft, verdict: Verdict, state_before: str, **kwargs: Any) -> None:
    """Keep what the judges said of a comment whose author changed the text."""
    record_edit(comment, draft=draft, verdict=verdict, state_before=state_before)


@receiver(notice_settled, dispatch_uid="moderation.take_down_reported")
def take_down_reported_comment(notice: Notice, actor: User, **kwargs: Any) -> None:
    """Reject the comment of a report that was upheld, with the reasons given there."""
    comment = notice.comment
    if notice.outcome == Outcome.UPHELD and comment and comment.state not in {State.REJECTED, State.SPAM}:
        decide(comment, actor=actor, state=State.REJECTED, explanation=notice.answer, found_by=REPORT)


@receiver(comment_erased, dispatch_uid="moderation.forget_author")
def forget_erased_author(comment: Comment, what: str, **kwargs: Any) -> None:
    """Let go of what the judges remember of a comment, and of words about it in the log."""
    forget_author(comment, what=what)


@receiver(comment_exported, dispatch_uid="moderation.add_record")
def add_moderation_record(comment: Comment, record: dict[str, Any], **kwargs: Any) -> None:
    """Hand out what the desk keeps of a comment: what was decided, and what the judges remember."""
    record |= record_kept(comment)


@receiver(notice_exported, dispatch_uid="moderation.add_notice_record")
def add_notice_record(notice: Notice, record: dict[str, Any], **kwargs: Any) -> None:
    """Hand out what somebody said against the outcome of their report."""
    record["appeal"] = notice_appeal_kept(notice)


@receiver(notices_released, dispatch_uid="moderation.forget_notice_appeals")
def forget_released_appeals(notices: QuerySet[Notice], **kwargs: Any) -> None:
    """Let go of the words of appeals about reports that are nobody's from now on."""
    forget_notice_appeals(notices)
