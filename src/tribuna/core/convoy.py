"""Transactions that would wait for one another go together: one commit for all that stand in line.

A commit waits for the disk, and SQLite lets one transaction write at a time, as the row that counts a thread does in
any database. So whoever comes while another one commits does not wait to open a transaction: the next in line takes
along all that came meanwhile, each behind a savepoint of its own, and nobody is told of success before the commit of
all. With nobody else in line it is a transaction like any other.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, IntegrityError, transaction

logger = logging.getLogger(__name__)

MOST = 32  # that go together: who holds locks holds them until the last is through


@dataclass(slots=True)
class _Ticket:
    work: Callable[[], Any]
    place: int
    context: Context = field(default_factory=copy_context)  # the language, and whatever else belongs to the request
    is_done: bool = False
    result: Any = None
    error: BaseException | None = None

    def carry_out(self) -> None:
        """Do the work in a transaction, or behind a savepoint where there is one."""
        with transaction.atomic():
            self.result = self.context.run(self.work)


class Convoy:
    """Carries out works, each in whole or not at all, as few commits as there need be."""

    def __init__(self) -> None:
        self._waiting: list[_Ticket] = []
        self._line, self._turn = threading.Lock(), threading.Lock()

    def carry[Result](self, work: Callable[[], Result], *, place: int) -> Result:
        """Return what *work* returns, once it is committed; raise what it raises, and then nothing of it was stored.

        *work* may be carried out in another thread, on its connection, and a second time after a DatabaseError; within
        a transaction it is carried out at once. Works are done in the order of *place*, the number of what they lock.
        """
        ticket = _Ticket(work, place)
        if transaction.get_connection().in_atomic_block:
            ticket.carry_out()
            return ticket.result  # type: ignore[no-any-return]  # it is what the work returned
        with self._line:
            self._waiting.append(ticket)
        with self._turn:
            if not ticket.is_done:
                with self._line:
                    others = [each for each in self._waiting if each is not ticket]
                    together, self._waiting = [ticket, *others[: MOST - 1]], others[MOST - 1 :]
                carry_together(together)
        if ticket.error is not None:
            raise ticket.error
        return ticket.result  # type: ignore[no-any-return]


def carry_together(tickets: list[_Ticket]) -> None:
    """Carry out all of *tickets* with one commit; what a database refuses is tried once more by itself."""
    try:
        alone = tickets if len(tickets) == 1 else _shared(sorted(tickets, key=lambda ticket: ticket.place))
        for ticket in alone:
            _by_itself(ticket)
    finally:
        for ticket in tickets:
            ticket.is_done = True


def _by_itself(ticket: _Ticket) -> None:
    try:
        ticket.error = None
        ticket.carry_out()
    except Exception as error:  # noqa: BLE001 - it is raised where the work came from
        ticket.error = error


def _fail(tickets: list[_Ticket], error: Exception) -> None:
    """Let all know that nothing was stored: the database is away, and each would wait for it in vain once more."""
    for ticket in tickets:
        ticket.error = ticket.error or error


def _shared(tickets: list[_Ticket]) -> list[_Ticket]:
    """Carry out *tickets* in one transaction; return those of which nothing was stored and that may be tried again."""
    committed: list[bool] = []
    try:
        with transaction.atomic():
            transaction.on_commit(lambda: committed.append(True))
            for ticket in tickets:
                _by_itself(ticket)
    except IntegrityError:  # what PostgreSQL looks at only when it commits
        return tickets
    except Exception as error:
        if committed:
            logger.exception("What was to be done after a commit was not done.")
        else:
            _fail(tickets, error)
            return []
    return [ticket for ticket in tickets if isinstance(ticket.error, DatabaseError)]
