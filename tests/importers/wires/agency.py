"""An agency: a server on this machine, and wires that ask it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests import factories
from tribuna.importers.models import Wire


class Agency(ThreadingHTTPServer):
    """Answers with what is put on its shelves, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Desk)
        self.shelves: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def put(self, path: str, content: str | bytes, *, status: int = 200, **headers: str) -> str:
        """Put *content* on the shelf at *path*; return its address."""
        body = content.encode() if isinstance(content, str) else content
        self.shelves[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)
        return self.url(path)


class _Desk(BaseHTTPRequestHandler):
    server: Agency

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        status, headers, body = self.server.shelves.get(self.path, (404, {}, b""))
        if status == 200 and headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def open_agency() -> Iterator[Agency]:
    with Agency() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def wire(name: str = "Agency", **fields: Any) -> Wire:
    """Return a stored wire whose drafts stand in the newsroom's first section."""
    fields = (
        {"section": factories.section()} | ({} if "folder" in fields else {"address": "https://a.example"}) | fields
    )
    return Wire.objects.create(name=name, **fields)
