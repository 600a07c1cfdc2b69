"""Readers respect a comment."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tribuna.comments.actions.threads import lock_thread, note_change
from tribuna.comments.models import Comment, Vote
from tribuna.core.signing import keyed_hash
from tribuna.humans.actions import spend_proof
from tribuna.humans.base import Outcome, Proof


class VoteRefused(Exception):  # noqa: N818
    """The comment isn't there to be respected, or nothing told us that a person is; the proof is not used up."""


def respect_comment(comment: Comment, *, proof: Proof) -> Comment:
    """Count one more reader's respect for *comment* and return it, brought up to date.

    One vote for each *proof*, and so for each pass: both are spent in the same transaction. No moderator looks at
    votes, so a proof that leaves it to one is refused. Raises VoteRefused, or what ``spend_proof`` raises.
    """
    if proof.outcome is not Outcome.PASSED:
        raise VoteRefused
    with transaction.atomic():
        spend_proof(proof)
        lock_thread(comment.page_id)
        comment.refresh_from_db()
        if not comment.visible or comment.is_withdrawn:
            raise VoteRefused
        Vote.objects.create(comment=comment, voter=_voter(proof), at=timezone.now())
        Comment.objects.filter(pk=comment.pk).update(respect=F("respect") + 1)
        note_change(comment.page_id)
        comment.refresh_from_db(fields=["respect"])
    return comment


def is_counted(comment: Comment, *, proof: Proof) -> bool:
    """Say whether *proof* was a vote for *comment* before: the same form came twice (a double click)."""
    return Vote.objects.filter(comment=comment, voter=_voter(proof)).exists()


def _voter(proof: Proof) -> str:
    """Return a keyed hash of what was spent: of the pass where one came along, else of the form's own number."""
    passes = [each.nonce for each in proof.evidence if each.epoch is not None]
    return keyed_hash("comments.vote", passes[0] if passes else proof.nonce)
