"""The letter carrier: sends the mails that wait in the database, and comes again for what could not be sent.

A letter is taken by moving its moment ahead, so that of several carriers one has it, and a carrier that dies leaves it
for later. It is deleted once the mail server has it: a crash between the two sends it twice, and never loses it.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.tasks import task
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Site

from tribuna.comments.models import Alert, Comment, Letter, Notice, Outcome
from tribuna.comments.queries.letters import ALERT, NOTICE, NOTICE_MAIL, proof_of, token_of

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)  # how long one carrier may take over a letter
# After each failure; then it is given up, and kept for whoever looks into it.
PATIENCE = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440, 1440))


@task(backend="queue")
def carry_letters() -> None:
    """Send every letter that is due. Nothing about it stands in the task, for tasks are kept for a while."""
    while (letter := _taken()) is not None:
        _carry(letter)


def fetch_carrier(letter: Letter) -> None:
    """See to it that somebody carries *letter* when it is due; part of the transaction that stores it."""
    wait = letter.due_at if letter.due_at and letter.due_at > timezone.now() else None
    carry_letters.using(run_after=wait).enqueue()


def _taken() -> Letter | None:
    """Return a letter that is due and now ours, or None."""
    now = timezone.now()
    for letter in Letter.objects.filter(due_at__lte=now).order_by("due_at", "pk")[:20]:
        lease = now + LEASE
        if Letter.objects.filter(pk=letter.pk, due_at=letter.due_at).update(due_at=lease, tries=F("tries") + 1):
            letter.refresh_from_db()
            return letter
    return None


def _carry(letter: Letter) -> None:
    together = _bundle(letter)
    try:
        with override(letter.language):
            message = _message(letter, together)
        if message is not None:
            message.send()
    except smtplib.SMTPRecipientsRefused:
        logger.warning("Nobody is at the address of letter %s; it is not tried again.", letter.pk)
        if letter.alert:
            letter.alert.delete()
    except Exception:
        logger.exception("Letter %s could not be sent.", letter.pk)
        _put_off(letter)
        return
    Letter.objects.filter(pk__in=[each.pk for each in together]).delete()


def _put_off(letter: Letter) -> None:
    if letter.tries > len(PATIENCE):
        logger.error("Letter %s is given up.", letter.pk)
        letter.due_at = None
        letter.save(update_fields=["due_at"])
        return
    letter.due_at = timezone.now() + PATIENCE[letter.tries - 1]
    letter.save(update_fields=["due_at"])
    fetch_carrier(letter)


def _bundle(letter: Letter) -> list[Letter]:
    """Return *letter* and what else goes into the same mail: the other answers that its reader's digest has by now."""
    if letter.kind != Letter.Kind.REPLIES or letter.alert is None or letter.alert.pace == "at-once":
        return [letter]
    others = letter.alert.letters.filter(kind=letter.kind, due_at__isnull=False).exclude(pk=letter.pk)
    return [letter, *others.order_by("pk")]


def _message(letter: Letter, together: list[Letter]) -> EmailMessage | None:
    """Return the mail, or None when what it would have told is no longer so."""
    told = _TOLD[Letter.Kind(letter.kind)](letter, together)
    if told is None:
        return None
    to, context = told
    return compose(letter.kind, to=to, alert=letter.alert, **context)


def compose(kind: str, *, to: str, alert: Alert | None = None, **context: Any) -> EmailMessage:
    """Return the mail of this *kind* in the active language; one about an *alert* can be stopped with one click."""
    context = {"site": _site_name(), "alert": alert, **context}
    headers = {"Auto-Submitted": "auto-generated"}
    if alert is not None:
        url = context["stop_url"] = address("comments:stop_alert", token_of(alert, ALERT))
        headers |= {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    text = render_to_string(f"comments/mail/{kind}.txt", context).strip()
    subject, _newline, body = text.partition("\n")
    return EmailMessage(subject.strip(), f"{body.strip()}\n", to=[to], headers=headers)


def _site_name() -> str:
    named = Site.objects.filter(is_default_site=True).exclude(site_name="")
    return named.values_list("site_name", flat=True).first() or settings.WAGTAIL_SITE_NAME


def address(name: str, *args: Any) -> str:
    """Return a whole address of this site, in the active language."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(name, args=args)}"


type Told = tuple[str, Mapping[str, Any]] | None


def _of_alert(letter: Letter) -> tuple[Alert, Mapping[str, Any]]:
    alert = letter.alert
    assert alert is not None  # noqa: S101 - a letter of these kinds goes with its alert
    return alert, {"comment": alert.comment, "page": alert.comment.page}


def _confirm(letter: Letter, together: list[Letter]) -> Told:
    alert, context = _of_alert(letter)
    if alert.confirmed_at is not None:
        return None
    return alert.email, {**context, "url": address("comments:alert", token_of(alert, ALERT))}


def _replies(letter: Letter, together: list[Letter]) -> Told:
    alert, context = _of_alert(letter)
    ids = [each.comment_id for each in together if each.comment_id]
    replies = Comment.objects.public().filter(pk__in=ids).order_by("pk")
    shown = [(reply, address("comments:comment", reply.pk)) for reply in replies]
    if not shown or alert.confirmed_at is None:
        return None
    return alert.email, {**context, "replies": shown, "url": address("comments:alert", token_of(alert, ALERT))}


def _decision(letter: Letter, together: list[Letter]) -> Told:
    alert, context = _of_alert(letter)
    if alert.confirmed_at is None or alert.comment.state == letter.facts["was"]:
        return None
    why = [str(reason) for reason in alert.comment.receipt.why]
    return alert.email, {**context, "why": why, "comment_url": address("comments:comment", alert.comment.pk)}


def _of_notice(letter: Letter) -> tuple[Notice, dict[str, Any]]:
    notice = letter.notice
    assert notice is not None  # noqa: S101 - a letter of these kinds goes with its report
    return notice, {"notice": notice, "page": notice.page}


def _notice(letter: Letter, together: list[Letter]) -> Told:
    notice, context = _of_notice(letter)
    if notice.confirmed_at is not None:
        return None
    return notice.email, {**context, "url": address("comments:confirm_notice", token_of(notice, NOTICE_MAIL))}


def _outcome(letter: Letter, together: list[Letter]) -> Told:
    notice, context = _of_notice(letter)
    context |= {"answer": notice.answer, "outcome": notice.outcome_words}
    if letter.facts:
        context |= {"answer": letter.facts["answer"], "outcome": Outcome(letter.facts["outcome"]).label}
    return notice.email, {**context, "url": address("comments:notice", token_of(notice, NOTICE))}


def _error(letter: Letter, together: list[Letter]) -> Told:
    notice, context = _of_notice(letter)
    if not settings.TRIBUNA_ERRORS_MAIL:
        return None
    url = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('comments_error', args=[notice.pk])}"
    return settings.TRIBUNA_ERRORS_MAIL, {**context, "url": url}


def _rights(letter: Letter, together: list[Letter]) -> Told:
    return letter.email, {"url": address("comments:rights", proof_of(letter.email))}


_TOLD = {
    Letter.Kind.CONFIRM: _confirm,
    Letter.Kind.REPLIES: _replies,
    Letter.Kind.DECISION: _decision,
    Letter.Kind.NOTICE: _notice,
    Letter.Kind.OUTCOME: _outcome,
    Letter.Kind.ERROR: _error,
    Letter.Kind.RIGHTS: _rights,
}
