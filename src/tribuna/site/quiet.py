"""PostgreSQL's connections between two requests: one over which nothing came meanwhile is taken to be alive.

Django asks the database before each request whether it is still there, which takes as long as a question of the
request's own. But a server that goes away says so: the connection then has something to read.
"""

from __future__ import annotations

import select
from typing import Any

from django.core.signals import request_started
from django.db import connections


def trust_quiet_connections() -> None:
    """From now on, in this process and those forked from it, have Django ask only where something was said."""
    request_started.connect(spare_the_question)


def spare_the_question(**_more: Any) -> None:
    """Take this thread's quiet connections for healthy. Django, which hears of a request first, doubts all."""
    for connection in connections.all(initialized_only=True):
        if connection.vendor == "postgresql" and connection.connection is not None:
            connection.health_check_done = is_quiet(connection.connection)  # type: ignore[attr-defined]  # not in the stubs


def is_quiet(connection: Any) -> bool:
    """Say whether there is nothing to read on a psycopg *connection* that asked nothing: no farewell, and no end."""
    if connection.closed:
        return False
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
    return not poll.poll(0)
