"""What is read of comments: a page of a thread, counts for any number of pages, a place, a receipt.

The order of a thread: conversations newest first, within one as it was written below each comment. A cursor is the id
of the last comment shown, so a page never shifts, however many comments come or go.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import Page

from tribuna.comments.models import ID_BYTES, Comment, CommentQuerySet, Receipt, ThreadStat, after_branch
from tribuna.core.signing import keyed_hashes
from tribuna.core.text import whole_number

SHOWN_LEVELS = 4  # what is deeper stands beside the fourth, and says whom it answers

_SHOWN_FIELDS = [
    *("page", "parent", "root", "depth", "path", "created_at", "state", "hidden_by", "visible"),
    *("name", "lang", "body_html", "edited_at", "respect", "replies", "reply_to__name", "reply_to__visible"),
]


class BrokenCursor(ValueError):  # noqa: N818
    """No comment of this page has that id."""


@dataclass(slots=True)
class Node:
    """A visible comment in a page of a thread, and those shown below it."""

    comment: Comment
    level: int  # 0 to SHOWN_LEVELS - 1
    answers_here: bool  # the comment it answers stands on the same page
    replies: list[Node] = field(default_factory=list)

    @property
    def answers(self) -> Comment | None:
        """Return the comment it answers, of which only the name is loaded; None if it answers none that is visible."""
        answered = self.comment.reply_to
        return answered if answered is not None and answered.visible else None


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
        counts.update(ThreadStat.objects.filter(page_id__in=counts).values_list("page_id", "visible_count"))
    return counts


def thread_page(page_id: int, after: str | None = None, size: int | None = None) -> ThreadPage:
    """Return the *size* (``TRIBUNA_COMMENTS_PER_PAGE``) visible comments that follow the cursor *after*.

    Four queries at most for the first page and six for any other. Raises BrokenCursor.
    """
    size = size or settings.TRIBUNA_COMMENTS_PER_PAGE
    rows: list[Comment] = []
    older = Comment.objects.under(page_id).public().filter(parent=None).order_by("-created_at", "-id")
    if after is not None:
        last = _cursor(page_id, after)
        root = last.root or last
        rest = _shown().under(page_id).filter(path__gt=last.path, path__lt=after_branch(bytes(root.path)))
        rows += rest.order_by("path")[: size + 1]
        older = older.filter(Q(created_at__lt=root.created_at) | Q(id__lt=root.pk), created_at__lte=root.created_at)
    rows += _conversations(older, page_id=page_id, room=size + 1 - len(rows))
    more = len(rows) > size
    del rows[size:]
    return ThreadPage(_nested(rows), str(rows[-1].pk) if more else None, comment_counts([page_id])[page_id])


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


def _shown() -> CommentQuerySet:
    return Comment.objects.public().select_related("reply_to").only(*_SHOWN_FIELDS)


def _cursor(page_id: int, after: str) -> Comment:
    number = whole_number(after)
    if number is None:
        raise BrokenCursor(after)
    last = Comment.objects.under(page_id).filter(pk=number).select_related("root").first()
    if last is None:
        raise BrokenCursor(after)
    return last


def _conversations(older: CommentQuerySet, *, page_id: int, room: int) -> list[Comment]:
    """Return the first *room* comments of the conversations whose roots are *older*, each root before its replies."""
    begun: list[int] = []
    replies = 0
    for root_id, replies in older.values_list("pk", "replies")[: max(room, 0)]:
        begun.append(root_id)
        room -= 1 + replies
        if room <= 0:
            break
    cut = begun.pop() if room < 0 and begun else None  # the last has more than there is room for
    rows = list(_shown().filter(Q(pk__in=begun) | Q(root__in=begun))) if begun else []
    if cut is not None:
        start = cut.to_bytes(ID_BYTES)
        branch = _shown().under(page_id).filter(path__gte=start, path__lt=after_branch(start))
        rows += branch.order_by("path")[: 1 + replies + room]
    place = {root_id: number for number, root_id in enumerate([*begun, cut])}
    return sorted(rows, key=lambda comment: (place[comment.root_id or comment.pk], bytes(comment.path)))


def _nested(rows: list[Comment]) -> list[Node]:
    ids = {comment.pk for comment in rows}
    top: list[Node] = []
    above: list[Node] = []
    for comment in rows:
        node = Node(comment, min(comment.depth, SHOWN_LEVELS - 1), answers_here=comment.reply_to_id in ids)
        while above and not _is_below(node, above[-1]):
            above.pop()
        (above[-1].replies if above else top).append(node)
        above.append(node)
    return top


def _is_below(node: Node, other: Node) -> bool:
    return node.level > other.level and bytes(node.comment.path).startswith(bytes(other.comment.path))


def _before(comment: Comment) -> Comment:
    """Return the visible comment that stands right before *comment* in the thread; there must be one."""
    thread = Comment.objects.under(comment.page_id).public()
    root = comment.root
    if root is None:
        newer = thread.filter(Q(created_at__gt=comment.created_at) | Q(pk__gt=comment.pk), parent=None)
        root = newer.filter(created_at__gte=comment.created_at).earliest("created_at", "pk")
        return thread.branch(root).latest("path")
    return thread.branch(root).filter(path__lt=comment.path).latest("path")
