"""How the clerk bears a database that is away: it says so once, goes on trying, and says when it is back."""

from __future__ import annotations

import logging
from types import TracebackType

from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from tribuna.site.files import let_go_of_lost_files

logger = logging.getLogger(__name__)


class Bearing:
    """A ``with`` block for each attempt at *what*. Errors of the database end the attempt, and nothing else."""

    def __init__(self, what: str) -> None:
        self._what = what
        self.is_down = False

    def __enter__(self) -> None:
        let_go_of_lost_files()
        close_old_connections()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        was_down, self.is_down = self.is_down, isinstance(error, DatabaseError | InterfaceError)
        if self.is_down:
            connections.close_all()
            if not was_down:
                logger.error("The database does not answer; %s waits for it.", self._what, exc_info=error)
        elif was_down and kind is None:
            logger.warning("The database answers again; %s goes on.", self._what)
        return self.is_down
