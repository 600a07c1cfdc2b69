"""What is read of comments: a page of a thread, counts for any number of pages, a place, a receipt.

The order of a thread: conversations newest first, within one as it was written below each comment. A cursor is the id
of the last comment shown, so a page never shifts, however many comments come or go.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from wagtail.models import Page

from tribuna.comments.models import ID_BYTES, Comment, Receipt, ThreadStat, after_branch
from tribuna.core.prepared import prepared
from tribuna.core.signing import keyed_hashes
from tribuna.core.text import whole_number
from tribuna.press.actions import shows

SHOWN_LEVELS = 4  # what is deeper stands beside the fourth, and says whom it answers


class BrokenCursor(ValueError):  # noqa: N818
    """No comment of this page has that id."""


class Answered(NamedTuple):
    """A visible comment that another one answers, as far as it is shown there."""

    pk: int
    name: str


class Shown(NamedTuple):
    """A visible comment, as far as it is shown: of fifty on a page, each stored field would count."""

    pk: int
    root_id: int | None
    depth: int
    path: bytes
    created_at: datetime
    name: str
    lang: str
    body_html: str
    answers: Answered | None


@dataclass(slots=True)
class Node:
    """A visible comment in a page of a thread, and those shown below it."""

    comment: Shown
    level: int  # 0 to SHOWN_LEVELS - 1
    answers_here: bool  # the comment it answers stands on the same page
    replies: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """A page of a thread. Its first nodes may be replies, where the page before ended within a conversation."""

    nodes: list[Node]
    next_cursor: str | None
    total: int  # visible comments under the article


@dataclass(frozen=True, slots=True)
class Drift:
    """A page whose counters are not what they count; equal numbers mean that a conversation's counter is wrong."""

    page_id: int
    stored: int
    counted: int


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


def thread_page(page_id: int, after: str | None = None, size: int | None = None) -> ThreadPage:
    """Return the *size* (``TRIBUNA_COMMENTS_PER_PAGE``) visible comments that follow the cursor *after*.

    Three queries at most for the first page and six for any other. Raises BrokenCursor.
    """
    shows(f"comments:{page_id}")
    size = size or settings.TRIBUNA_COMMENTS_PER_PAGE
    if after is None:
        roots = _roots(page_id, size=size + 1)
        rows = _conversations(roots, page_id=page_id, size=size + 1)
        total = roots[0].total if roots else 0
    else:
        rows = _rest(page_id, _cursor(page_id, after), size=size + 1)
        total = comment_counts([page_id])[page_id]
    next_cursor = str(rows[size - 1].pk) if len(rows) > size else None
    return ThreadPage(_nested(rows[:size]), next_cursor, total)


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


def receipt_for(secret: str) -> Receipt | None:
    """Return the receipt at the address with this *secret*, its comment and page loaded."""
    hashes = keyed_hashes("comments.receipt", secret)
    return Receipt.objects.filter(secret_hash__in=hashes).select_related("comment__page").first()


def public_page(page_id: int) -> Page | None:
    """Return the page, in its own class, if it takes comments and readers may or once might read it (see ``live``).

    A private page is none, nor is one below it; an alias is as private as its original.
    """
    known = Page.objects.filter(Q(live=True) | Q(first_published_at__isnull=False), pk=page_id)
    page = known.specific().first()
    return page if hasattr(page, "comments_policy") and not page.get_view_restrictions().exists() else None


def drifts() -> list[Drift]:
    """Return the pages with a counter that is wrong."""
    stored = dict(ThreadStat.objects.values_list("page_id", "visible_count"))
    counted = dict(Comment.objects.public().values_list("page_id").annotate(Count("pk")))
    below = Comment.objects.public().filter(root=OuterRef("pk")).order_by().values("root").annotate(number=Count("pk"))
    roots = Comment.objects.filter(parent=None).annotate(below=Coalesce(Subquery(below.values("number")), 0))
    wrong = {page_id for page_id in stored | counted if stored.get(page_id, 0) != counted.get(page_id, 0)}
    wrong.update(roots.exclude(replies=F("below")).values_list("page_id", flat=True))
    return [Drift(page_id, stored.get(page_id, 0), counted.get(page_id, 0)) for page_id in sorted(wrong)]


