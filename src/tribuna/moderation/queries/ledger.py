"""The ledger as it is published, and whether it is whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from tribuna.core.chain import ChainBroken, Link, follow
from tribuna.moderation.models import Decision, LedgerEntry, LedgerHead

CHUNK_LINES = 2_000


class LedgerFlaw(Exception):  # noqa: N818
    """The ledger, or a copy of it, is not what was written. The message says where, and what is wrong."""


def ledger_end() -> Link:
    """Return number and hash of the last entry."""
    head = LedgerHead.objects.first()
    return head.link if head else Link()


def ledger_lines(*, after: int = 0, until: int | None = None) -> Iterator[str]:
    """Yield the lines that follow the one numbered *after*, up to *until*, each with its line feed, in batches."""
    last = ledger_end().number if until is None else until
    while after < last:
        batch = LedgerEntry.objects.filter(number__gt=after, number__lte=last)[:CHUNK_LINES]
        read = [(entry.number, f"{entry.line}\n") for entry in batch]
        if not read:
            return
        yield from (line for _number, line in read)
        after = read[-1][0]


def check_ledger(copy: Iterable[str] | None = None) -> Link:
    """Check the ledger of this newsroom, or a *copy* of it line by line, and return its end. Raises LedgerFlaw.

    Without a copy every entry is also compared with the decision that it is about. A copy may end earlier than the
    ledger, which has grown since, but not say anything else.
    """
    try:
        end = follow(ledger_lines() if copy is None else copy)
    except ChainBroken as broken:
        raise LedgerFlaw(str(broken)) from broken
    if copy is None:
        _compare_head(end)
        _compare_decisions()
    else:
        _compare_copy(end)
    return end


def _compare_head(end: Link) -> None:
    kept = ledger_end()
    if kept != end:
        raise LedgerFlaw(f"the ledger has {end.number} entries, and {kept.number} were written")


def _compare_copy(end: Link) -> None:
    entry = LedgerEntry.objects.filter(number=end.number).first()
    known = Link(entry.number, entry.hash) if entry else Link()
    if known != end:
        raise LedgerFlaw(f"it holds together, but this newsroom's ledger has another entry {end.number}, or none")


def _compare_decisions() -> None:
    """Compare what the ledger says of decisions with the rows they are kept in."""
    bodies = LedgerEntry.objects.values_list("number", "decision_id", "body").iterator(chunk_size=CHUNK_LINES)
    while batch := list(islice(bodies, CHUNK_LINES)):
        decisions = Decision.objects.in_bulk([decision_id for _number, decision_id, _body in batch])
        for number, decision_id, body in batch:
            said: dict[str, Any] = json.loads(body)
            decision = decisions.get(decision_id)
            if said["kind"] != "decision":
                continue
            expected = decision.told if decision else None
            if expected is None or any(said.get(name) != value for name, value in expected.items()):
                raise LedgerFlaw(f"decision {decision_id} is not what entry {number} says of it")
