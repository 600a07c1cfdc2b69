"""Deciding on comments, and undoing it. The state, what can be seen, the counters and the record change together.

Locks are taken in the order of ``comments.actions``, and the ledger's after all of them: whoever writes there waits for
nobody. So what is decided at once is written into it at once, in the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from tribuna.comments.actions import (
    StateMoved,
    hold_comment,
    lock_thread,
    mark_comment_as_spam,
    publish_comment,
    reject_comment,
)
from tribuna.comments.base import Reason
from tribuna.comments.models import Comment, State
from tribuna.moderation.actions.ledger import append_decisions, time_to_appeal
from tribuna.moderation.models import Appeal, Decision, Rule
from tribuna.moderation.queries import latest_decision, latest_decisions, rule_in
from tribuna.moderation.signals import comment_decided
from tribuna.people.models import User

_VERBS: Mapping[str, tuple[Callable[..., Comment], Decision.Action]] = {
    State.PUBLISHED: (publish_comment, Decision.Action.PUBLISH),
    State.HELD: (hold_comment, Decision.Action.HOLD),
    State.REJECTED: (reject_comment, Decision.Action.REJECT),
    State.SPAM: (mark_comment_as_spam, Decision.Action.SPAM),
}


class StaleDecision(Exception):  # noqa: N818
    """Somebody was faster: *comment* is no longer what the moderator saw. *latest* is what was decided meanwhile.

    *is_appealed*: nothing was decided, but its author has appealed, and that comes first.
    """

    def __init__(self, comment: Comment, latest: Decision | None, *, is_appealed: bool = False) -> None:
        super().__init__(f"#{comment.pk}: {comment.state}")
        self.comment, self.latest, self.is_appealed = comment, latest, is_appealed


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of deciding on several comments at once."""

    decisions: tuple[Decision, ...] = ()
    stale: tuple[StaleDecision, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a moderator wants done: the state, and what the author is told of it. Rules are read once in a language."""

    actor: User
    state: str
    rule: str = ""
    explanation: str = ""
    found_by: str | None = None  # None: who had it held
    _cited: dict[tuple[str, ...], Rule] = field(default_factory=dict)

    def cited(self, comment: Comment) -> Rule | None:
        """Return the rule in the comment's language, or else in the page's. Raises Rule.DoesNotExist."""
        if not self.rule:
            return None
        languages = comment.lang, comment.page.locale.language_code
        if languages not in self._cited:
            self._cited[languages] = rule_in(self.rule, *languages)
        return self._cited[languages]


def decide(
    comment: Comment,
    *,
    actor: User,
    state: str,
    rule: str = "",
    explanation: str = "",
    seen: str = "",
    found_by: str | None = None,
) -> Decision:
    """Bring *comment* into *state* and return the record of it.

    *rule* is the code of a ``Rule`` and *explanation* the moderator's own words; both are told to the author in the
    comment's language. *seen* is the state on which the moderator decided (the one that *comment* has). *found_by* is
    ``REPORT`` where a reader found it; otherwise it is taken from what had the comment held. Raises StaleDecision when
    it has another state by now, or an appeal is open; ValueError when that is *state* already.
    """
    seen = seen or comment.state
    if state == seen:
        raise ValueError(f"The comment is {state} already.")
    ruling = Ruling(actor, state, rule, explanation, found_by)
    with transaction.atomic():
        lock_thread(comment.page_id)
        known = Known.of([comment.pk])
        decision = carry_out(ruling, comment, seen=seen, known=known)
        append_decisions([decision])
    return decision


def decide_many(seen: Mapping[int, str], *, actor: User, state: str, rule: str = "", explanation: str = "") -> Decided:
    """Bring several comments into *state*, in one transaction; those that moved on meanwhile are left as they are.

    *seen* gives the state that the moderator saw for each comment's id; comments that have *state* are passed over.
    """
    decisions, stale = [], []
    ruling = Ruling(actor, state, rule, explanation)
    comments = Comment.objects.filter(pk__in=list(seen)).select_related("page__locale").order_by("page_id", "pk")
    with transaction.atomic():
        for page_id in dict.fromkeys(comment.page_id for comment in comments):
            lock_thread(page_id)
        known = Known.of(seen)
        for comment in comments:
            if seen[comment.pk] == state:
                continue
            try:
                decisions.append(carry_out(ruling, comment, seen=seen[comment.pk], known=known))
            except StaleDecision as moved:
                stale.append(moved)
        append_decisions(decisions)
    return Decided(tuple(decisions), tuple(stale))


def undo(decision: Decision, *, actor: User) -> Decision:
    """Give the comment back the state and the reasons that it had before *decision*; return the record of that.

    Raises StaleDecision when something was decided since, ValueError for the first decision: nothing is before it,
    and for one that an appeal brought about.
    """
    with transaction.atomic():
        undone = _undone(decision, actor=actor)
        append_decisions([undone])
    return undone


def undo_many(decisions: Iterable[Decision], *, actor: User) -> Decided:
    """Undo several decisions in one transaction; those that were followed by others are left as they are."""
    undone, stale = [], []
    with transaction.atomic():
        for decision in decisions:
            try:
                undone.append(_undone(decision, actor=actor))
            except StaleDecision as moved:
                stale.append(moved)
        append_decisions(undone)
    return Decided(tuple(undone), tuple(stale))


@dataclass(frozen=True, slots=True)
class Known:
    """What has to be known of comments before they are decided on: the last decision on each, and open appeals."""

    latest: Mapping[int, Decision]
    appeals: Mapping[int, Appeal]

    @classmethod
    def of(cls, comment_ids: Iterable[int]) -> Known:
        """Read it, in two queries for any number."""
        ids = list(comment_ids)
        appeals = Appeal.objects.open().filter(decision__comment__in=ids).select_related("decision")
        return cls(latest_decisions(ids), {appeal.decision.comment_id: appeal for appeal in appeals})


def carry_out(ruling: Ruling, comment: Comment, *, seen: str, known: Known) -> Decision:
    """Bring *comment* into the state that *ruling* wants and return the record, which is not in the ledger yet.

    An open appeal lets nobody but who publishes the comment through. Raises StaleDecision.
    """
    appeal = known.appeals.get(comment.pk)
    if appeal and ruling.state != State.PUBLISHED:
        raise StaleDecision(comment, appeal.decision, is_appealed=True)
    verb, action = _VERBS[ruling.state]
    cited = ruling.cited(comment)
    reasons = _reasons(cited, ruling.explanation)
    _apply(verb, comment, reasons=reasons, was=seen)
    before = known.latest.get(comment.pk) if seen == State.HELD else None
    decision = _record(
        comment,
        actor=ruling.actor,
        action=action,
        state_before=seen,
        facts=[asdict(reason) for reason in reasons],
        rule=ruling.rule,
        rule_version=cited.version if cited else None,
        rule_lang=cited.locale.language_code if cited else "",
        explanation=ruling.explanation,
        # Who had the comment held has found it; a published one was found by the moderator.
        found_by=(before.found_by if before else "") if ruling.found_by is None else ruling.found_by,
        waited_seconds=max(int((timezone.now() - before.at).total_seconds()), 0) if before else None,
    )
    _supersede(appeal)
    return decision


def _supersede(appeal: Appeal | None) -> None:
    if appeal:
        appeal.outcome, appeal.decided_at = Appeal.Outcome.SUPERSEDED, timezone.now()
        appeal.save(update_fields=["outcome", "decided_at"])


def _undone(decision: Decision, *, actor: User) -> Decision:
    if not decision.state_before:
        raise ValueError("There is nothing before the first decision.")
    if Appeal.objects.filter(reversal=decision).exists():
        raise ValueError("What an appeal brought about is not undone.")
    comment = decision.comment
    lock_thread(comment.page_id)
    latest = latest_decision(comment.pk)
    if latest != decision:
        raise StaleDecision(comment, latest)
    before = latest_decision(comment.pk, before=decision.pk)
    facts = before.facts if before else []
    verb, _ = _VERBS[decision.state_before]
    _apply(verb, comment, reasons=[Reason(**fact) for fact in facts], was=decision.state_after)
    undone = _record(
        comment,
        actor=actor,
        action=Decision.Action.UNDO,
        state_before=decision.state_after,
        facts=facts,
        found_by=before.found_by if before else "",
        undoes=decision,
        **_grounds(before),
    )
    _supersede(Appeal.objects.open().filter(decision=decision).first())
    return undone


def _grounds(before: Decision | None) -> dict[str, Any]:
    """Return what is cited again when the state before comes back."""
    names = ("rule", "rule_version", "rule_lang", "explanation")
    return {name: getattr(before, name) for name in names} if before else {}


def _reasons(cited: Rule | None, explanation: str) -> list[Reason]:
    reasons = []
    if cited:
        message = gettext_noop("It breaks a rule of this site: %(title)s. %(text)s")
        reasons.append(Reason(message, {"title": cited.title, "text": cited.text}))
    if explanation:
        reasons.append(Reason(gettext_noop("The moderator writes: %(words)s"), {"words": explanation}))
    return reasons


def _apply(verb: Callable[..., Comment], comment: Comment, *, reasons: Sequence[Reason], was: str) -> None:
    try:
        verb(comment, reasons=reasons, was=was)
    except StateMoved as moved:
        raise StaleDecision(comment, latest_decision(comment.pk)) from moved


def _record(comment: Comment, *, actor: User, **fields: Any) -> Decision:
    now = timezone.now()
    decision = Decision.objects.create(
        comment=comment,
        actor=actor,
        actor_name=str(actor),
        state_after=comment.state,
        lang=comment.lang,
        at=now,
        appealable_until=time_to_appeal(comment.state, now),
        **fields,
    )
    comment_decided.send(sender=Decision, decision=decision, comment=comment)
    return decision
