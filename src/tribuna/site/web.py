"""An HTTP worker: granian's server around the WSGI application, in a process that the root has forked.

granian's own parent process is left out: the root watches over the workers itself, all of them accept from its one
socket, and so a worker that dies takes no waiting connection with it.
"""

from __future__ import annotations

import gc
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any

from granian import _futures, _granian, _loops, wsgi

from tribuna.site import env
from tribuna.site.access import logged
from tribuna.site.ports import WAITING_CONNECTIONS

# granian's own description of these is of an earlier version.
_native: Any = _granian
_schedulers: Any = _futures
_wrappers: Any = wsgi

# How many requests a worker's Python works on at a time, and how many connections it holds open.
BLOCKING_THREADS = 8
CONNECTIONS = 512
GARBAGE_THRESHOLD = 20_000  # new objects after which Python looks for garbage: a page is made of more than it expects
_IDLE_SECONDS = 30  # after which a thread that has nothing to do ends
_RUNTIME = (1, 512)  # granian's own threads: for the network, and for files
_NO_TLS: tuple[Any, ...] = (False, None, None, None, "tls1.3", None, [], False)
_NO_METRICS = (None, None)
_ENVIRON = {  # PEP 3333; granian adds what is the request's own
    "SCRIPT_NAME": "",
    "SERVER_SOFTWARE": "Tribuna",
    "wsgi.errors": sys.stderr,
    "wsgi.input_terminated": True,
    "wsgi.multiprocess": True,
    "wsgi.multithread": True,
    "wsgi.run_once": False,
    "wsgi.version": (1, 0),
}


class _Head:
    """The beginning of an answer, as an application gives it."""

    __slots__ = ("headers", "status")

    def __call__(self, status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        self.status, self.headers = int(status[:3]), headers


def answering(application: Callable[..., Iterable[bytes]]) -> Callable[[Any, dict[str, Any]], int]:
    """Return what granian calls for each request. It leaves this process's environment out, unlike granian's own."""

    def answer(protocol: Any, scope: dict[str, Any]) -> int:
        head = _Head()
        body = application(_ENVIRON | scope, head)
        if isinstance(body, list):
            protocol.response_bytes(head.status, head.headers, b"".join(body))
        else:
            protocol.response_iter(head.status, head.headers, _wrappers.ResponseIterWrap(body))
        return head.status

    return answer


def serve_http(listener: socket.socket, *, say_ready: Callable[[], None]) -> None:
    """Answer what comes to *listener* until SIGTERM; then finish what has begun, and return."""
    from tribuna.site.wsgi import application

    gc.freeze()  # what is there now stays: nobody need look at it again, and it stays shared with the root
    gc.set_threshold(GARBAGE_THRESHOLD)
    stop, ended = _native.WorkerSignal(), threading.Event()
    stop.add_cb(ended.set)
    answer = answering(logged(application) if env.LOG_ACCESS else application)
    loop = _loops.loops.get("asyncio")
    worker = _native.WSGIWorker(
        1,
        (None, _native.SocketHolder(listener.detach(), False, WAITING_CONNECTIONS)),
        None,
        *_RUNTIME,
        BLOCKING_THREADS,
        _IDLE_SECONDS,
        CONNECTIONS,
        "1",  # HTTP/1.1: what proxies speak to us
        None,
        None,
        None,
        *_NO_TLS,
        _NO_METRICS,
    )
    worker.serve_mtr(_schedulers._new_cbscheduler(loop, answer, impl_asyncio=True), loop, stop)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    say_ready()
    ended.wait()
