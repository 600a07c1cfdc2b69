"""What an author is told, and may say against it: the statement of reasons, and the appeals."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from tribuna.comments.models import Comment
from tribuna.moderation.models import Appeal, Decision, LedgerEntry, RuleVersion
from tribuna.moderation.queries.queue import Row, latest_decision, rows_of
from tribuna.moderation.queries.rules import cited_in


@dataclass(frozen=True, slots=True)
class Statement:
    """The reasons for a decision against a comment (EU DSA, article 17), and what came of an appeal (article 20)."""

    decision: Decision
    rule: RuleVersion | None  # the text that was cited, as it stood
    appeal: Appeal | None
    ledger_number: int | None
    is_in_force: bool  # False once the comment is no longer kept from its readers

    @property
    def may_be_appealed(self) -> bool:
        """Say whether the author may appeal, and has not yet."""
        until = self.decision.appealable_until
        return self.is_in_force and self.appeal is None and until is not None and timezone.now() < until


@dataclass(frozen=True, slots=True)
class Waiting:
    """An appeal on which somebody has to decide: the statement it is about, and the comment as in the queue."""

    appeal: Appeal
    statement: Statement
    row: Row


def statement_of(comment: Comment) -> Statement | None:
    """Return why *comment* is kept from its readers, or was until an appeal; None when there is nothing to state."""
    latest = latest_decision(comment.pk)
    if latest is None or latest.state_after != comment.state:
        return None
    appeal = Appeal.objects.about(comment.pk).select_related("decision").order_by("pk").last()
    if latest.restricts:
        return _statement(latest, appeal if appeal and appeal.decision_id == latest.pk else None)
    return _statement(appeal.decision, appeal, is_in_force=False) if appeal else None


def open_appeals() -> QuerySet[Appeal]:
    """Return the appeals that wait for a decision, oldest first."""
    return Appeal.objects.open().select_related("decision").order_by("opened_at")


def appeals_page(*, limit: int) -> list[Waiting]:
    """Return the appeals that have waited longest, in a handful of queries for any number."""
    appeals = list(open_appeals()[:limit])
    decisions = [appeal.decision for appeal in appeals]
    cited = cited_in(decisions)
    rows = {row.comment.pk: row for row in rows_of(decision.comment_id for decision in decisions)}
    return [
        Waiting(appeal, Statement(each, cited.get(_key(each)), appeal, None, is_in_force=True), rows[each.comment_id])
        for appeal, each in zip(appeals, decisions, strict=True)
        if each.comment_id in rows
    ]


def _statement(decision: Decision, appeal: Appeal | None, *, is_in_force: bool = True) -> Statement:
    entry = LedgerEntry.objects.filter(decision=decision).order_by("number").first()
    rule = cited_in([decision]).get(_key(decision))
    return Statement(decision, rule, appeal, entry.number if entry else None, is_in_force)


def _key(decision: Decision) -> tuple[str, str, int]:
    return decision.rule, decision.rule_lang, decision.rule_version or 0
