"""What moderators and judges decide of a comment: one transaction each."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from tribuna.comments.actions.threads import count_change, lock_thread
from tribuna.comments.base import Reason, as_json
from tribuna.comments.models import Comment, Receipt, State
from tribuna.comments.signals import comment_state_changed
from tribuna.humans.actions import note_spam


class StateMoved(Exception):  # noqa: N818
    """Somebody else decided first; *state* is what the comment is now."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.state = state


def publish_comment(comment: Comment, *, reasons: Sequence[Reason] = (), was: str | None = None) -> Comment:
    """Let everybody see *comment* and what was hidden below it on its account; return it, brought up to date.

    State, branch, counters and the *reasons* on the receipt change together. With *was*, raises StateMoved unless the
    comment still has that state; and always when its author took it back. The same holds for the three other verdicts.
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


def _decide(comment: Comment, state: State, *, reasons: Sequence[Reason], was: str | None) -> Comment:
    with transaction.atomic():
        lock_thread(comment.page_id)
        comment.refresh_from_db(fields=["state", "hidden_by", "visible", "path", "root"])
        if comment.state == State.WITHDRAWN or (was is not None and comment.state != was):
            raise StateMoved(State(comment.state))
        before = comment.state
        if before != state:
            change_state(comment, state)
        Receipt.objects.filter(comment=comment).update(reasons=as_json(reasons))
        if before != state:
            comment_state_changed.send(sender=Comment, comment=comment, was=before)
    return comment


def change_state(comment: Comment, state: State) -> None:
    """Bring *comment*, freshly read, into another *state*, and its branch with it. Whoever asks holds the thread."""
    branch = Comment.objects.branch(comment)
    below = branch.exclude(pk=comment.pk)
    # Every comment names its nearest hidden ancestor. That changes only for those this one now stands nearest to, or
    # no longer hides.
    if comment.is_published:
        count_change(comment, -branch.public().count())
        below.filter(hidden_by=comment.hidden_by_id).update(hidden_by=comment.pk)
    if State.SPAM in {comment.state, state} and state != State.WITHDRAWN:  # which makes it no better
        note_spam(comment.pass_epoch, withdrawn=state != State.SPAM)
    branch.filter(pk=comment.pk).update(state=state)
    if state == State.PUBLISHED:
        below.filter(hidden_by=comment.pk).update(hidden_by=comment.hidden_by_id)
        count_change(comment, branch.public().count())
    comment.refresh_from_db(fields=["state", "visible", "replies"])
