"""Files of the old site that an editor may have fetched: from the public net, and nowhere else."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tribuna.core import outward
from tribuna.importers.actions.fetching import fetch_public_file


class Old(BaseHTTPRequestHandler):
    """The old site, which sends on to elsewhere."""

    def do_GET(self):
        elsewhere = {"/ftp": "ftp://127.0.0.1/a", "/own": "/a.jpg", "/file": "file:///etc/passwd"}.get(self.path)
        self.send_response(302 if elsewhere else 200)
        self.send_header("Location", elsewhere or "")
        self.end_headers()
        self.wfile.write(b"picture")

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def old():
    """The address of the old site."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Old) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.slow
@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/a", "https://127.0.0.1:1/a", "http://[::1]:1/a", "http://localhost:1/a"]
)
def test_this_machine_is_not_called(url):
    with pytest.raises(OSError, match="not in the public net"):
        fetch_public_file(url)


@pytest.mark.slow
def test_what_is_public_is_fetched_and_followed(old, monkeypatch):
    monkeypatch.setattr(outward, "is_public", lambda _address, **_: True)
    assert fetch_public_file(f"{old}/a.jpg") == fetch_public_file(f"{old}/own") == b"picture"
    for path in ("/ftp", "/file"):
        with pytest.raises(OSError, match=r"unknown url type|not allowed|redirect"):
            fetch_public_file(f"{old}{path}")


@pytest.mark.slow
def test_it_is_not_sent_on_into_the_network_around(old, monkeypatch):
    answers = iter([True, False])
    monkeypatch.setattr(outward, "is_public", lambda _address, **_: next(answers))
    with pytest.raises(OSError, match="not in the public net"):
        fetch_public_file(f"{old}/own")
