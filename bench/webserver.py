"""nginx, twice: with a plain file, which is what everything is compared with, and with a configuration of ours."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.harness import NotMeasured
from bench.newsrooms import SETTINGS, Newsroom
from bench.processes import Server, StartFailed, clean_environment, free_port, python, run, running

# What Debian's own nginx.conf says, without the log of each request; one worker, because it has one CPU.
OUTER = """\
{user}
{modules}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
daemon off;
events {{ worker_connections 768; }}
http {{
    sendfile on;
    tcp_nopush on;
    types_hash_max_size 2048;
    server_names_hash_bucket_size 128;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{http}
}}
"""

STATIC = """\
    server {{
        listen 127.0.0.1:{port};
        root {folder}/files;
        gzip_static on;
{headers}
    }}
"""


@contextmanager
def nginx(folder: Path, *, http: str, port: int) -> Iterator[Server]:
    """Run nginx with *http* inside its ``http`` block, which listens at *port*; its files are in *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    configuration = folder / "nginx.conf"
    modules = "include /etc/nginx/modules-enabled/*.conf;" if Path("/etc/nginx/modules-enabled").exists() else ""
    user = "user root;" if os.geteuid() == 0 else ""
    configuration.write_text(OUTER.format(user=user, modules=modules, folder=folder, http=http), encoding="utf-8")
    # Debian's modules lie below its own prefix, so it keeps that.
    command = [shutil.which("nginx") or "nginx", "-c", str(configuration)]
    with running(command, log=folder / "said.log", port=port, env=clean_environment(), cwd=folder) as server:
        yield server


@contextmanager
def plain_file(
    folder: Path, body: bytes, *, path: str = "/", compressed: bytes = b"", headers: Iterable[tuple[str, str]] = ()
) -> Iterator[tuple[str, Server]]:
    """Serve *body* as a static HTML file of nginx's, *compressed* beside it; yield its address and the server.

    It lies as deep as its *path*, which ends with a slash. *headers* are sent with it, besides those that nginx sends
    by itself.
    """
    files = folder / "files" / path.strip("/")
    files.mkdir(parents=True)
    (files / "page.html").write_bytes(body)
    (files / "page.html.gz").write_bytes(compressed or gzip.compress(body, 9))
    port = free_port()
    lines = "\n".join(f'        add_header {name} "{value}";' for name, value in headers)
    with nginx(folder, http=STATIC.format(folder=folder, port=port, headers=lines), port=port) as server:
        yield f"http://127.0.0.1:{port}{path}page.html", server


@contextmanager
def fronted(newsroom: Newsroom, *, settings: str = SETTINGS) -> Iterator[list[Server]]:
    """Run nginx with the configuration that ``tribuna deploy nginx`` prints, and the newsroom behind it.

    Readers ask at the newsroom's address, which is nginx's; yield both servers.
    """
    port = free_port()
    command = python("-m", "tribuna.site.cli", "deploy", "nginx", "--upstream", f"127.0.0.1:{port}")
    try:
        printed = run(command, cwd=newsroom.folder, env=newsroom.environment())
    except StartFailed as error:
        raise NotMeasured(f"tribuna deploy nginx: {error}") from error
    with (
        newsroom.served(settings=settings, port=port) as behind,
        nginx(newsroom.folder / "nginx", http=printed, port=newsroom.port) as before,
    ):
        yield [before, behind]
