"""What is read of a thread: a page of it, a page of one branch, and the counts of any number of pages.

The order of a thread: conversations newest first, unless another order is asked for, within one as it was written below
each comment. A cursor is the id of the last comment shown, in the order of respect with the respect its conversation
had, so a page never shifts, however many comments and votes come or go.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Case, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from tribuna.comments.models import ID_BYTES, Comment, ThreadStat, after_branch
from tribuna.comments.queries.nesting import Answered, Node, Shown, nested
from tribuna.core.prepared import prepared
from tribuna.core.text import whole_number
from tribuna.press.actions import shows


class Sort(StrEnum):
    """In which order the conversations of a page come."""

    NEWEST = "newest"
    OLDEST = "oldest"
    RESPECTED = "respected"


class BrokenCursor(ValueError):  # noqa: N818
    """No comment of this page has that id."""


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """A page of a thread. Its first nodes may be replies, where the page before ended within a conversation."""

    nodes: list[Node]
    next_cursor: str | None
    total: int  # visible comments under the article
    pinned: Shown | None = None  # of the first page: what the newsroom wants to stand above


@dataclass(frozen=True, slots=True)
class BranchPage:
    """A page of the comments below one, which the first page begins with."""

    nodes: list[Node]
    next_cursor: str | None


def comment_counts(page_ids: Iterable[int]) -> dict[int, int]:
    """Return the number of visible comments of each page, in one query for all of them."""
    counts = dict.fromkeys(page_ids, 0)
    if counts:
        shows(*(f"comments:{pk}" for pk in counts))
        counts.update(_counts(list(counts)))
    return counts


@prepared
def _counts(page_ids: list[int]) -> QuerySet[ThreadStat, tuple[int, int]]:
    return ThreadStat.objects.filter(page__in=page_ids).values_list("page_id", "visible_count")


def thread_page(
    page_id: int, after: str | None = None, size: int | None = None, *, sort: Sort = Sort.NEWEST
) -> ThreadPage:
    """Return the *size* (``TRIBUNA_COMMENTS_PER_PAGE``) visible comments that follow the cursor *after*.

    Four queries at most for the first page and five for any other. Raises BrokenCursor.
    """
    shows(f"comments:{page_id}")
    size = size or settings.TRIBUNA_COMMENTS_PER_PAGE
    if after is None:
        roots = _roots(page_id, sort=sort, size=size + 1)
        rows = _conversations(roots, page_id=page_id, size=size + 1)
        total, pinned = (roots[0].total, roots[0].pinned) if roots else (0, None)
    else:
        cursor = _cursor(page_id, after, sort=sort)
        rows, roots = _rest(page_id, cursor, sort=sort, size=size + 1)
        total, pinned = cursor.total, None
    next_cursor = _cursor_after(rows[size - 1], roots, sort=sort) if len(rows) > size else None
    return ThreadPage(nested(rows[:size]), next_cursor, total, _pinned(pinned) if pinned else None)


def branch_page(comment: Comment, after: str | None = None, size: int | None = None) -> BranchPage:
    """Return the first *size* visible comments of the branch that begins with *comment*, or those after *after*.

    One query, or three with a cursor. Raises BrokenCursor.
    """
    shows(f"comments:{comment.page_id}")
    size = size or settings.TRIBUNA_COMMENTS_PER_PAGE
    top = start = bytes(comment.path)
    if after is not None:
        start = _cursor(comment.page_id, after, sort=Sort.NEWEST).path + b"\0"
        if not start.startswith(top):
            raise BrokenCursor(after)
    rows = _shown(_in_branch(comment.page_id, start, after_branch(top), size=size + 1))
    return BranchPage(nested(rows[:size], top=comment.depth), str(rows[size - 1].pk) if len(rows) > size else None)


class Root(NamedTuple):
    """The first comment of a conversation, the visible ones below it, and what is known of the whole article."""

    pk: int
    replies: int
    respect: int
    total: int
    pinned: int | None


class Cursor(NamedTuple):
    """The last comment that was shown, its conversation, and the visible comments of the whole article."""

    path: bytes
    began_at: datetime
    root: int
    replies: int
    total: int
    respect: int  # that the conversation had then


_ORDERS = {
    Sort.NEWEST: ("-created_at", "-id"),
    Sort.OLDEST: ("created_at", "id"),
    Sort.RESPECTED: ("-respect", "-id"),
}


def _roots(page_id: int, last: Cursor | None = None, *, sort: Sort, size: int) -> list[Root]:
    """Return the first *size* roots, or those that follow the conversation of *last*."""
    moment, number, respect = (last.began_at, last.root, last.respect) if last else (None, None, None)
    rows = _following(page_id, moment, number, respect, sort=sort, size=size, goes_on=last is not None)
    return [Root(*row) for row in rows]


@prepared
def _following(
    page_id: int,
    moment: datetime | None,
    number: int | None,
    respect: int | None,
    *,
    sort: Sort,
    size: int,
    goes_on: bool,
) -> QuerySet[Comment, tuple[Any, ...]]:
    roots = Comment.objects.under(page_id).public().filter(parent=None).order_by(*_ORDERS[sort])
    if goes_on and sort is Sort.NEWEST:
        roots = roots.filter(Q(created_at__lt=moment) | Q(id__lt=number), created_at__lte=moment)
    elif goes_on and sort is Sort.OLDEST:
        roots = roots.filter(Q(created_at__gt=moment) | Q(id__gt=number), created_at__gte=moment)
    elif goes_on:
        roots = roots.filter(Q(respect__lt=respect) | Q(id__lt=number), respect__lte=respect)
    stat = ThreadStat.objects.filter(page=page_id)
    about = Subquery(stat.values("visible_count")), Subquery(stat.values("pinned"))
    return roots.values_list("pk", "replies", "respect", *about)[:size]


def _rest(page_id: int, cursor: Cursor, *, sort: Sort, size: int) -> tuple[list[Shown], list[Root]]:
    """Return the *size* comments that follow *cursor*: the rest of its conversation, then others; and their roots."""
    first = cursor.path + b"\0"  # what comes right after it, bytewise
    end = after_branch(cursor.root.to_bytes(ID_BYTES))
    rows = _shown(_in_branch(page_id, first, end, size=size)) if cursor.replies else []
    roots = [Root(cursor.root, cursor.replies, cursor.respect, 0, None)]
    if len(rows) < size:
        more = _roots(page_id, cursor, sort=sort, size=size)
        rows += _conversations(more, page_id=page_id, size=size, room=size - len(rows))
        roots += more
    return rows, roots


def _conversations(roots: list[Root], *, page_id: int, size: int, room: int | None = None) -> list[Shown]:
    """Return the first *room* comments, or *size*, of the conversations that begin with *roots*, in reading order."""
    begun: list[int] = []
    left = room = room or size
    for root in roots:
        begun.append(root.pk)
        left -= 1 + root.replies
        if left <= 0:
            break
    place = {root_id: number for number, root_id in enumerate(begun)}
    cut = begun.pop() if left < -size else None  # the last has far more than there is room for
    rows = _shown(_begun(begun)) if begun else []
    if cut is not None:
        start = cut.to_bytes(ID_BYTES)
        rows += _shown(_in_branch(page_id, start, after_branch(start), size=size))
    return sorted(rows, key=lambda row: (place[row.root_id or row.pk], row.path))[:room]


_OF_SHOWN = (*Shown._fields[:-1], "reply_to_id", Case(When(reply_to__visible=True, then="reply_to__name")))


@prepared
def _begun(root_ids: list[int]) -> QuerySet[Comment, tuple[Any, ...]]:
    return Comment.objects.public().filter(Q(pk__in=root_ids) | Q(root__in=root_ids)).values_list(*_OF_SHOWN)


def _pinned(comment_id: int) -> Shown | None:
    return next(iter(_shown(_one(comment_id))), None)


@prepared
def _one(comment_id: int) -> QuerySet[Comment, tuple[Any, ...]]:
    return Comment.objects.public().filter(pk=comment_id).exclude(body_html="").values_list(*_OF_SHOWN)


@prepared
def _in_branch(page_id: int, after: bytes, before: bytes, *, size: int) -> QuerySet[Comment, tuple[Any, ...]]:
    """Return the first *size* comments between two paths."""
    branch = Comment.objects.under(page_id).public().filter(path__gte=after, path__lt=before)
    return branch.order_by("path").values_list(*_OF_SHOWN)[:size]


def _shown(rows: Iterable[tuple[Any, ...]]) -> list[Shown]:
    return [
        Shown._make((pk, root, depth, bytes(path), *rest, None if name is None else Answered(answered, name)))
        for pk, root, depth, path, *rest, answered, name in rows
    ]


def _cursor(page_id: int, after: str, *, sort: Sort) -> Cursor:
    """Return what *after* means: an id, and in the order of respect "id-respect"."""
    number, _, respect = after.partition("-") if sort is Sort.RESPECTED else (after, "", "0")
    known, rank = whole_number(number), whole_number(respect)
    last = _last(page_id, known) if known is not None and rank is not None else []
    if not last or rank is None:
        raise BrokenCursor(after)
    path, *about = last[0]
    return Cursor._make((bytes(path), *about, rank))


def _cursor_after(last: Shown, roots: list[Root], *, sort: Sort) -> str:
    if sort is not Sort.RESPECTED:
        return str(last.pk)
    [respect] = (root.respect for root in roots if root.pk == (last.root_id or last.pk))
    return f"{last.pk}-{respect}"


@prepared
def _last(page_id: int, number: int) -> QuerySet[Comment, tuple[Any, ...]]:
    of_root = [Coalesce(f"root__{name}", name) for name in ("created_at", "pk", "replies")]
    total = Subquery(ThreadStat.objects.filter(page=page_id).values("visible_count"))
    return Comment.objects.under(page_id).filter(pk=number).values_list("path", *of_root, Coalesce(total, 0))
