"""Locks between processes and threads, as files (flock): they fall with the process that holds them."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SHARED, ALONE = fcntl.LOCK_SH, fcntl.LOCK_EX
POLL_SECONDS = 0.002


@contextmanager
def _opened(file: Path) -> Iterator[int]:
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def held(file: Path, mode: int) -> Iterator[None]:
    """Hold the lock *file*, SHARED or ALONE, inside the block."""
    with _opened(file) as descriptor:
        fcntl.flock(descriptor, mode)
        yield


@contextmanager
def tried(file: Path, patience: float) -> Iterator[bool]:
    """Try for *patience* seconds to hold the lock *file* alone inside the block, and tell whether one does."""
    deadline = time.monotonic() + patience
    with _opened(file) as descriptor:
        while not (is_held := _try(descriptor)) and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
        yield is_held


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
