"""What is done with comments. Every change of what readers see and of the counters is one transaction.

Locks are taken in one order: the proof's nonce, the page's ``ThreadStat`` row, then comments. Whoever writes in a
thread holds that row, so within one page writers queue and between pages they don't meet.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop
from wagtail.models import Page

from tribuna.comments.base import Decision, Draft, Judge, Policy, Reason, Verdict
from tribuna.comments.models import ID_BYTES, MAX_DEPTH, NAME_MAX_CHARACTERS, Comment, Receipt, State, ThreadStat
from tribuna.comments.queries import Drift, drifts
from tribuna.comments.signals import comment_submitted
from tribuna.core.plug import plugs
from tribuna.core.signing import daily_hash, keyed_hash, keyed_hashes
from tribuna.core.text import clean_line, clean_text, render_text
from tribuna.humans.actions import note_redeemed, note_spam, spend_proof
from tribuna.humans.base import Outcome, Proof
from tribuna.press.actions import changed

logger = logging.getLogger(__name__)

SECRET_HEX_DIGITS = 40

ASKED_FOR_MODERATOR = Reason(gettext_noop("The reader asked for a moderator."))
COULD_NOT_TELL = Reason(gettext_noop("Nothing told us that a person sent this, so a moderator will decide."))
PAGE_IS_PREMODERATED = Reason(gettext_noop("A moderator reads all comments on this article before they appear."))
CHECK_FAILED = Reason(gettext_noop("An automatic check failed, so a moderator will decide."))

_STATES = {Decision.PUBLISH: State.PUBLISHED, Decision.HOLD: State.HELD, Decision.REJECT: State.REJECTED}


class CommentRefused(Exception):  # noqa: N818
    """A comment can't be taken as it is; nothing was stored and the proof is not used up."""


class PageClosed(CommentRefused):
    """This page takes no comments."""


class NothingToSay(CommentRefused):
    """The text or the name is empty once cleaned."""


class TooLong(CommentRefused):
    """The text or the name has *count* characters once cleaned, of *allowed*."""

    def __init__(self, count: int, allowed: int) -> None:
        super().__init__(f"{count} > {allowed}")
        self.count, self.allowed = count, allowed


class ReplyGone(CommentRefused):
    """The comment that this one answers is not visible, or not on this page."""


class StateMoved(Exception):  # noqa: N818
    """Somebody else decided first; *state* is what the comment is now."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True, slots=True)
class Submitted:
    """A stored comment, and the secret in the address of its receipt, which is kept nowhere."""

    comment: Comment
    secret: str


def submit_comment(
    page: Page,
    *,
    text: str,
    name: str,
    language: str,
    email: str = "",
    network: str = "",
    reply_to: Comment | None = None,
    proof: Proof | None = None,
    at: datetime | None = None,
) -> Submitted:
    """Store what a reader typed under *page* and return it with the secret of its receipt.

    *text* and *name* may come as typed; *language* is a Django language code, *network* the prefix of
    ``core.net.network_prefix``, *at* the moment it was written (now). The judges of ``TRIBUNA_JUDGES`` decide before
    the transaction, the strictest wins. Raises CommentRefused, or what ``humans.actions.spend_proof`` raises.
    """
    if page.comments_policy == Policy.CLOSED:
        raise PageClosed
    written = at or timezone.now()
    draft = _draft(page, text, name, language, email=email, network=network, written=written)
    verdict = _verdict(draft, policy=page.comments_policy, proof=proof)
    secret = receipt_secret(proof)
    with transaction.atomic():
        if proof is not None:
            spend_proof(proof)
        lock_thread(page.pk)
        comment = _stored(draft, verdict, written=written, reply_to=reply_to, proof=proof)
        Receipt.objects.create(
            comment=comment,
            secret_hash=keyed_hash("comments.receipt", secret),
            email=email,
            reasons=_as_json(verdict.reasons),
        )
        comment_submitted.send(sender=Comment, comment=comment, draft=draft, verdict=verdict)
    return Submitted(comment, secret)


def receipt_secret(proof: Proof | None) -> str:
    """Return the secret for a receipt: the same for the same *proof*, so that a form sent twice finds its receipt."""
    return keyed_hash("comments.receipt.secret", proof.nonce if proof else secrets.token_hex())[:SECRET_HEX_DIGITS]


def publish_comment(comment: Comment, *, reasons: Sequence[Reason] = (), was: str | None = None) -> Comment:
    """Let everybody see *comment* and what was hidden below it on its account; return it, brought up to date.

    State, branch, counters and the *reasons* on the receipt change together. With *was*, raises StateMoved unless the
    comment still has that state. The same holds for the three other verdicts.
    """
    return _decide(comment, State.PUBLISHED, reasons=reasons, was=was)


def hold_comment(comment: Comment, *, reasons: Sequence[Reason] = (), was: str | None = None) -> Comment:
    """Put *comment* into the queue, and hide it with all that stands below it."""
    return _decide(comment, State.HELD, reasons=reasons, was=was)


def reject_comment(comment: Comment, *, reasons: Sequence[Reason] = (), was: str | None = None) -> Comment:
    """Hide *comment* with all that stands below it; the receipt says why."""
    return _decide(comment, State.REJECTED, reasons=reasons, was=was)


def mark_comment_as_spam(comment: Comment, *, reasons: Sequence[Reason] = (), was: str | None = None) -> Comment:
    """Hide *comment* with all that stands below it, as spam."""
    return _decide(comment, State.SPAM, reasons=reasons, was=was)


def reconcile_counts() -> list[Drift]:
    """Compare every counter with what it counts, put right what differs, and return that: it should be nothing."""
    found = drifts()
    for drift in found:
        with transaction.atomic():
            lock_thread(drift.page_id)
            thread = Comment.objects.under(drift.page_id)
            ThreadStat.objects.filter(page_id=drift.page_id).update(
                visible_count=thread.public().count(), version=F("version") + 1, last_at=timezone.now()
            )
            for root in thread.filter(parent=None):
                below = thread.public().filter(root=root).count()
                thread.filter(pk=root.pk).exclude(replies=below).update(replies=below)
            changed(f"comments:{drift.page_id}")
    return found


def lock_thread(page_id: int) -> None:
    """Make other writers in this page's thread wait until the transaction ends."""
    ThreadStat.objects.select_for_update().get_or_create(page_id=page_id)


