"""Serves the newsroom: HTTP workers under granian, and the clock that publishes and expires on time."""

from __future__ import annotations

import io
import logging
import multiprocessing
import socket
import threading
import urllib.request
from collections.abc import Callable

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

logger = logging.getLogger(__name__)

CLOCK_SECONDS = 60
FORGET_EVERY_TICKS = 60
READY_POLL_SECONDS = 0.1
BLOCKING_THREADS = 4


def run_due_work(tick: int) -> None:
    """Publish and expire the pages whose time has come; every hour, and first of all, forget what has run out."""
    from django.core.management import call_command
    from django.db import DatabaseError, connections

    try:
        call_command("publish_scheduled", verbosity=0)
        if tick % FORGET_EVERY_TICKS == 0:
            call_command("forget_expired", stdout=io.StringIO())
    except DatabaseError:
        logger.exception("The clock's work could not be done; it will be tried again at the next tick.")
    finally:
        connections.close_all()


def tell_when_ready(url: str, *, stop: threading.Event, say: Callable[[str], None] = print) -> None:
    """Say ``ready URL`` once *url* leads to a page; give up when *stop* is set."""
    while not stop.wait(READY_POLL_SECONDS):
        try:
            with urllib.request.urlopen(url, timeout=30):  # noqa: S310 - our own address, http only
                pass
        except OSError:
            continue
        say(f"ready {url}")
        return


def run_clock(*, stop: threading.Event, every_seconds: float = CLOCK_SECONDS) -> None:
    """Do what is due once every *every_seconds* until *stop* is set."""
    tick = 0
    while not stop.wait(every_seconds):
        run_due_work(tick)
        tick += 1


def refuse_taken_port(host: str, port: int) -> None:
    """Raise OSError when somebody listens at *host*:*port* already: granian would share it, and mix two newsrooms."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


def serve(host: str, port: int, *, workers: int) -> None:
    """Serve at *host*:*port* until SIGTERM or Ctrl-C. Prints ``ready http://HOST:PORT/`` when it answers."""
    multiprocessing.set_start_method("spawn", force=True)  # a forked worker would share our database connections
    refuse_taken_port(host, port)
    stop = threading.Event()
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    for target, arguments in ((tell_when_ready, {"url": url}), (run_clock, {})):
        threading.Thread(target=target, kwargs={"stop": stop, **arguments}, daemon=True).start()
    granian = Granian(
        "tribuna.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=BLOCKING_THREADS,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        websockets=False,
    )
    granian.on_shutdown(stop.set)
    granian.serve()
