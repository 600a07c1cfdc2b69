"""The thread of one page: its lock, and the counters that change together with what readers see.

Locks are taken in one order: the proof's nonce, the page's ``ThreadStat`` row, then comments. Whoever writes in a
thread holds that row, so within one page writers queue and between pages they don't meet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from tribuna.comments.models import Comment, ThreadStat, Vote
from tribuna.comments.queries import Drift, drifts, misjudged
from tribuna.core.prepared import prepared, prepared_update
from tribuna.press.actions import changed


def lock_thread(page_id: int) -> None:
    """Make other writers in this page's thread wait until the transaction ends."""
    if not _locked(page_id):
        ThreadStat.objects.select_for_update().get_or_create(page_id=page_id)


@prepared
def _locked(page_id: int) -> QuerySet[ThreadStat, int]:
    return ThreadStat.objects.select_for_update().filter(pk=page_id).values_list("pk", flat=True)


def count_change(comment: Comment, change: int) -> None:
    """Add *change*, a number of visible comments in the branch of *comment*, to the page's and the root's counters.

    Of what was never visible the press hears nothing.
    """
    if not change:
        return
    note_change(comment.page_id, change, withdrawn=change < 0)
    replies = change if comment.root_id else change - (1 if change > 0 else -1)
    if replies:
        _count_below(comment.root_id or comment.pk, replies)


def count_new(comments: Iterable[Comment]) -> None:
    """Add new *comments*, those that can be seen, to their pages' and roots' counters."""
    seen = [comment for comment in comments if comment.visible]
    pages = Counter(comment.page_id for comment in seen)
    changed(*(f"comments:{page_id}" for page_id in pages))
    for page_id, count in sorted(pages.items()):
        _count(page_id, count)
    for root_id, count in sorted(Counter(comment.root_id for comment in seen if comment.root_id).items()):
        _count_below(root_id, count)


type _Written = tuple[QuerySet[Any, Any], dict[str, Any]]


@prepared_update
def _count_in_thread(page_id: int, change: int, moment: datetime) -> _Written:
    count = F("visible_count") + change
    return ThreadStat.objects.filter(pk=page_id), {
        "visible_count": count,
        "version": F("version") + 1,
        "last_at": moment,
    }


@prepared_update
def _count_below(root_id: int, change: int) -> _Written:
    return Comment.objects.filter(pk=root_id), {"replies": F("replies") + change}


def note_change(page_id: int, change: int = 0, *, withdrawn: bool = False) -> None:
    """Say that readers of this page's thread begin to see something else, and *change* more comments.

    *withdrawn*: what they saw must not be seen any more.
    """
    changed(f"comments:{page_id}", withdrawn=withdrawn)
    _count(page_id, change)


def _count(page_id: int, change: int) -> None:
    now = timezone.now()
    if not _count_in_thread(page_id, change, now):  # nobody has said anything there yet
        lock_thread(page_id)
        _count_in_thread(page_id, change, now)


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
            for comment_id in misjudged():
                thread.filter(pk=comment_id).update(respect=Vote.objects.filter(comment=comment_id).count())
            changed(f"comments:{drift.page_id}")
    return found
