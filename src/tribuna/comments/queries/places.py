"""Where a comment stands among the others, so that a permalink leads there."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q

from tribuna.comments.models import ID_BYTES, Comment
from tribuna.comments.queries.nesting import SHOWN_LEVELS


def place_of(comment: Comment, size: int | None = None) -> str | None:
    """Return the cursor of a page that shows a visible *comment*: None for the first page, which is the article's own.

    It begins with the comment's conversation where that fits, else with the comment.
    """
    size = size or settings.TRIBUNA_COMMENTS_PER_PAGE
    root = comment.root or comment
    offset = Comment.objects.branch(root).public().filter(path__lt=comment.path)[:size].count()
    before = 0
    roots = Comment.objects.under(comment.page_id).public().filter(parent=None).order_by("-created_at", "-id")
    for root_id, replies in roots.values_list("pk", "replies")[:size]:
        if root_id == root.pk and before + offset < size:
            return None
        before += 1 + replies
    return str(_before(root if offset < size else comment).pk)


def branch_place_of(comment: Comment, size: int | None = None) -> tuple[int, str | None] | None:
    """Return the page of a branch that shows a visible *comment*: the id it begins with, and the cursor if it has one.

    None for a comment that is not so deep: those stand in the thread (``place_of``).
    """
    if comment.depth < SHOWN_LEVELS:
        return None
    size = size or settings.TRIBUNA_COMMENTS_PER_PAGE
    step = SHOWN_LEVELS - 1  # the last level of one page is the first of the next
    end = (step * ((comment.depth - 1) // step) + 1) * ID_BYTES
    above = bytes(comment.path)[:end]
    before = Comment.objects.under(comment.page_id).public().filter(path__gte=above, path__lt=comment.path)
    is_first = before[:size].count() < size
    cursor = None if is_first else str(before.latest("path").pk)
    return int.from_bytes(above[-ID_BYTES:]), cursor


def _before(comment: Comment) -> Comment:
    """Return the visible comment that stands right before *comment* in the thread; there must be one."""
    thread = Comment.objects.under(comment.page_id).public()
    root = comment.root
    if root is None:
        newer = thread.filter(Q(created_at__gt=comment.created_at) | Q(pk__gt=comment.pk), parent=None)
        root = newer.filter(created_at__gte=comment.created_at).earliest("created_at", "pk")
        return thread.branch(root).latest("path")
    return thread.branch(root).filter(path__lt=comment.path).latest("path")
