"""Transactions that would wait for one another go together: one commit for all that stand in line.

A commit waits for the disk, and SQLite lets one transaction write at a time, as the row that counts a thread does in
any database. So whoever comes while another one commits does not wait to open a transaction: the next in line takes
along all that came meanwhile, as one work over a list, and nobody is told of success before the commit of all.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, IntegrityError, transaction

logger = logging.getLogger(__name__)

MOST = 32  # that go together: who holds locks holds them until the last is through
PATIENCE_SECONDS = 0.015  # for those who may be about to come: a commit takes as long

type Work = Callable[[list[Any]], Sequence[Any]]


@dataclass(slots=True)
class _Ticket:
    item: Any
    place: int
    is_done: bool = False
    result: Any = None  # or the exception to be raised where the item came from
    call: threading.Lock = field(default_factory=threading.Lock)  # held until it is done, or leads the next

    def __post_init__(self) -> None:
        self.call.acquire()
        self.result = DatabaseError("Whoever was to store this was stopped.")


class Convoy[Item, Result]:
    """Carries out *work* for items that come in many threads, as few times as there need be.

    *work* stores a list of items, within a transaction, and returns for each its result, or the exception that refuses
    it, of which it has stored nothing then. What it raises takes back everything, and each item is tried by itself.
    """

    def __init__(self, work: Callable[[list[Item]], Sequence[Result | Exception]]) -> None:
        self._work = work
        self._waiting: list[_Ticket] = []
        self._line, self._is_led = threading.Condition(), False
        self._usual = 1  # so many went together the last time

    def carry(self, item: Item, *, place: int) -> Result:
        """Return the result of *item*, once it is committed; raise what refuses it, and then nothing of it was stored.

        The work may be done in another thread, on its connection, and a second time; within a transaction it is done
        at once. Items are taken in the order of *place*, the number of what they lock.
        """
        ticket = _Ticket(item, place)
        if transaction.get_connection().in_atomic_block:
            with transaction.atomic():
                [ticket.result] = self._work([item])
        else:
            self._stand_in_line(ticket)
        if isinstance(ticket.result, BaseException):
            raise ticket.result
        return ticket.result  # type: ignore[no-any-return]  # it is what the work returned

    def _stand_in_line(self, ticket: _Ticket) -> None:
        """Wait until *ticket* is done, or do it with all others that wait, and let the next in line lead then."""
        with self._line:
            self._waiting.append(ticket)
            if len(self._waiting) >= self._usual:  # sooner it is nothing that anybody waits for
                self._line.notify()
            if not self._is_led:
                self._is_led = True
                ticket.call.release()
        with ticket.call:
            pass
        if ticket.is_done:
            return
        together = self._together(ticket)
        try:
            carry_together(self._work, together)
        finally:
            for each in together:
                if each is not ticket:
                    each.call.release()
            with self._line:
                self._is_led = bool(self._waiting)
                if self._is_led:
                    self._waiting[0].call.release()

    def _together(self, first: _Ticket) -> list[_Ticket]:
        """Return *first* and all others that wait. Where several went together just now, as many are waited for."""
        with self._line:
            self._line.wait_for(lambda: len(self._waiting) >= self._usual, PATIENCE_SECONDS)
            others = [each for each in self._waiting if each is not first]
            together, self._waiting = [first, *others[: MOST - 1]], others[MOST - 1 :]
            self._usual = len(together)
        return together


def carry_together(work: Work, tickets: list[_Ticket]) -> None:
    """Do *work* for all of *tickets* with one commit; what goes wrong is tried once more, each by itself."""
    try:
        tickets = sorted(tickets, key=lambda ticket: ticket.place)
        if not _is_settled(work, tickets):
            for ticket in tickets:
                _is_settled(work, [ticket])
    finally:
        for ticket in tickets:
            ticket.is_done = True


def _is_settled(work: Work, tickets: list[_Ticket]) -> bool:
    """Do *work* in one transaction; say whether that was all. If not nothing was stored, and each may be tried alone.

    Where the transaction can't be begun or committed the database is away: all are told, and wait for it no more.
    """
    results: Sequence[Any] = []
    is_begun, committed = False, list[bool]()
    try:
        with transaction.atomic():
            is_begun = True
            transaction.on_commit(lambda: committed.append(True))
            results = work([ticket.item for ticket in tickets])
    except Exception as error:
        if committed:
            logger.exception("What was to be done after a commit was not done.")
        else:
            is_away = not is_begun or (results and not isinstance(error, IntegrityError))
            results = [error] * len(tickets)
            if len(tickets) > 1 and not is_away:  # one is at fault, and the others are none the worse for it
                return False
    for ticket, result in zip(tickets, results, strict=True):
        ticket.result = result
    return True
