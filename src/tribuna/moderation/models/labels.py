"""What moderators decided, as something to learn from: spam, or fit to publish. What was undone was never decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from tribuna.comments.models import Comment
from tribuna.moderation.models.decisions import Decision
from tribuna.moderation.models.filters import Score

SPAM, HONEST = 1, 0


@dataclass(frozen=True, slots=True)
class Labelled:
    """A comment that a person has decided on."""

    comment_id: int
    text: str
    name: str
    language: str
    label: int  # SPAM or HONEST


def last_human_decision() -> int:
    """Return the id of the newest decision that a person took; 0 if there is none."""
    return Decision.objects.by_people().order_by("pk").values_list("pk", flat=True).last() or 0


def labelled_comments(limit: int) -> list[Labelled]:
    """Return the comments that people decided on last, *limit* at most, the oldest first. Asks three questions.

    Rejected counts as spam only under a rule in ``TRIBUNA_FILTER_SPAM_RULES``: rude is not the same as spam.
    """
    # One comment may have several decisions; the newest ones name them all.
    recent = Decision.objects.by_people().order_by("-pk").values_list("comment_id", flat=True)[: 2 * limit]
    ids = list(dict.fromkeys(recent))[:limit]
    labels = labels_of(Decision.objects.filter(comment__in=ids).order_by("pk"))
    comments = Comment.objects.only("body_source", "name", "lang").in_bulk(list(labels))
    return [
        Labelled(pk, comment.body_source, comment.name, comment.lang, labels[pk])
        for pk in reversed(ids)
        if (comment := comments.get(pk))
    ]


def labels_of(decisions: Iterable[Decision]) -> dict[int, int]:
    """Return by comment what stands after *decisions* (oldest first), for those where it is a label."""
    undone: set[int] = set()
    standing: dict[int, Decision] = {}
    for decision in reversed(list(decisions)):  # an undoing may have been undone in its turn
        if decision.pk in undone:
            continue
        if decision.undoes_id is not None:
            undone.add(decision.undoes_id)
        else:
            standing.setdefault(decision.comment_id, decision)
    found = {pk: _label(decision) for pk, decision in standing.items()}
    return {pk: label for pk, label in found.items() if label is not None}


def scored_and_decided(limit: int) -> list[tuple[str, int, int]]:
    """Return language, the filter's own decision and the label of the comments that people decided on last."""
    labelled = {each.comment_id: each for each in labelled_comments(limit)}
    said = Score.objects.filter(pk__in=labelled).values_list("pk", "decision")
    return [(labelled[pk].language, decision, labelled[pk].label) for pk, decision in said]


def _label(decision: Decision) -> int | None:
    if decision.is_automatic:
        return None
    if decision.action == Decision.Action.PUBLISH:
        return HONEST
    is_spam = decision.action == Decision.Action.SPAM or (
        decision.action == Decision.Action.REJECT and decision.rule in settings.TRIBUNA_FILTER_SPAM_RULES
    )
    return SPAM if is_spam else None
