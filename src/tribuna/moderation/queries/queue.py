"""What the desk reads: the queue, one comment, the record of decisions. A handful of queries for any number of rows.

Pages follow the ids (keyset), so they never shift while moderators decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from wagtail.models import Page

from tribuna.comments.base import Reason
from tribuna.comments.models import Comment, State
from tribuna.moderation.models import RESTRICTING, Decision, RuleVersion
from tribuna.moderation.queries.alike import alike_waiting, groups_of
from tribuna.moderation.queries.rules import cited_in
from tribuna.newsroom.models import SectionPage
from tribuna.people.models import User

EARLIER_SHOWN = 3  # comments of the same author


@dataclass(frozen=True, slots=True)
class Filters:
    """Which comments are wanted. Empty values leave out nothing."""

    state: str = State.HELD
    section: SectionPage | None = None
    page_id: int | None = None
    language: str = ""
    judge: str = ""  # the name of a judge who had something to say when the comment came in
    author_ref: str = ""
    alike_id: int | None = None  # the id of a comment: those that say nearly the same
    newest_first: bool = False

    @property
    def folds(self) -> bool:
        """Say whether those that say nearly the same stand in one row."""
        return self.state == State.HELD and not self.alike_id


@dataclass(frozen=True, slots=True)
class Row:
    """A comment as a moderator sees it."""

    comment: Comment
    latest: Decision | None  # none for a comment that did not come in through the form
    published: int  # comments of the same author that are published; this one counts where it belongs
    rejected: int  # and those rejected or marked as spam
    earlier: Sequence[Comment] = ()  # the author's last others
    alike: Sequence[int] = ()  # ids of others that wait and say nearly the same

    @property
    def reasons(self) -> list[Reason]:
        """Return why the comment is in its state."""
        return self.latest.why if self.latest else []

    @property
    def together(self) -> Sequence[int]:
        """Return the ids of those that can be decided on with it at once."""
        return self.alike[: settings.TRIBUNA_DESK_BULK_MAXIMUM]


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue, and the cursor of the next one."""

    rows: list[Row]
    next_cursor: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision in the record, with its comment (none when that went with its page) and the rule it cites."""

    decision: Decision
    comment: Comment | None
    rule: RuleVersion | None


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A page of the record, and the cursor of the next one."""

    entries: list[Entry]
    next_cursor: int | None


def waiting_count() -> int:
    """Return how many comments wait for a moderator."""
    return Comment.objects.filter(state=State.HELD).count()


def count_below(*pages: Page) -> int:
    """Return how many comments, in any state, stand under *pages* and the pages below them."""
    inside = Q(page__in=[page.pk for page in pages])
    for page in pages:
        if page.numchild:
            inside |= Q(page__path__startswith=page.path)
    return Comment.objects.filter(inside).count()


def queue_page(filters: Filters, *, after: int | None = None) -> QueuePage:
    """Return ``TRIBUNA_DESK_ROWS_PER_PAGE`` comments, those after the one with the id *after*, in five queries at most.

    Of comments that wait and say nearly the same, the first stands for all.
    """
    comments = _wanted(filters).order_by("-pk" if filters.newest_first else "pk")
    groups: Mapping[int, list[int]] = {}
    if filters.folds:
        groups = groups_of(comments)
        comments = comments.filter(pk__in=_heads(groups, filters, after))
    if after is not None:
        comments = comments.filter(pk__lt=after) if filters.newest_first else comments.filter(pk__gt=after)
    found, next_cursor = _cut(_shown(comments))
    return QueuePage(_rows(found, groups), next_cursor)


def _heads(groups: Mapping[int, list[int]], filters: Filters, after: int | None) -> list[int]:
    """Return the heads that a page may need, in their order: those that follow *after*, and one more than it shows."""
    following = (pk for pk in groups if after is None or (pk < after if filters.newest_first else pk > after))
    return list(islice(following, settings.TRIBUNA_DESK_ROWS_PER_PAGE + 1))


def row_of(comment_id: int) -> Row | None:
    """Return one comment as in the queue; None when there is none."""
    found = list(_shown(Comment.objects.filter(pk=comment_id)))
    waits = [comment.pk for comment in found if comment.state == State.HELD]
    return next(iter(_rows(found, {pk: alike_waiting(pk) for pk in waits})), None)


def rows_of(comment_ids: Iterable[int]) -> list[Row]:
    """Return comments as in the queue; those that are gone are left out."""
    return _rows(_shown(Comment.objects.filter(pk__in=list(comment_ids))), {})


def record_of(comment: Comment) -> list[Entry]:
    """Return every decision about *comment*, oldest first."""
    return _entries(Decision.objects.about(comment.pk).order_by("pk"))