class Root(NamedTuple):
    """The first comment of a conversation, the visible ones below it, and those under the whole article."""

    pk: int
    replies: int
    total: int


def _roots(page_id: int, last: Comment | None = None, *, size: int) -> list[Root]:
    """Return the newest *size* roots, or those that follow the root *last*."""
    moment, number = (last.created_at, last.pk) if last else (None, None)
    return [Root(*row) for row in _older_roots(page_id, moment, number, size=size, goes_on=last is not None)]


@prepared
def _older_roots(
    page_id: int, moment: datetime | None, number: int | None, *, size: int, goes_on: bool
) -> QuerySet[Comment, tuple[int, int, int]]:
    roots = Comment.objects.under(page_id).public().filter(parent=None).order_by("-created_at", "-id")
    if goes_on:
        roots = roots.filter(Q(created_at__lt=moment) | Q(id__lt=number), created_at__lte=moment)
    total = ThreadStat.objects.filter(page=page_id).values("visible_count")
    return roots.values_list("pk", "replies", Subquery(total))[:size]


def _rest(page_id: int, last: Comment, *, size: int) -> list[Shown]:
    """Return the *size* comments that follow *last*: the rest of its conversation, then older ones."""
    root = last.root or last
    first = bytes(last.path) + b"\0"  # what comes right after it, bytewise
    rows = _shown(_in_branch(page_id, first, after_branch(bytes(root.path)), size=size))
    if len(rows) < size:
        rows += _conversations(_roots(page_id, root, size=size), page_id=page_id, size=size, room=size - len(rows))
    return rows


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
    cut = begun.pop() if left < 0 else None  # the last has more than there is room for
    rows = _shown(_begun(begun)) if begun else []
    if cut is not None:
        start = cut.to_bytes(ID_BYTES)
        rows += _shown(_in_branch(page_id, start, after_branch(start), size=size))
    return sorted(rows, key=lambda row: (place[row.root_id or row.pk], row.path))[:room]


_OF_SHOWN = (*Shown._fields[:-1], "reply_to_id", Case(When(reply_to__visible=True, then="reply_to__name")))


@prepared
def _begun(root_ids: list[int]) -> QuerySet[Comment, tuple[Any, ...]]:
    return Comment.objects.public().filter(Q(pk__in=root_ids) | Q(root__in=root_ids)).values_list(*_OF_SHOWN)


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


def _cursor(page_id: int, after: str) -> Comment:
    number = whole_number(after)
    last = _last(page_id, number) if number is not None else []
    if not last:
        raise BrokenCursor(after)
    return last[0]


@prepared
def _last(page_id: int, number: int) -> QuerySet[Comment]:
    return Comment.objects.under(page_id).filter(pk=number).select_related("root")


def _nested(rows: list[Shown]) -> list[Node]:
    ids = {comment.pk for comment in rows}
    top: list[Node] = []
    above: list[Node] = []
    for comment in rows:
        answers_here = comment.answers is not None and comment.answers.pk in ids
        node = Node(comment, min(comment.depth, SHOWN_LEVELS - 1), answers_here)
        while above and not _is_below(node, above[-1]):
            above.pop()
        (above[-1].replies if above else top).append(node)
        above.append(node)
    return top


def _is_below(node: Node, other: Node) -> bool:
    return node.level > other.level and node.comment.path.startswith(other.comment.path)


def _before(comment: Comment) -> Comment:
    """Return the visible comment that stands right before *comment* in the thread; there must be one."""
    thread = Comment.objects.under(comment.page_id).public()
    root = comment.root
    if root is None:
        newer = thread.filter(Q(created_at__gt=comment.created_at) | Q(pk__gt=comment.pk), parent=None)
        root = newer.filter(created_at__gte=comment.created_at).earliest("created_at", "pk")
        return thread.branch(root).latest("path")
    return thread.branch(root).filter(path__lt=comment.path).latest("path")
