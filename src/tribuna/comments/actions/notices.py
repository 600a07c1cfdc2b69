"""Readers' reports: taken, proved to come from an address, settled and told."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from tribuna.comments.actions.letters import TooManyLetters, note_asked, post_letter
from tribuna.comments.models import Comment, Letter, Notice, Outcome
from tribuna.comments.models.notices import NONCE_HEX_DIGITS
from tribuna.comments.queries.letters import address_ref, mail_is_configured
from tribuna.comments.signals import notice_received, notice_settled, notices_released
from tribuna.core.signing import keyed_hash
from tribuna.humans.actions import spend_proof
from tribuna.humans.base import Proof


class NoticeSettled(Exception):  # noqa: N818
    """Somebody else has decided; *notice* says what."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.outcome)
        self.notice = notice


@transaction.atomic
def file_notice(
    page: Page, *, explanation: str, language: str, proof: Proof, comment: Comment | None = None, **fields: Any
) -> Notice:
    """Store a report of *comment*, or without one of an error in the article *page*; return it.

    *fields* are ``ground``, ``cited``, ``name``, ``email`` and ``good_faith`` of the model, cleaned. Whoever left an
    address is asked by mail whether it is theirs. Raises what ``humans.actions.spend_proof`` raises.
    """
    spend_proof(proof)
    notice = Notice.objects.create(
        page_id=page.pk,
        comment=comment,
        explanation=explanation,
        language=language,
        nonce=notice_nonce(proof),
        at=timezone.now(),
        address_ref=address_ref(fields["email"]) if fields.get("email") else "",
        **fields,
    )
    if notice.email and mail_is_configured():
        _ask_address(notice, network=proof.network)
    if notice.is_error and settings.TRIBUNA_ERRORS_MAIL and mail_is_configured():
        post_letter(Letter.Kind.ERROR, language=settings.LANGUAGE_CODE, notice=notice)
    notice_received.send(sender=Notice, notice=notice)
    return notice


def notice_nonce(proof: Proof) -> str:
    """Return the nonce of a report: the same for the same *proof*, so that a form sent twice finds its receipt."""
    return keyed_hash("comments.notice.nonce", proof.nonce)[:NONCE_HEX_DIGITS]


def confirm_notice(notice: Notice) -> None:
    """Note that the address under *notice* is its author's; a decision that was taken meanwhile is told now."""
    if Notice.objects.filter(pk=notice.pk, confirmed_at=None).update(confirmed_at=timezone.now()):
        notice.refresh_from_db()
        tell_outcome(notice)


@transaction.atomic
def settle_notice(notice: Notice, *, outcome: str, answer: str, actor: Any) -> Notice:
    """Write down what becomes of *notice* and why, and tell its author; return it, brought up to date.

    Upheld, the comment is taken down by whoever listens to ``notice_settled``, in this transaction. Raises
    NoticeSettled when somebody has decided before.
    """
    fields = {"outcome": outcome, "answer": answer, "decided_at": timezone.now(), "decided_by": actor}
    mine = Notice.objects.open().filter(pk=notice.pk).update(**fields)
    notice.refresh_from_db()
    if not mine:
        raise NoticeSettled(notice)
    notice_settled.send(sender=Notice, notice=notice, actor=actor)
    tell_outcome(notice)
    return notice


def tell_outcome(notice: Notice, **facts: str) -> None:
    """Write to who made *notice* what became of it, if the address is theirs and there is something to tell.

    *facts* are another ``outcome`` and ``answer``, where they came after those of the report itself.
    """
    if notice.confirmed_at and notice.outcome != Outcome.OPEN and mail_is_configured():
        post_letter(Letter.Kind.OUTCOME, language=notice.language, notice=notice, facts=facts)


@transaction.atomic
def release_notices(notices: QuerySet[Notice]) -> int:
    """Take their authors' names and addresses off *notices*, and return how many there were."""
    notices_released.send(sender=Notice, notices=notices)
    Letter.objects.filter(notice__in=notices.values("pk"), kind__in=(Letter.Kind.NOTICE, Letter.Kind.OUTCOME)).delete()
    return notices.update(name="", email="", address_ref="", confirmed_at=None)


def _ask_address(notice: Notice, *, network: str) -> None:
    try:
        note_asked(notice.email, network=network)
    except TooManyLetters:  # the receipt says all that a mail would
        return
    post_letter(Letter.Kind.NOTICE, language=notice.language, notice=notice)
