"""What a reader may demand (Regulation (EU) 2016/679, articles 15, 17 and 20): a copy of what is kept, and its end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext, override

from tribuna.comments.actions.alerts import stop_alerts
from tribuna.comments.actions.deciding import reject_comment
from tribuna.comments.actions.letters import note_asked, post_letter
from tribuna.comments.actions.notices import release_notices
from tribuna.comments.actions.threads import lock_thread
from tribuna.comments.base import Erasure
from tribuna.comments.models import Alert, Comment, Letter, Notice, Receipt, State, ThreadStat
from tribuna.comments.queries.letters import address_refs, comments_under, notices_under
from tribuna.comments.signals import comment_erased, comment_exported, notice_exported
from tribuna.press.actions import changed


def export_comments(comments: Iterable[Comment], *, notices: Iterable[Notice] = ()) -> dict[str, Any]:
    """Return everything that is kept about *comments* and *notices*, as JSON can say it; other rooms add their part."""
    return {
        "made": timezone.now().isoformat(),
        "comments": [_record(comment) for comment in comments],
        "reports": [_report(notice) for notice in notices],
    }


def erase_comment(comment: Comment, *, what: str) -> Comment:
    """Erase the text of *comment* with all that is known of its author, or its author alone; return it as it is now.

    A tombstone keeps its place and what others answered: no counter changes. What waited for a moderator waits no
    longer. Stored pages are forgotten, and other rooms let go of their part in the same transaction.
    """
    with transaction.atomic():
        lock_thread(comment.page_id)
        comment.refresh_from_db()
        comment_erased.send(sender=Comment, comment=comment, what=what)
        stop_alerts(comment)
        Letter.objects.filter(comment=comment).delete()
        Comment.objects.filter(pk=comment.pk).update(**_blank(comment, what))
        comment.refresh_from_db()
        if what == Erasure.TEXT:
            if comment.state == State.HELD:
                reject_comment(comment)
            Receipt.objects.filter(comment=comment).delete()
        if comment.visible:
            changed(f"comments:{comment.page_id}", withdrawn=True)
            ThreadStat.objects.filter(page=comment.page_id).update(version=F("version") + 1, last_at=timezone.now())
    return comment


@transaction.atomic
def forget_address(*refs: str) -> None:
    """Forget the e-mail address with these hashes wherever something is sent to it, and take it off its reports."""
    Alert.objects.filter(address_ref__in=refs).delete()
    release_notices(notices_under(*refs))


@transaction.atomic
def ask_by_mail(email: str, *, language: str, network: str = "") -> None:
    """Send the reader of *email* the way to all that is under it; nothing where that is nothing, and nobody is told.

    Raises TooManyLetters.
    """
    note_asked(email, network=network)
    refs = address_refs(email)
    if comments_under(*refs).exists() or notices_under(*refs).exists():
        post_letter(Letter.Kind.RIGHTS, language=language, email=email.strip())


def is_erased(comment: Comment) -> bool:
    """Say whether only a tombstone is left of *comment*."""
    return not comment.body_source


def _blank(comment: Comment, what: str) -> dict[str, Any]:
    """Return the fields of *comment* as they are afterwards."""
    if what == Erasure.TEXT:
        return {"name": "", "author_ref": "", "body_source": "", "body_html": ""}
    spoken = comment.lang if comment.lang in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(spoken):
        return {"name": gettext("A reader"), "author_ref": ""}


def _record(comment: Comment) -> dict[str, Any]:
    record: dict[str, Any] = {
        "number": comment.pk,
        "article": comment.page.title,
        "address": f"{settings.WAGTAILADMIN_BASE_URL}{comment.get_absolute_url()}",
        "written": comment.created_at.isoformat(),
        "edited": comment.edited_at and comment.edited_at.isoformat(),
        "state": comment.state,
        "language": comment.lang,
        "name": comment.name,
        "text": comment.body_source,
        "in_reply_to": comment.reply_to_id,
        "respect": comment.respect,
        "author_hash": comment.author_ref,
        "pass_epoch": comment.pass_epoch,
    }
    receipt = Receipt.objects.filter(comment=comment).first()
    record["told_reasons"] = [str(reason) for reason in receipt.why] if receipt else []
    record["alerts"] = _alerts(comment)
    comment_exported.send(sender=Comment, comment=comment, record=record)
    return record


def _report(notice: Notice) -> dict[str, Any]:
    fields = ("ground", "cited", "explanation", "name", "email", "good_faith", "language", "outcome", "answer")
    moments = {"written": notice.at, "confirmed": notice.confirmed_at, "decided": notice.decided_at}
    record = {
        "number": notice.pk,
        "article": notice.page.title,
        "comment": notice.comment_id,
        **{name: getattr(notice, name) for name in fields},
        **{name: moment and moment.isoformat() for name, moment in moments.items()},
    }
    notice_exported.send(sender=Notice, notice=notice, record=record)
    return record


def _alerts(comment: Comment) -> dict[str, Any] | None:
    alert = Alert.objects.filter(comment=comment).first()
    if alert is None:
        return None
    return {
        "email": alert.email,
        "email_hash": alert.address_ref,
        "language": alert.language,
        "pace": alert.pace,
        "asked": alert.asked_at.isoformat(),
        "confirmed": alert.confirmed_at and alert.confirmed_at.isoformat(),
        "letters_waiting": [
            {"kind": letter.kind, "due": letter.due_at and letter.due_at.isoformat()} for letter in alert.letters.all()
        ],
    }
