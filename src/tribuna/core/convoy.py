"""Transactions that would wait for one another go together: one commit for all that stand in line.

A commit waits for the disk, and SQLite lets one transaction write at a time, as the row that counts a thread does in
any database. So whoever comes while another one commits does not wait to open a transaction: the next in line takes
along all that came meanwhile, as one work over a list, and nobody is told of success before the commit of all.

What has to be computed for each before is best done then, too: one kind of thing after the other, by a single thread,
takes four fifths of what many threads take that go through all of it, each for itself.
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
    is_taken: bool = False  # along by whoever leads
    result: Any = None  # or the exception to be raised where the item came from
    call: threading.Lock = field(default_factory=threading.Lock)  # held until it is through, or leads the next

    def __post_init__(self) -> None:
        self.call.acquire()
        self.result = DatabaseError("Whoever was to store this was stopped.")


class Convoy[Item, Ready, Result]:
    """Carries out *work* for items that come in many threads, as few times as there need be.

    *prepare* makes of a list of items what *work* is given: it may read, and what it raises refuses all of them.
    *work* stores such a list, within a transaction, and returns for each its result, or the exception that refuses it,
    of which it has stored nothing then. What it raises takes back everything, and each is tried by itself.
    """

    def __init__(
        self,
        work: Callable[[list[Ready]], Sequence[Result | Exception]],
        *,
        prepare: Callable[[list[Item]], Sequence[Ready]],
    ) -> None:
        self._work, self._prepare = work, prepare
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
            [ready] = self._prepare([item])
            with transaction.atomic():
                [ticket.result] = self._work([ready])
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
        if ticket.is_taken:
            return
        together = self._together(ticket)
        try:
            self._set_out(together)
        finally:
            for each in together:
                if each is not ticket:
                    each.call.release()
            with self._line:
                self._is_led = bool(self._waiting)
                if self._is_led:
                    self._waiting[0].call.release()

    def _set_out(self, tickets: list[_Ticket]) -> None:
        try:
            ready = self._prepare([ticket.item for ticket in tickets])
        except Exception as error:  # noqa: BLE001 - each raises it where its item came from
            for ticket in tickets:
                ticket.result = error
        else:
            for ticket, item in zip(tickets, ready, strict=True):
                ticket.item = item
            carry_together(self._work, tickets)

    def _together(self, first: _Ticket) -> list[_Ticket]:
        """Return *first* and all others that wait. Where several went together just now, as many are waited for."""
        with self._line:
            self._line.wait_for(lambda: len(self._waiting) >= self._usual, PATIENCE_SECONDS)
            others = [each for each in self._waiting if each is not first]
            together, self._waiting = [first, *others[: MOST - 1]], others[MOST - 1 :]
            self._usual = len(together)
            for each in together:
                each.is_taken = True
        return together


def carry_together(work: Work, tickets: list[_Ticket]) -> None:
    """Do *work* for all of *tickets* with one commit; what goes wrong is tried once more, each by itself."""
    tickets = sorted(tickets, key=lambda ticket: ticket.place)
    if not _is_settled(work, tickets):
        for ticket in tickets:
            _is_settled(work, [ticket])


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
