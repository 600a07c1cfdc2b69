"""Puzzles that were prepared in advance, on this machine's disk: each is handed out once, to whoever comes first.

A file holds a batch of one kind. A process claims it by unlinking it, which the kernel lets only one do, and hands its
puzzles out from memory: there is no write for each reader, and a process that is killed takes the rest of its batch
with it. A file is sealed under Django's SECRET_KEY and expires, so that what is torn, was changed, or is of another
time or newsroom is thrown away. Answers stand in these files, of puzzles that nobody has seen: nobody else may read
the folder.
"""

from __future__ import annotations

import contextlib
import fcntl
import hmac
import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from secrets import SystemRandom, token_hex
from threading import Lock
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from tribuna.humans.base import Puzzle

type Prepared = dict[str, Any]  # one puzzle, as JSON

PREPARED_LIFETIME_SECONDS = 24 * 60 * 60
BATCH_MAXIMUM_BYTES = 4 * 1024 * 1024
_SEAL_BYTES = 32
_SUFFIX, _UNFINISHED = ".batch", ".unfinished"

_random = SystemRandom()


class Pool:
    """The puzzles in *folder*: kinds are such as "image", "sound:es" and "work:0". Safe for threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.start_afresh()

    def start_afresh(self) -> None:
        """Hold nothing in memory: a process that was forked must not hand out what its parent holds."""
        self._lock = Lock()
        self._held: defaultdict[str, list[tuple[float, Prepared]]] = defaultdict(list)

    # --- for whoever needs a puzzle ----------------------------------------------------------------------------------
    def take(self, kind: str) -> Prepared | None:
        """Return a puzzle of *kind* that nobody else gets; None when there is none, or no folder to look in."""
        with self._lock:
            held = self._held[kind]
            while True:
                held += () if held else self._claimed(kind)
                if not held:
                    return None
                expires_at, puzzle = held.pop()
                if expires_at > time.time():
                    return puzzle

    def _claimed(self, kind: str) -> list[tuple[float, Prepared]]:
        """Return the puzzles of a file that is ours alone from now on; nothing when there is no such file."""
        names = self._names(kind)
        _random.shuffle(names)  # so that processes seldom reach for the same one
        for name in names:
            path = self._folder / kind / name
            try:
                with path.open("rb") as file:
                    path.unlink()
                    sealed = file.read(BATCH_MAXIMUM_BYTES)
            except OSError:  # somebody else was quicker
                continue
            if batch := _opened(kind, sealed):
                return batch
        return []

    def _names(self, kind: str) -> list[str]:
        try:
            return [name for name in os.listdir(self._folder / kind) if name.endswith(_SUFFIX)]  # noqa: PTH208
        except OSError:
            return []

    # --- for whoever fills it ----------------------------------------------------------------------------------------
    @contextlib.contextmanager
    def filling(self) -> Iterator[bool]:
        """A ``with`` block in which at most one process of the machine is told True: it may fill. Raises OSError."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        with (self._folder / "filling.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def put(self, kind: str, puzzles: Sequence[Prepared]) -> None:
        """Add *puzzles* as one batch. Raises OSError when there is no room."""
        folder = self._folder / kind
        folder.mkdir(mode=0o700, exist_ok=True)
        expires_at = time.time() + PREPARED_LIFETIME_SECONDS
        name = f"{int(expires_at)}-{len(puzzles)}-{token_hex(8)}"
        unfinished = folder / f"{name}{_UNFINISHED}"
        unfinished.write_bytes(_sealed(kind, expires_at, puzzles))
        unfinished.rename(folder / f"{name}{_SUFFIX}")

    def count(self, kind: str) -> int:
        """Return how many puzzles of *kind* wait on the disk."""
        return sum(_told(name)[1] for name in self._names(kind))

    def size(self) -> int:
        """Return the bytes of all files."""
        sizes = 0
        for path in self._files():
            with contextlib.suppress(FileNotFoundError):
                sizes += path.stat().st_size
        return sizes

    def clear_away(self) -> None:
        """Throw away what has expired, what is no batch, and what a filler that was killed has left unfinished."""
        for path in self._files():
            if path.suffix != _SUFFIX or _told(path.name)[0] <= time.time():
                path.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        return [path for path in self._folder.glob("*/*") if path.is_file()]


def _told(name: str) -> tuple[int, int]:
    """Return what a file's name tells: when its puzzles expire, and how many there are. Zeros for any other name."""
    expires_at, _, rest = name.partition("-")
    count, _, _token = rest.partition("-")
    return (int(expires_at), int(count)) if expires_at.isdecimal() and count.isdecimal() else (0, 0)


def _seal(kind: str, said: bytes) -> bytes:
    key = salted_hmac("tribuna.humans.pool", kind, algorithm="sha256").digest()
    return hmac.digest(key, said, "sha256")


def _sealed(kind: str, expires_at: float, puzzles: Sequence[Prepared]) -> bytes:
    said = json.dumps([expires_at, list(puzzles)], separators=(",", ":")).encode()
    return _seal(kind, said) + said


def _opened(kind: str, sealed: bytes) -> list[tuple[float, Prepared]]:
    """Return the puzzles of a file with their expiry; none when it is not whole, or not sealed by this newsroom."""
    seal, said = sealed[:_SEAL_BYTES], sealed[_SEAL_BYTES:]
    if not hmac.compare_digest(seal, _seal(kind, said)):
        return []
    expires_at, puzzles = json.loads(said)
    return [(expires_at, puzzle) for puzzle in puzzles]


@cache
def _pool(folder: Path) -> Pool:
    pool = Pool(folder)
    os.register_at_fork(after_in_child=pool.start_afresh)
    return pool


def pool() -> Pool:
    """Return the pool in ``TRIBUNA_POOL_FOLDER``: the same for the life of the process."""
    return _pool(Path(settings.TRIBUNA_POOL_FOLDER))


def prepared_puzzle(kind: str) -> Puzzle | None:
    """Return a puzzle of *kind* from the pool; None when there is none, and one has to be made."""
    found = pool().take(kind)
    return None if found is None else Puzzle(answers=tuple(found["answers"]), shown=found["shown"])