def _draft(page: Page, text: str, name: str, language: str, *, email: str, network: str, written: datetime) -> Draft:
    text, name = clean_text(text), clean_line(name)
    if not text or not name:
        raise NothingToSay
    for typed, allowed in (text, settings.TRIBUNA_COMMENT_MAX_CHARACTERS), (name, NAME_MAX_CHARACTERS):
        if len(typed) > allowed:
            raise TooLong(len(typed), allowed)
    known_as = keyed_hashes("author.email", email.strip().casefold()) if email.strip() else []
    return Draft(
        page_id=page.pk,
        text=text,
        name=name,
        language=language,
        author_ref=known_as[0] if known_as else "",
        network_ref=daily_hash("network", network, day=written.date()) if network else "",
        is_newcomer=not Comment.objects.filter(author_ref__in=known_as, state=State.PUBLISHED).exists(),
    )


def _verdict(draft: Draft, *, policy: str, proof: Proof | None) -> Verdict:
    verdicts = [_opinion(judge, draft) for judge in plugs(settings.TRIBUNA_JUDGES)]
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


def _stored(
    draft: Draft, verdict: Verdict, *, written: datetime, reply_to: Comment | None, proof: Proof | None
) -> Comment:
    comment = Comment(
        page_id=draft.page_id,
        created_at=written,
        state=_STATES[verdict.decision],
        author_ref=draft.author_ref,
        name=draft.name,
        lang=draft.language,
        body_source=draft.text,
        body_html=render_text(draft.text),
        pass_epoch=proof.pass_epoch if proof else None,
    )
    above = b"" if reply_to is None else _hang_below(comment, reply_to)
    comment.path = b""  # free within the page, whose thread is locked; the own path needs the id
    comment.save(force_insert=True)
    comment.path = above + comment.pk.to_bytes(ID_BYTES)
    Comment.objects.filter(pk=comment.pk).update(path=comment.path)
    _count(comment, int(comment.visible))
    note_redeemed(comment.pass_epoch)
    return comment


def _hang_below(comment: Comment, reply_to: Comment) -> bytes:
    """Place *comment* under the one it answers, or beside that when it is too deep; return the path above it."""
    answered = Comment.objects.under(comment.page_id).public().filter(pk=reply_to.pk).first()
    if answered is None:
        raise ReplyGone
    path = bytes(answered.path)
    too_deep = answered.depth == MAX_DEPTH
    comment.reply_to_id = answered.pk
    comment.parent_id = answered.parent_id if too_deep else answered.pk
    comment.root_id = answered.root_id or answered.pk
    comment.depth = answered.depth + (not too_deep)
    return path[:-ID_BYTES] if too_deep else path


def _decide(comment: Comment, state: State, *, reasons: Sequence[Reason], was: str | None) -> Comment:
    with transaction.atomic():
        lock_thread(comment.page_id)
        comment.refresh_from_db(fields=["state", "hidden_by", "visible", "path", "root"])
        if was is not None and comment.state != was:
            raise StateMoved(State(comment.state))
        if comment.state != state:
            _change_state(comment, state)
        Receipt.objects.filter(comment=comment).update(reasons=_as_json(reasons))
    return comment


def _change_state(comment: Comment, state: State) -> None:
    branch = Comment.objects.branch(comment)
    below = branch.exclude(pk=comment.pk)
    # Every comment names its nearest hidden ancestor. That changes only for those this one now stands nearest to, or
    # no longer hides.
    if comment.is_published:
        _count(comment, -branch.public().count())
        below.filter(hidden_by=comment.hidden_by_id).update(hidden_by=comment.pk)
    if State.SPAM in {comment.state, state}:
        note_spam(comment.pass_epoch, withdrawn=state != State.SPAM)
    branch.filter(pk=comment.pk).update(state=state)
    if state == State.PUBLISHED:
        below.filter(hidden_by=comment.pk).update(hidden_by=comment.hidden_by_id)
        _count(comment, branch.public().count())
    comment.refresh_from_db(fields=["state", "visible", "replies"])


def _count(comment: Comment, change: int) -> None:
    """Add *change*, a number of visible comments in the branch of *comment*, to the page's and the root's counters.

    This is also where readers begin to see something else; of what was never visible the press hears nothing.
    """
    if not change:
        return
    changed(f"comments:{comment.page_id}", withdrawn=change < 0)
    ThreadStat.objects.filter(page_id=comment.page_id).update(
        visible_count=F("visible_count") + change, version=F("version") + 1, last_at=timezone.now()
    )
    replies = change if comment.root_id else change - (1 if change > 0 else -1)
    if replies:
        Comment.objects.filter(pk=comment.root_id or comment.pk).update(replies=F("replies") + replies)


def _as_json(reasons: Sequence[Reason]) -> list[dict[str, object]]:
    return [asdict(reason) for reason in reasons]
