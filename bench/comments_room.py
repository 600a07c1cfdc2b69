"""The newsroom in which comments are measured: full of them, in SQLite or in PostgreSQL."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.newsrooms import Newsroom, own_database, started
from bench.processes import python, run

SQLITE, POSTGRES = "SQLite", "PostgreSQL"
FILL_SECONDS = 3_600


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many comments there are, and how many of them below one article."""

    comments: int
    hot: int

    def __str__(self) -> str:
        return f"{self.comments:,} comments, {self.hot:,} on one article"


CROWDS = {False: Crowd(1_000_000, 10_000), True: Crowd(50_000, 2_000)}  # by whether it is to be quick


@contextmanager
def crowded(crowd: Crowd, vendor: str) -> Iterator[Newsroom]:
    """Yield a newsroom with that *crowd*, which is gone at the end. It believes what its visitors say of their address.

    Raises NotMeasured where there is no such database.
    """
    with ExitStack() as stack:
        variables = {"TRIBUNA_TRUSTED_PROXIES": "127.0.0.1/32"}
        if vendor == POSTGRES:
            variables["TRIBUNA_DATABASE_URL"] = stack.enter_context(own_database())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tribuna-bench-"))) / "newsroom"
        newsroom = started(folder, **variables)
        print(f"filling a newsroom: {vendor}, {crowd}", flush=True)
        order(newsroom, "fill", str(crowd.comments), str(crowd.hot))
        yield newsroom


def order(newsroom: Newsroom, *words: str) -> Any:
    """Have ``bench.comments_inside`` carry out an order within *newsroom* and return what it said."""
    command = python("-m", "bench.comments_inside", *words)
    return json.loads(run(command, cwd=newsroom.folder, env=newsroom.environment(), timeout=FILL_SECONDS))
