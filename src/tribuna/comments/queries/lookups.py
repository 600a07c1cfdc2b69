"""What is looked up of comments: a receipt, the page they stand under, and counters that are wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction, get_page_models

from tribuna.comments.models import Comment, Receipt, ThreadStat, Vote
from tribuna.core.prepared import prepared
from tribuna.core.signing import keyed_hashes
from tribuna.press.actions import remembered
from tribuna.press.base import SITE

MAX_ID = 2**63 - 1  # of a page: databases refuse to look for a greater one


@dataclass(frozen=True, slots=True)
class Drift:
    """A page whose counters are not what they count; equal numbers mean that another counter is wrong."""

    page_id: int
    stored: int
    counted: int


def receipt_for(secret: str) -> Receipt | None:
    """Return the receipt at the address with this *secret*, its comment and page loaded."""
    hashes = keyed_hashes("comments.receipt", secret)
    return Receipt.objects.filter(secret_hash__in=hashes).select_related("comment__page").first()


def public_page(page_id: int) -> Page | None:
    """Return the page, in its own class, if it takes comments and readers may or once might read it (see ``live``).

    A private page is none, nor is one below it; an alias is as private as its original.
    """
    if page_id > MAX_ID:
        return None
    for kind in _commentable():
        for page in _page(page_id, ContentType.objects.get_for_model(kind).pk, kind=kind):
            if not (page.is_any_private and page.get_view_restrictions().exists()):
                return page
    return None


class Place(NamedTuple):
    """Of a page that takes comments, what must be known to take one: a ``base.Commentable``, and no more."""

    pk: int
    live: bool
    expire_at: datetime | None
    comments_policy: str
    comments_close_days: int | None = None
    published_at: datetime | None = None
    first_published_at: datetime | None = None


def place_to_comment(page_id: int) -> Place | None:
    """Return what ``public_page`` would, as far as it matters to a comment: remembered, or in a third of the time."""
    if page_id > MAX_ID:
        return None
    return remembered(f"place {page_id}", lambda: (_place_to_comment(page_id), [SITE, f"page:{page_id}"]))


def _place_to_comment(page_id: int) -> Place | None:
    for kind, names in _commentable().items():
        content_type = ContentType.objects.get_for_model(kind).pk
        for is_any_private, *values in _place(page_id, content_type, kind=kind, names=names):
            if is_any_private and public_page(page_id) is None:
                return None
            return Place(**dict(zip(names, values, strict=True)))
    return None


@cache
def _commentable() -> dict[type[Page], tuple[str, ...]]:
    """Return the kinds of page that take comments, mostly one, with what they have of a ``Place``."""
    kinds: list[type[Page]] = [kind for kind in get_page_models() if hasattr(kind, "comments_policy")]
    known = {kind: {"pk", *(field.name for field in kind._meta.concrete_fields)} for kind in kinds}
    return {kind: tuple(name for name in Place._fields if name in known[kind]) for kind in kinds}


@prepared
def _page(page_id: int, content_type: int, *, kind: type[Page]) -> QuerySet[Any]:
    """Return the page of that *kind*, if it may be read, and whether the site has any page that is private.

    It comes without its stream fields: reading a long story takes longer than all else.
    """
    streams = [field.name for field in kind._meta.concrete_fields if isinstance(field, StreamField)]
    return _known(page_id, content_type, kind).defer(*streams)


@prepared
def _place(
    page_id: int, content_type: int, *, kind: type[Page], names: tuple[str, ...]
) -> QuerySet[Any, tuple[Any, ...]]:
    return _known(page_id, content_type, kind).values_list("is_any_private", *names)


def _known(page_id: int, content_type: int, kind: type[Page]) -> QuerySet[Any]:
    known = kind._default_manager.filter(Q(live=True) | Q(first_published_at__isnull=False), pk=page_id)
    private = Exists(PageViewRestriction.objects.all())
    found: QuerySet[Any] = known.filter(content_type=content_type).order_by().annotate(is_any_private=private)
    return found


def drifts() -> list[Drift]:
    """Return the pages with a counter that is wrong: of the page, of a conversation, or of the votes for a comment."""
    stored = dict(ThreadStat.objects.values_list("page_id", "visible_count"))
    counted = dict(Comment.objects.public().values_list("page_id").annotate(Count("pk")))
    below = Comment.objects.public().filter(root=OuterRef("pk")).order_by().values("root").annotate(number=Count("pk"))
    roots = Comment.objects.filter(parent=None).annotate(below=Coalesce(Subquery(below.values("number")), 0))
    wrong = {page_id for page_id in stored | counted if stored.get(page_id, 0) != counted.get(page_id, 0)}
    wrong.update(roots.exclude(replies=F("below")).values_list("page_id", flat=True))
    wrong.update(Comment.objects.filter(pk__in=misjudged()).values_list("page_id", flat=True))
    return [Drift(page_id, stored.get(page_id, 0), counted.get(page_id, 0)) for page_id in sorted(wrong)]


def misjudged() -> list[int]:
    """Return the ids of the comments whose counter of respect is not the number of their votes."""
    stored = set(Comment.objects.filter(respect__gt=0).values_list("pk", "respect"))
    counted = set(Vote.objects.values_list("comment_id").annotate(Count("pk")).order_by())
    return [comment_id for comment_id, _number in stored ^ counted]
