"""What the desk reads: the queue, one comment, the record of decisions. A handful of queries for any number of rows.

Pages follow the ids (keyset), so they never shift while moderators decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from wagtail.models import Page

from tribuna.comments.base import Reason
from tribuna.comments.models import Comment, State
from tribuna.moderation.models import Decision, Rule
from tribuna.newsroom.models import SectionPage
from tribuna.people.models import User


@dataclass(frozen=True, slots=True)
class Filters:
    """Which comments are wanted. Empty values leave out nothing."""

    state: str = State.HELD
    section: SectionPage | None = None
    page_id: int | None = None
    language: str = ""
    judge: str = ""  # the name of a judge who had something to say when the comment came in
    author_ref: str = ""
    newest_first: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A comment as a moderator sees it."""

    comment: Comment
    latest: Decision | None  # none for a comment that did not come in through the form
    published: int  # comments of the same author that are published; this one counts where it belongs
    rejected: int  # and those rejected or marked as spam

    @property
    def reasons(self) -> list[Reason]:
        """Return why the comment is in its state."""
        return self.latest.why if self.latest else []


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
    rule: Rule | None


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
    """Return the comments that follow the one with the id *after*: ``TRIBUNA_DESK_ROWS_PER_PAGE``, in three queries."""
    comments = _shown(_wanted(filters)).order_by("-pk" if filters.newest_first else "pk")
    if after is not None:
        comments = comments.filter(pk__lt=after) if filters.newest_first else comments.filter(pk__gt=after)
    found, next_cursor = _cut(comments)
    return QueuePage(_rows(found), next_cursor)


def row_of(comment_id: int) -> Row | None:
    """Return one comment as in the queue; None when there is none."""
    return next(iter(_rows(_shown(Comment.objects.filter(pk=comment_id)))), None)


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


def moderators() -> QuerySet[User]:
    """Return the accounts that have decided something."""
    return get_user_model().objects.filter(pk__in=Decision.objects.by_people().values("actor_id"))


def rules(*languages: str) -> list[Rule]:
    """Return each rule once, in the first of *languages* (the active one) that has it, or else as well as can be."""
    wished = dict.fromkeys([*(languages or [get_language() or ""]), settings.LANGUAGE_CODE])
    order = {code: place for place, code in enumerate(wished)}
    known = Rule.objects.select_related("locale")
    best: dict[str, Rule] = {}
    for rule in sorted(known, key=lambda rule: order.get(rule.locale.language_code, len(order))):
        best.setdefault(rule.code, rule)
    return sorted(best.values(), key=lambda rule: (rule.sort_order, rule.code))


def rule_in(code: str, *languages: str) -> Rule:
    """Return the rule with that *code* in the first of *languages* that has it. Raises Rule.DoesNotExist."""
    found = next((rule for rule in rules(*languages) if rule.code == code), None)
    if found is None:
        raise Rule.DoesNotExist(code)
    return found


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


def _rows(comments: Iterable[Comment]) -> list[Row]:
    comments = list(comments)
    latest = {
        decision.comment_id: decision for decision in Decision.objects.filter(comment__in=comments).order_by("pk")
    }
    states: dict[str, dict[str, int]] = defaultdict(dict)
    known = {comment.author_ref for comment in comments if comment.author_ref}
    tally = Comment.objects.filter(author_ref__in=known).values_list("author_ref", "state").annotate(Count("pk"))
    for author_ref, state, count in tally.order_by():
        states[author_ref][state] = count
    return [
        Row(
            comment,
            latest.get(comment.pk),
            published=states[comment.author_ref].get(State.PUBLISHED, 0),
            rejected=sum(states[comment.author_ref].get(state, 0) for state in (State.REJECTED, State.SPAM)),
        )
        for comment in comments
    ]


def _entries(decisions: Iterable[Decision]) -> list[Entry]:
    decisions = list(decisions)
    ids = {decision.comment_id for decision in decisions}
    comments = Comment.objects.select_related("page__locale").in_bulk(ids)
    cited = {rule.code: rule for rule in rules()} if any(decision.rule for decision in decisions) else {}
    return [Entry(decision, comments.get(decision.comment_id), cited.get(decision.rule)) for decision in decisions]
