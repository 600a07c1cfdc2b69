"""Runs a program whose processes a test looks into and kills: all of them are of one session of their own."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

WITHIN_SECONDS = 60
LOOK_SECONDS = 0.01


def until[T](look: Callable[[], T], *, within: float = WITHIN_SECONDS) -> T:
    """Return what *look* sees as soon as it is something; fail when it is nothing for *within* seconds."""
    deadline = time.monotonic() + within
    while not (seen := look()):
        assert time.monotonic() < deadline, f"{look} saw nothing within {within} seconds"
        time.sleep(LOOK_SECONDS)
    return seen


def living(session: int) -> set[int]:
    """Return the numbers of the living processes of *session*."""
    return {pid for pid, fields in _stats() if int(fields[3]) == session and fields[0] not in "ZX"}


def _stats() -> Iterator[tuple[int, list[str]]]:
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            yield int(folder.name), (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()


class Program:
    """A running program, and what it has printed so far."""

    def __init__(self, process: subprocess.Popen[bytes], output: Path) -> None:
        self.process, self.output = process, output

    @property
    def printed(self) -> str:
        return self.output.read_text(encoding="utf-8", errors="replace")

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def alive(self) -> set[int]:
        return living(self.process.pid)

    def says(self, pattern: str, *, times: int = 1, within: float = WITHIN_SECONDS) -> list[str]:
        """Wait until it has printed what *pattern* matches, so many times, and return all that it matches."""

        def found() -> list[str]:
            matches = re.findall(pattern, self.printed)
            return matches if len(matches) >= times else []

        try:
            return until(found, within=within)
        except AssertionError:
            raise AssertionError(f"it never said {pattern!r}:\n{self.printed}") from None

    def ends(self, *, within: float = WITHIN_SECONDS) -> int:
        """Wait for the end of the process that was started, and return its status."""
        return self.process.wait(timeout=within)

    def stop(self) -> int:
        self.process.terminate()
        return self.ends()


@contextlib.contextmanager
def running(
    command: Sequence[str], *, cwd: Path, env: Mapping[str, str], output: Path, stdin: int = subprocess.DEVNULL
) -> Iterator[Program]:
    """Run *command* in a session of its own; at the end of the block nothing of that session is left."""
    with output.open("ab") as printed:
        process = subprocess.Popen(
            command, cwd=cwd, env=env, stdin=stdin, stdout=printed, stderr=printed, start_new_session=True
        )
    program = Program(process, output)
    try:
        yield program
    finally:
        for pid in program.alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()


def python(*words: str) -> list[str]:
    return [sys.executable, *words]
