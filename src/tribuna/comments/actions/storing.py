"""How comments are stored: as many as came meanwhile, in one transaction, each in whole or not at all.

Every table is written to once, however many there are. Locks are taken in the order of ``threads``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tribuna.comments.actions.threads import count_new, lock_thread
from tribuna.comments.base import Draft, Verdict, as_json
from tribuna.comments.models import ID_BYTES, MAX_DEPTH, Comment, Receipt
from tribuna.comments.signals import comment_submitted, comments_submitted
from tribuna.core.inserts import insert_many, insert_rows, next_ids
from tribuna.humans.actions import AlreadySpent, note_redeemed, spend_proofs
from tribuna.humans.base import Proof


class CommentRefused(Exception):  # noqa: N818
    """A comment can't be taken as it is; nothing was stored and the proof is not used up."""


class ReplyGone(CommentRefused):
    """The comment that this one answers is not visible, or not on this page."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A comment that was judged and has no place yet, with all that is stored beside it."""

    comment: Comment  # with ``reply_to_id`` if it answers another
    draft: Draft
    verdict: Verdict
    secret_hash: str  # of its receipt
    proof: Proof | None


def store_together(incoming: list[Incoming]) -> list[Comment | AlreadySpent]:
    """Store those of *incoming* whose proofs were not used before; return the comments, or why not, in order.

    Raises ReplyGone where one answers what is gone; then none is stored.
    """
    is_fresh = spend_proofs([each.proof for each in incoming])
    fresh = [each for each, is_so in zip(incoming, is_fresh, strict=True) if is_so]
    store_comments([each.comment for each in fresh])
    insert_rows(
        Receipt,
        [
            {"comment_id": each.comment.pk, "secret_hash": each.secret_hash, "reasons": as_json(each.verdict.reasons)}
            for each in fresh
        ],
    )
    for epoch, count in sorted(Counter(filter(None, (each.comment.pass_epoch for each in fresh))).items()):
        note_redeemed(epoch, count)
    if fresh:
        comments_submitted.send(sender=Comment, submitted=fresh)
    for each in fresh:
        comment_submitted.send(sender=Comment, comment=each.comment, draft=each.draft, verdict=each.verdict)
    return [each.comment if is_so else AlreadySpent() for each, is_so in zip(incoming, is_fresh, strict=True)]


def store_comments(comments: Sequence[Comment]) -> None:
    """Put new *comments*, which have their HTML, into their places, and count them. Raises ReplyGone."""
    if not comments:
        return
    answered = _answered(comments)
    for comment, number in zip(comments, next_ids(Comment, len(comments)), strict=True):
        above = _hang_below(comment, answered.get(comment.reply_to_id)) if comment.reply_to_id else b""
        comment.pk = number  # its own path needs it
        comment.path = above + number.to_bytes(ID_BYTES)
        comment.visible = comment.is_published  # as the database computes it
    insert_many(comments)
    count_new(comments)


def _answered(comments: Collection[Comment]) -> dict[int | None, Comment]:
    """Return by id the visible comments that are answered, in threads where nobody can hide them meanwhile."""
    ids = {comment.reply_to_id for comment in comments if comment.reply_to_id}
    if not ids:
        return {}
    for page_id in sorted({comment.page_id for comment in comments}):
        lock_thread(page_id)
    return {answered.pk: answered for answered in Comment.objects.public().filter(pk__in=ids)}


def _hang_below(comment: Comment, answered: Comment | None) -> bytes:
    """Place *comment* under the one it answers, or beside that when it is too deep; return the path above it."""
    if answered is None or answered.page_id != comment.page_id:
        raise ReplyGone
    path = bytes(answered.path)
    too_deep = answered.depth == MAX_DEPTH
    comment.parent_id = answered.parent_id if too_deep else answered.pk
    comment.root_id = answered.root_id or answered.pk
    comment.depth = answered.depth + (not too_deep)
    return path[:-ID_BYTES] if too_deep else path
