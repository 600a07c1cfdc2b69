"""Deciding on comments, and undoing it. The state, what can be seen, the counters and the record change together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
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
from tribuna.moderation.models import Decision
from tribuna.moderation.queries import latest_decision, rule_in
from tribuna.people.models import User

_VERBS: Mapping[str, tuple[Callable[..., Comment], Decision.Action]] = {
    State.PUBLISHED: (publish_comment, Decision.Action.PUBLISH),
    State.HELD: (hold_comment, Decision.Action.HOLD),
    State.REJECTED: (reject_comment, Decision.Action.REJECT),
    State.SPAM: (mark_comment_as_spam, Decision.Action.SPAM),
}


class StaleDecision(Exception):  # noqa: N818
    """Somebody was faster: *comment* is no longer what the moderator saw. *latest* is what was decided meanwhile."""

    def __init__(self, comment: Comment, latest: Decision | None) -> None:
        super().__init__(f"#{comment.pk}: {comment.state}")
        self.comment, self.latest = comment, latest


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of deciding on several comments at once."""

    decisions: tuple[Decision, ...] = ()
    stale: tuple[StaleDecision, ...] = ()


def decide(
    comment: Comment, *, actor: User, state: str, rule: str = "", explanation: str = "", seen: str = ""
) -> Decision:
    """Bring *comment* into *state* and return the record of it.

    *rule* is the code of a ``Rule`` and *explanation* the moderator's own words; both are told to the author in the
    comment's language. *seen* is the state on which the moderator decided (the one that *comment* has). Raises
    StaleDecision when it has another one by now, ValueError when that is *state* already.
    """
    seen = seen or comment.state
    if state == seen:
        raise ValueError(f"The comment is {state} already.")
    verb, action = _VERBS[state]
    reasons = _reasons(comment, rule=rule, explanation=explanation)
    with transaction.atomic():
        _apply(verb, comment, reasons=reasons, was=seen)
        return _record(
            comment,
            actor=actor,
            action=action,
            state_before=seen,
            facts=[asdict(reason) for reason in reasons],
            rule=rule,
            explanation=explanation,
        )


def decide_many(seen: Mapping[int, str], *, actor: User, state: str, rule: str = "", explanation: str = "") -> Decided:
    """Bring several comments into *state*, in one transaction; those that moved on meanwhile are left as they are.

    *seen* gives the state that the moderator saw for each comment's id; comments that have *state* are passed over.
    """
    decisions, stale = [], []
    with transaction.atomic():
        for comment in Comment.objects.filter(pk__in=seen).order_by("page_id", "pk"):
            if seen[comment.pk] == state:
                continue
            try:
                decisions.append(
                    decide(comment, actor=actor, state=state, rule=rule, explanation=explanation, seen=seen[comment.pk])
                )
            except StaleDecision as moved:
                stale.append(moved)
    return Decided(tuple(decisions), tuple(stale))


def undo(decision: Decision, *, actor: User) -> Decision:
    """Give the comment back the state and the reasons that it had before *decision*; return the record of that.

    Raises StaleDecision when something was decided since, ValueError for the first decision: nothing is before it.
    """
    if not decision.state_before:
        raise ValueError("There is nothing before the first decision.")
    comment = decision.comment
    with transaction.atomic():
        lock_thread(comment.page_id)
        latest = latest_decision(comment.pk)
        if latest != decision:
            raise StaleDecision(comment, latest)
        before = latest_decision(comment.pk, before=decision.pk)
        facts = before.facts if before else []
        verb, _ = _VERBS[decision.state_before]
        _apply(verb, comment, reasons=[Reason(**fact) for fact in facts], was=decision.state_after)
        return _record(
            comment,
            actor=actor,
            action=Decision.Action.UNDO,
            state_before=decision.state_after,
            facts=facts,
            undoes=decision,
        )


def undo_many(decisions: Iterable[Decision], *, actor: User) -> Decided:
    """Undo several decisions in one transaction; those that were followed by others are left as they are."""
    undone, stale = [], []
    with transaction.atomic():
        for decision in decisions:
            try:
                undone.append(undo(decision, actor=actor))
            except StaleDecision as moved:
                stale.append(moved)
    return Decided(tuple(undone), tuple(stale))


def _reasons(comment: Comment, *, rule: str, explanation: str) -> list[Reason]:
    reasons = []
    if rule:
        cited = rule_in(rule, comment.lang, comment.page.locale.language_code)
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
    return Decision.objects.create(
        comment=comment,
        actor=actor,
        actor_name=str(actor),
        state_after=comment.state,
        lang=comment.lang,
        at=timezone.now(),
        **fields,
    )
