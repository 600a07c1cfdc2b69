"""Runs an application that does nothing but answer with one page: the most that the server under Tribuna can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.processes import Server, clean_environment, free_port, python, running
from bench.references.wagtail import THREADS

PAGE = "page.html"


def application(
    _environ: dict[str, Any], start_response: Callable[[str, list[tuple[str, str]]], object]
) -> list[bytes]:
    """Answer with the page in the working directory."""
    start_response("200 OK", _HEADERS)
    return _BODY


@contextmanager
def empty_application(folder: Path, body: bytes) -> Iterator[tuple[str, Server]]:
    """Serve *body* from *folder* by granian, with the options that Tribuna's worker has; yield its address and it."""
    (folder / PAGE).write_bytes(body)
    port = free_port()
    words = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--no-ws"]
    command = python(
        "-m", "granian", *words, "--http", "1", "--blocking-threads", str(THREADS), f"{__name__}:application"
    )
    with running(command, log=folder / "serve.log", port=port, env=clean_environment(), cwd=folder) as server:
        yield f"http://127.0.0.1:{port}/", server


_BODY = [Path(PAGE).read_bytes()] if Path(PAGE).exists() else [b""]
_HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(_BODY[0])))]
