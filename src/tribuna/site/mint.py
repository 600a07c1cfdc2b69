"""The mint: the one process of a newsroom that prepares puzzles, when nobody else wants the processor."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable
from typing import Any, NoReturn

from tribuna.humans.actions import fill_pool

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.5
LONG_SECONDS = 30.0  # after the folder could not be used
NICENESS = 19  # whoever serves a page goes first


def strike(say_ready: Callable[[], None]) -> NoReturn:
    """Keep the pool of prepared puzzles full until SIGTERM. What it is in the middle of then is thrown away."""
    os.nice(NICENESS)
    signal.signal(signal.SIGTERM, _leave)
    say_ready()
    is_down = False
    while True:
        is_down = not _filled(was_down=is_down)
        time.sleep(LONG_SECONDS if is_down else POLL_SECONDS)


def _filled(*, was_down: bool) -> bool:
    try:
        fill_pool()
    except OSError:
        if not was_down:
            logger.exception("No puzzles can be prepared in advance: each is made when it is asked for.")
        return False
    return True


def _leave(*_signal: Any) -> NoReturn:
    raise SystemExit(0)
