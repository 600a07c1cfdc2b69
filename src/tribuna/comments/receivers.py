"""What follows in the same transaction: mail from what happens to comments, fresh pages from what is set of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from tribuna.comments.actions.alerts import tell_author, tell_reply
from tribuna.comments.actions.rights import is_erased
from tribuna.comments.actions.storing import Incoming
from tribuna.comments.models import Comment, CommentSettings
from tribuna.comments.signals import comment_state_changed, comments_submitted
from tribuna.press.actions import changed
from tribuna.press.base import SITE


@receiver(post_save, sender=CommentSettings, dispatch_uid="comments.settings_saved")
def print_pages_anew(**_kwargs: Any) -> None:
    """Have all pages printed anew: a policy may have closed or opened each."""
    changed(SITE)


@receiver(comments_submitted, dispatch_uid="comments.tell_of_submitted")
def tell_of_submitted(submitted: Sequence[Incoming], **kwargs: Any) -> None:
    """Tell whom comments answer that were published at once."""
    for each in submitted:
        tell_reply(each.comment)


@receiver(comment_state_changed, dispatch_uid="comments.tell_of_decided")
def tell_of_decided(comment: Comment, was: str, **kwargs: Any) -> None:
    """Tell the author what was decided, and whom they answer that there is an answer now."""
    if not is_erased(comment):
        tell_author(comment, was=was)
        tell_reply(comment)
