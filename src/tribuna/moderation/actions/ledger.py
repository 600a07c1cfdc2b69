"""Writing into the ledger: the last thing that a transaction does, for its lock is everybody's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from tribuna.core.chain import forge
from tribuna.moderation.models import RESTRICTING, Appeal, Decision, LedgerEntry, LedgerHead

HEAD = 1


def time_to_appeal(state: str, at: datetime) -> datetime | None:
    """Return until when an author may appeal against a decision of the moment *at* that led to *state*."""
    return at + timedelta(days=settings.TRIBUNA_APPEAL_DAYS) if state in RESTRICTING else None


def append_decisions(decisions: Iterable[Decision]) -> None:
    """Write *decisions* into the ledger, in the transaction that stores them."""
    _append([(decision, decision.told) for decision in decisions])


def append_appeal(appeal: Appeal) -> None:
    """Write into the ledger that *appeal* was opened, or what came of it."""
    moment = appeal.opened_at if appeal.decided_at is None else appeal.decided_at
    told: dict[str, Any] = {
        "at": moment.astimezone(UTC).isoformat(timespec="seconds"),
        "kind": "appeal" if appeal.is_open else "outcome",
        "appeal": appeal.pk,
        "decision": appeal.decision_id,
    }
    if not appeal.is_open:
        told["outcome"] = str(appeal.outcome)
        told["reversal"] = appeal.reversal_id
    _append([(appeal.decision, told)])


def _append(entries: list[tuple[Decision, Mapping[str, Any]]]) -> None:
    """Chain *entries* to the end. One writer at a time: others wait for this transaction's commit."""
    if not entries:
        return
    with transaction.atomic():
        head, _is_new = LedgerHead.objects.select_for_update().get_or_create(pk=HEAD)
        end, rows = head.link, []
        for decision, told in entries:
            before = end.hash
            body, end = forge(told, after=end)
            rows.append(LedgerEntry(number=end.number, decision=decision, body=body, prev_hash=before, hash=end.hash))
        LedgerEntry.objects.bulk_create(rows)
        head.number, head.hash = end.number, end.hash
        head.save(update_fields=["number", "hash"])
