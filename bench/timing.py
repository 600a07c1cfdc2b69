"""Takes down when each comment was committed: within the server, because nobody outside can tell.

It listens to Tribuna's own signal and writes a line to a file of the newsroom's; the server does nothing differently.
"""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import transaction

FILE = "commits.txt"


class Timing(AppConfig):
    """The listener, as an app."""

    name = "bench.timing"
    label = "bench_timing"

    def ready(self) -> None:
        """Begin to listen."""
        from tribuna.comments.signals import comment_submitted

        comment_submitted.connect(_submitted)


def _submitted(comment: Any, **_: Any) -> None:
    transaction.on_commit(partial(_take_down, comment.name))


def _take_down(name: str) -> None:
    line = f"{name}\t{time.monotonic()}\n"
    with (Path(settings.TRIBUNA_PRESS_FOLDER).parent / FILE).open("a", encoding="utf-8") as stream:
        stream.write(line)


def commits(data: Path) -> dict[str, float]:
    """Return when the comment of each name was committed, by the system's monotonic clock."""
    file = data / FILE
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return {name: float(moment) for name, moment in (line.split("\t") for line in lines)}
