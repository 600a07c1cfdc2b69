"""How a comment comes in: cleaned, judged, and stored with its receipt in one transaction."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop
from wagtail.models import Page

from tribuna.comments.actions.storing import CommentRefused, Incoming, store_together
from tribuna.comments.base import Decision, Draft, Judge, Policy, Reason, Verdict
from tribuna.comments.models import NAME_MAX_CHARACTERS, Comment, State
from tribuna.comments.queries import Place, Rules, rules_of
from tribuna.core.convoy import Convoy
from tribuna.core.plug import plugs
from tribuna.core.prepared import prepared
from tribuna.core.signing import daily_hash, keyed_hash, keyed_hashes
from tribuna.core.text import clean_line, clean_text, render_text
from tribuna.humans.base import Outcome, Proof

logger = logging.getLogger(__name__)

SECRET_HEX_DIGITS = 40

ASKED_FOR_MODERATOR = Reason(gettext_noop("The reader asked for a moderator."))
COULD_NOT_TELL = Reason(gettext_noop("Nothing told us that a person sent this, so a moderator will decide."))
FIRST_IS_READ = Reason(gettext_noop("A moderator reads the first comment of every author before it appears."))
PAGE_IS_PREMODERATED = Reason(gettext_noop("A moderator reads all comments on this article before they appear."))
CHECK_FAILED = Reason(gettext_noop("An automatic check failed, so a moderator will decide."))

STATES = {Decision.PUBLISH: State.PUBLISHED, Decision.HOLD: State.HELD, Decision.REJECT: State.REJECTED}
_together = Convoy(store_together)  # all comments of this process, whatever their page: in SQLite they wait anyway


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
    verdict = verdict_on(draft, policy=rules.policy, proof=proof)
    comment = _drafted(draft, state=STATES[verdict.decision], written=written, reply_to=reply_to, proof=proof)
    secret = receipt_secret(proof)
    incoming = Incoming(comment, draft, verdict, keyed_hash("comments.receipt", secret), proof)
    return Submitted(_together.carry(incoming, place=page.pk), secret)


def _drafted(
    draft: Draft, *, state: State, written: datetime, reply_to: Comment | None, proof: Proof | None
) -> Comment:
    """Return the comment that *draft* becomes, without a place."""
    return Comment(
        page_id=draft.page_id,
        created_at=written,
        state=state.value,
        author_ref=draft.author_ref,
        name=draft.name,
        lang=draft.language,
        body_source=draft.text,
        body_html=render_text(draft.text),
        reply_to_id=None if reply_to is None else reply_to.pk,
        pass_epoch=None if proof is None else proof.pass_epoch,
    )


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


def verdict_on(draft: Draft, *, policy: str, proof: Proof | None = None) -> Verdict:
    """Return what the judges, the *policy* of the page and the *proof* say of *draft* together: the strictest wins."""
    verdicts = [_opinion(judge, draft) for judge in plugs(settings.TRIBUNA_JUDGES)]
    if policy == Policy.FIRST_HELD and draft.is_newcomer:
        verdicts.append(Verdict(Decision.HOLD, (FIRST_IS_READ,)))
    if policy == Policy.PREMODERATED:
        verdicts.append(Verdict(Decision.HOLD, (PAGE_IS_PREMODERATED,)))
    if proof is not None and proof.outcome is Outcome.HELD:
        verdicts.append(Verdict(Decision.HOLD, (ASKED_FOR_MODERATOR if proof.challenge else COULD_NOT_TELL,)))
    against = [verdict for verdict in verdicts if verdict.decision > Decision.PUBLISH]
    against.sort(key=lambda verdict: verdict.decision, reverse=True)
    strictest = against[0].decision if against else Decision.PUBLISH
    return Verdict(strictest, tuple(reason for verdict in against for reason in verdict.reasons))


def _opinion(judge: Judge, draft: Draft) -> Verdict:
    try:
        return judge.judge(draft)
    except Exception:
        logger.exception("The judge %s failed; the comment is held.", type(judge).__name__)
        return Verdict(Decision.HOLD, (CHECK_FAILED,))