def audit_page(*, actor_id: int | None = None, action: str = "", before: int | None = None) -> AuditPage:
    """Return the decisions before the one with the id *before*, newest first, by one moderator, of one kind."""
    decisions = Decision.objects.order_by("-pk")
    if actor_id is not None:
        decisions = decisions.filter(actor_id=actor_id)
    if action:
        decisions = decisions.filter(action=action)
    if before is not None:
        decisions = decisions.filter(pk__lt=before)
    found, next_cursor = _cut(decisions)
    return AuditPage(_entries(found), next_cursor)


def latest_decision(comment_id: int, *, before: int | None = None) -> Decision | None:
    """Return the last decision about a comment, or the last one *before* the decision with that id."""
    decisions = Decision.objects.about(comment_id)
    if before is not None:
        decisions = decisions.filter(pk__lt=before)
    return decisions.order_by("pk").last()


def latest_decisions(comment_ids: Iterable[int]) -> dict[int, Decision]:
    """Return the last decision about each comment that has one, in one query."""
    decisions = Decision.objects.filter(comment__in=list(comment_ids)).order_by("pk")
    return {decision.comment_id: decision for decision in decisions}


def moderators() -> QuerySet[User]:
    """Return the accounts that have decided something."""
    return get_user_model().objects.filter(pk__in=Decision.objects.by_people().values("actor_id"))


def sections() -> QuerySet[SectionPage]:
    """Return the sections that comments may be filtered by, with their language."""
    return SectionPage.objects.select_related("locale").order_by("locale__language_code", "title")


def _wanted(filters: Filters) -> QuerySet[Comment]:
    comments = Comment.objects.all()
    exact = {
        "state": filters.state,
        "page_id": filters.page_id,
        "lang": filters.language,
        "author_ref": filters.author_ref,
        "page__path__startswith": filters.section.path if filters.section else "",
    }
    comments = comments.filter(**{field: value for field, value in exact.items() if value})
    if filters.alike_id:
        comments = comments.filter(pk__in=[filters.alike_id, *alike_waiting(filters.alike_id)])
    if filters.judge:
        received = Decision.objects.filter(comment=OuterRef("pk"), action=Decision.Action.RECEIVE)
        comments = comments.filter(Exists(received.filter(found_by__contains=filters.judge)))
    return comments


def _shown(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    return comments.select_related("page__locale", "reply_to").defer("page__search_description", "path")


def _cut[Thing: (Comment, Decision)](things: QuerySet[Thing]) -> tuple[list[Thing], int | None]:
    size = settings.TRIBUNA_DESK_ROWS_PER_PAGE
    found = list(things[: size + 1])
    more = len(found) > size
    return found[:size], found[size - 1].pk if more else None


def _rows(comments: Iterable[Comment], groups: Mapping[int, list[int]]) -> list[Row]:
    comments = list(comments)
    latest = latest_decisions(comment.pk for comment in comments)
    authors = _authors({comment.author_ref for comment in comments if comment.author_ref})
    return [
        Row(
            comment,
            latest.get(comment.pk),
            published=authors[comment.author_ref].states.get(State.PUBLISHED, 0),
            rejected=sum(authors[comment.author_ref].states.get(state, 0) for state in RESTRICTING),
            earlier=[other for other in authors[comment.author_ref].last if other != comment][:EARLIER_SHOWN],
            alike=groups.get(comment.pk, []),
        )
        for comment in comments
    ]


@dataclass(slots=True)
class _Author:
    states: dict[str, int] = field(default_factory=dict)
    last: list[Comment] = field(default_factory=list)


def _authors(known: set[str]) -> dict[str, _Author]:
    """Return what is known of each author: how many comments in each state, and the last ones, in one query."""
    authors: dict[str, _Author] = defaultdict(_Author)
    if not known:
        return authors
    newest, by_state = F("pk").desc(), [F("author_ref"), F("state")]
    ranked: Any = (  # with columns of the query's own
        Comment.objects.filter(author_ref__in=known)
        .annotate(
            place=Window(RowNumber(), partition_by=[F("author_ref")], order_by=newest),
            place_in_state=Window(RowNumber(), partition_by=by_state, order_by=newest),
            number=Window(Count("pk"), partition_by=by_state),
        )
        .filter(Q(place__lte=EARLIER_SHOWN + 1) | Q(place_in_state=1))
        .order_by("author_ref", "place")
        .only("author_ref", "state", "lang", "body_source", "created_at", "page_id")
    )
    for comment in ranked:
        author = authors[comment.author_ref]
        author.states[comment.state] = comment.number
        if comment.place <= EARLIER_SHOWN + 1:
            author.last.append(comment)
    return authors


def _entries(decisions: Iterable[Decision]) -> list[Entry]:
    decisions = list(decisions)
    ids = {decision.comment_id for decision in decisions}
    comments = Comment.objects.select_related("page__locale").in_bulk(ids)
    cited = cited_in(decisions)
    return [
        Entry(each, comments.get(each.comment_id), cited.get((each.rule, each.rule_lang, each.rule_version or 0)))
        for each in decisions
    ]
