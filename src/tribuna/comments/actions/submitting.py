"""How a comment comes in: cleaned, judged, and stored with its receipt in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from tribuna.comments.actions.judging import Case, opened_case, verdicts_on
from tribuna.comments.actions.storing import CommentRefused, Incoming, store_together
from tribuna.comments.base import Decision, Draft, Verdict
from tribuna.comments.models import NAME_MAX_CHARACTERS, Comment, State
from tribuna.comments.queries import Place, Rules, rules_of
from tribuna.core.convoy import Convoy
from tribuna.core.prepared import prepared
from tribuna.core.signing import daily_hash, keyed_hash, keyed_hashes
from tribuna.core.text import clean_line, clean_text, render_text
from tribuna.humans.base import Proof

SECRET_HEX_DIGITS = 40

STATES = {Decision.PUBLISH: State.PUBLISHED, Decision.HOLD: State.HELD, Decision.REJECT: State.REJECTED}


class PageClosed(CommentRefused):
    """This page takes no comments, or none just now."""


class NothingToSay(CommentRefused):
    """The text or the name is empty once cleaned."""


class TooLong(CommentRefused):
    """The text or the name has *count* characters once cleaned, of *allowed*."""

    def __init__(self, count: int, allowed: int) -> None:
        super().__init__(f"{count} > {allowed}")
        self.count, self.allowed = count, allowed


@dataclass(frozen=True, slots=True)
class Submitted:
    """A stored comment, and the secret in the address of its receipt, which is kept nowhere."""

    comment: Comment
    secret: str


def submit_comment(
    page: Page | Place,
    *,
    text: str,
    name: str,
    language: str,
    email: str = "",
    network: str = "",
    reply_to: Comment | None = None,
    proof: Proof | None = None,
    rules: Rules | None = None,
    at: datetime | None = None,
) -> Submitted:
    """Store what a reader typed under *page* and return it with the secret of its receipt.

    *text* and *name* may come as typed; *language* is a Django language code, *network* the prefix of
    ``core.net.network_prefix``, *rules* what ``rules_of`` said a moment ago, *at* the moment it was written (now). The
    judges of ``TRIBUNA_JUDGES`` decide before the transaction, the strictest wins. Raises CommentRefused, or what
    ``humans.actions.spend_proof`` raises.
    """
    written = at or timezone.now()
    rules = rules or rules_of(page, at=written)
    if not rules.is_open:
        raise PageClosed
    draft = _draft(page, text, name, language, email=email, network=network, written=written)
    case = opened_case(draft, policy=rules.policy, proof=proof)
    arrival = Arrival(case, written, None if reply_to is None else reply_to.pk, receipt_secret(proof))
    return Submitted(_together.carry(arrival, place=page.pk), arrival.secret)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came in, before all judges have seen it."""

    case: Case
    written: datetime
    reply_to_id: int | None
    secret: str  # of its receipt


def judged(arrivals: Sequence[Arrival]) -> list[Incoming]:
    """Return the comments, without a place yet, that *arrivals* become."""
    verdicts = verdicts_on([arrival.case for arrival in arrivals])
    return [_incoming(arrival, verdict) for arrival, verdict in zip(arrivals, verdicts, strict=True)]


def _incoming(arrival: Arrival, verdict: Verdict) -> Incoming:
    draft, proof = arrival.case.draft, arrival.case.proof
    comment = Comment(
        page_id=draft.page_id,
        created_at=arrival.written,
        state=STATES[verdict.decision].value,
        author_ref=draft.author_ref,
        name=draft.name,
        lang=draft.language,
        body_source=draft.text,
        body_html=render_text(draft.text),
        reply_to_id=arrival.reply_to_id,
        pass_epoch=None if proof is None else proof.pass_epoch,
    )
    return Incoming(comment, draft, verdict, keyed_hash("comments.receipt", arrival.secret), proof)


# All comments of this process, whatever their page: in SQLite they wait for one another anyway.
_together = Convoy(store_together, prepare=judged)


def receipt_secret(proof: Proof | None) -> str:
    """Return the secret for a receipt: the same for the same *proof*, so that a form sent twice finds its receipt."""
    return keyed_hash("comments.receipt.secret", proof.nonce if proof else secrets.token_hex())[:SECRET_HEX_DIGITS]


def _draft(
    page: Page | Place, text: str, name: str, language: str, *, email: str, network: str, written: datetime
) -> Draft:
    text, name = cleaned(text), clean_line(name)
    if not name:
        raise NothingToSay
    if len(name) > NAME_MAX_CHARACTERS:
        raise TooLong(len(name), NAME_MAX_CHARACTERS)
    known_as = keyed_hashes("author.email", email.strip().casefold()) if email.strip() else []
    return Draft(
        page_id=page.pk,
        text=text,
        name=name,
        language=language,
        author_ref=known_as[0] if known_as else "",
        network_ref=daily_hash("network", network, day=written.date()) if network else "",
        is_newcomer=not known_as or not _published_by(known_as),
    )


@prepared
def _published_by(author_refs: list[str]) -> QuerySet[Comment, int]:
    known = Comment.objects.filter(author_ref__in=author_refs, state=State.PUBLISHED)
    return known.values_list("pk", flat=True)[:1]


def cleaned(text: str) -> str:
    """Return *text* as it is stored. Raises NothingToSay or TooLong."""
    text = clean_text(text)
    if not text:
        raise NothingToSay
    if len(text) > settings.TRIBUNA_COMMENT_MAX_CHARACTERS:
        raise TooLong(len(text), settings.TRIBUNA_COMMENT_MAX_CHARACTERS)
    return text
