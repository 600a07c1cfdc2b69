"""The access log, for operators who want one: what was asked and how it went, and nothing about who asked."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterable
from typing import Any

logger = logging.getLogger("tribuna.access")

# What stands behind these opens something to whoever knows it: a comment's receipt, a mail's page, a new password.
_SECRETS = re.compile(
    r"(?<=/receipts/)[^/]+|(?<=/alerts/)[^/]+|(?<=/your-reports/)[^/]+|(?<=/your-comments/)[^/]+"
    r"|(?<=/password_reset/confirm/).+"
)


def told_path(path: str) -> str:
    """Return *path* as it may be written down: without the secrets in it."""
    return _SECRETS.sub("...", path)


def logged(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Return the WSGI *application* with a line for each answer: method, path, status, milliseconds until it began.

    No address, no name of a browser, no query: what readers search for is theirs.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        began = time.perf_counter()
        said: list[str] = []

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            said[:] = [status.partition(" ")[0]]
            return start_response(status, headers, *more)

        try:
            return application(environ, start)
        finally:
            _write(environ, status=int(said[0]) if said else 500, ms=(time.perf_counter() - began) * 1000)

    return answer


def _write(environ: dict[str, Any], *, status: int, ms: float) -> None:
    method, path = environ["REQUEST_METHOD"], told_path(environ["PATH_INFO"])
    facts = {"method": method, "path": path, "status": status, "ms": round(ms, 1)}
    logger.info("%s %s %s %.1f ms", method, path, status, ms, extra=facts)
