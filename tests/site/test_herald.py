import contextlib
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tribuna.site.herald import proclaim, status_of, told_address

pytestmark = pytest.mark.slow


class Answers(BaseHTTPRequestHandler):
    statuses: list[int] = []
    hosts: list[str] = []

    def do_GET(self):
        self.hosts.append(self.headers["Host"])
        self.send_response(self.statuses.pop(0))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def port():
    Answers.hosts.clear()
    with HTTPServer(("127.0.0.1", 0), Answers) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield http.server_port
        http.shutdown()
        thread.join()


@pytest.mark.parametrize("statuses", [[200], [404], [302], [503, 500, 400]])
def test_ready_is_said_once_when_the_site_answers(port, statuses, capsys):
    Answers.statuses = list(statuses)
    proclaim("127.0.0.1", port, site="http://127.0.0.1:8000")
    assert capsys.readouterr().out == f"ready http://127.0.0.1:{port}/\n"
    assert Answers.statuses == []


def test_an_https_site_behind_a_proxy_is_ready_when_it_sends_people_there(port, capsys):
    Answers.statuses = [301]
    proclaim("0.0.0.0", port, site="https://news.example.org")
    assert capsys.readouterr().out == f"ready https://news.example.org/ (listening at 0.0.0.0:{port})\n"
    assert Answers.hosts == ["news.example.org"]


def test_nobody_there_is_no_status():
    assert status_of("127.0.0.1", 1, site="http://127.0.0.1:1") is None


def test_somebody_who_does_not_speak_http_is_no_status():
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:

        def mumble():
            with contextlib.suppress(OSError):
                peer, _ = listener.accept()
                with peer:
                    peer.recv(1000)
                    peer.sendall(b"what?\r\n")

        thread = threading.Thread(target=mumble)
        thread.start()
        assert status_of("127.0.0.1", listener.getsockname()[1], site="http://127.0.0.1") is None
        thread.join()


@pytest.mark.parametrize(
    ("host", "site", "told"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", "http://127.0.0.1:8000/"),
        ("127.0.0.1", "http://localhost:8000", "http://localhost:8000/"),
        ("127.0.0.1", "http://127.0.0.1:9000", "http://127.0.0.1:8000/"),
        ("127.0.0.1", "http://localhost", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000", "http://127.0.0.1:8000/"),
        ("::", "http://[::1]:8000", "http://[::1]:8000/"),
        ("127.0.0.1", "https://news.example.org", "https://news.example.org/ (listening at 127.0.0.1:8000)"),
    ],
)
def test_the_address_that_people_use_is_told(host, site, told):
    assert told_address(host, 8000, site=site) == told
