"""nginx and Caddy as an operator would run them, at a port of the kernel's; a stand-in for Tribuna; a plain client."""

from __future__ import annotations

import contextlib
import http.client
import os
import selectors
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from tests.lacking import lacks

START_SECONDS = 60
BROTLI_MODULE = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")

# Debian's nginx.conf, so far as it concerns us: with the tcp_nopush and the gzip that we have to do without.
NGINX = """
{load}
{user}
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr notice;
events {{ worker_connections 768; }}
http {{
    include /etc/nginx/mime.types; default_type application/octet-stream;
    sendfile on; tcp_nopush on; gzip on; access_log off; types_hash_max_size 2048;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {site};
}}
"""
CADDY = """
{{
	admin off
	auto_https disable_redirects
	storage file_system {folder}/storage
}}
import {site}
"""


def needed(program: str, packages: str) -> str:
    """Return where *program* is. Without it a newcomer's test is skipped, and CI's fails."""
    path = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/bin")
    if path is None:
        lacks(f"no {program}: apt install {packages}")
    return str(path)


def nginx_command(site: Path, folder: Path) -> list[str]:
    """Return the command that runs nginx with the file *site*; whatever it leaves is in *folder*."""
    program = needed("nginx", "nginx libnginx-mod-http-brotli-static")
    configuration = folder / "nginx.conf"
    load = f"load_module {BROTLI_MODULE};" if BROTLI_MODULE.exists() else ""
    user = "user root;" if os.geteuid() == 0 else ""  # who can read pytest's folders
    configuration.write_text(NGINX.format(load=load, user=user, folder=folder, site=site), encoding="utf-8")
    return [program, "-p", str(folder), "-e", "stderr", "-c", str(configuration)]


def caddy_command(site: Path, folder: Path, *, word: str = "run") -> list[str]:
    """Return the command that lets Caddy do *word* with the file *site*."""
    program = needed("caddy", "caddy")
    configuration = folder / "Caddyfile"
    configuration.write_text(CADDY.format(folder=folder, site=site), encoding="utf-8")
    return [program, word, "--config", str(configuration), "--adapter", "caddyfile"]


@contextlib.contextmanager
def running(command: list[str], *, until: str) -> Iterator[None]:
    """Run *command*, from when it has said *until* to the end of the block."""
    environment = {**os.environ, "HOME": "/nonexistent", "XDG_DATA_HOME": "/nonexistent"}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment)
    reader = threading.Thread(target=process.stderr.read)
    try:
        _wait_for(process, until)
        reader.start()  # or the pipe would be full some day
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)
        reader.join() if reader.is_alive() else None
        process.stderr.close()


def _wait_for(process: subprocess.Popen[bytes], until: str) -> None:
    said = b""
    deadline = time.monotonic() + START_SECONDS
    with selectors.DefaultSelector() as selector:
        selector.register(process.stderr, selectors.EVENT_READ)
        while until.encode() not in said:
            if not selector.select(timeout=max(0.0, deadline - time.monotonic())):
                raise AssertionError(f"it never said {until}:\n{said.decode()}")
            chunk = os.read(process.stderr.fileno(), 65_536)
            if not chunk:
                raise AssertionError(f"it ended without having said {until}:\n{said.decode()}")
            said += chunk


@dataclass
class Behind:
    """What stands behind the web server, and what it was asked: the requests' lines, and their WSGI environs."""

    port: int = 0
    stop: Callable[[], None] = lambda: None
    lines: list[str] = field(default_factory=list)
    environs: list[dict[str, Any]] = field(default_factory=list)


def echo(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Answer as Tribuna would not: with a header of its own, and the length of what was sent."""
    length = len(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-Behind", "yes"), ("Cache-Control", "no-store")])
    return [f"{environ['REQUEST_METHOD']} {length}".encode()]


@contextlib.contextmanager
def behind(application: Callable[..., Any] = echo) -> Iterator[Behind]:
    """Serve *application* at a port of its own."""
    found = Behind()

    class Listening(WSGIRequestHandler):
        def get_environ(self) -> dict[str, Any]:
            environ = super().get_environ()
            found.lines.append(f"{self.command} {self.path}")
            found.environs.append(environ)
            return environ

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing."""

    with make_server("127.0.0.1", 0, application, handler_class=Listening) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()

        def stop() -> None:
            server.shutdown()
            server.server_close()

        found.port, found.stop = server.server_port, stop
        yield found
        server.shutdown()
        thread.join()


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_from_behind(self) -> bool:
        return self.headers.get("X-Behind") == "yes"


def ask(port: int, path: str, *, method: str = "GET", host: str = "", body: bytes | None = None, **told: str) -> Answer:
    """Ask 127.0.0.1:*port* for *path* as it is written; headers as ``accept_encoding="gzip"``."""
    headers = {name.replace("_", "-").title(): value for name, value in told.items()}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    return _answered(connection, method, path, {"Host": host or f"127.0.0.1:{port}", **headers}, body)


def ask_safely(port: int, path: str, *, certificate: Path) -> Answer:
    """Ask localhost:*port* by https."""
    context = ssl.create_default_context(cafile=certificate)
    connection = http.client.HTTPSConnection("localhost", port, timeout=30, context=context)
    return _answered(connection, "GET", path, {"Host": f"localhost:{port}"}, None)


def _answered(
    connection: http.client.HTTPConnection, method: str, path: str, headers: dict[str, str], body: bytes | None
) -> Answer:
    with contextlib.closing(connection):
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in {**headers, **({} if body is None else {"Content-Length": str(len(body))})}.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        response = connection.getresponse()
        told = {name.title(): ", ".join(response.headers.get_all(name, [])) for name in response.headers}
        return Answer(response.status, told, response.read())
