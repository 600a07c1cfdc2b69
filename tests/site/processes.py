"""Starts the ``tribuna`` command as a process of its own, and ends it by its pid."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

SOURCE = Path(__file__).parents[2] / "src"
READY_WITHIN_SECONDS = 240


def clean_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRIBUNA_", "DJANGO_"))}
    return {**kept, "PYTHONPATH": str(SOURCE), "PYTHONUNBUFFERED": "1"}


def tribuna(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``tribuna WORDS`` in *cwd* to its end."""
    return subprocess.run(
        [sys.executable, "-m", "tribuna.site.cli", *words],
        cwd=cwd,
        env={**clean_environment(), **environment},
        capture_output=True,
        text=True,
        timeout=READY_WITHIN_SECONDS,
        check=False,
    )


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


class Served:
    """A running server: what it printed until it was ready, and how it ended."""

    def __init__(self, process: subprocess.Popen[str], printed: list[str]) -> None:
        self.process = process
        self.printed = printed

    def stop(self, sent: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(sent)
        return self.process.wait(timeout=30)


def _read_until_ready(output: IO[str]) -> list[str]:
    printed: list[str] = []
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        while time.monotonic() < deadline:
            if not selector.select(timeout=1):
                continue
            line = output.readline()
            if not line:
                break
            printed.append(line.rstrip("\n"))
            if line.startswith("ready "):
                return printed
    raise AssertionError("it never said ready:\n" + "\n".join(printed))


@contextlib.contextmanager
def served(command: list[str], *, cwd: Path, env: dict[str, str]) -> Iterator[Served]:
    process = subprocess.Popen(
        command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1
    )
    assert process.stdout
    try:
        yield Served(process, _read_until_ready(process.stdout))
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        process.stdout.close()
