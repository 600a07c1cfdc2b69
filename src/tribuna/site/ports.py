"""The port that the tree listens at: taken once by the root, shared by its workers."""

from __future__ import annotations

import socket

WAITING_CONNECTIONS = 1024
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - looked up, not bound to


def host_in_address(host: str) -> str:
    """Return *host* as it stands in an address: nobody can call "every address of this machine"."""
    host = EVERY_ADDRESS.get(host, host)
    return f"[{host}]" if ":" in host else host


def take_port(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """Return a socket bound to *host*:*port* that does not listen yet. Raises OSError when somebody listens there.

    *shared*: those who listen are orphans of this very tree, and serve until this one does.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise OSError(f"nobody can serve at {host}:{port}: {error.strerror or error}") from error
    return listener


def listen(listener: socket.socket) -> None:
    """Let connections come, to wait for whoever accepts them. Raises OSError when somebody else was quicker."""
    try:
        listener.listen(WAITING_CONNECTIONS)
    except OSError as error:
        listener.close()
        raise OSError(f"somebody else began to serve here: {error.strerror}") from error
    listener.setblocking(False)
    # Said only now, so that nobody else's port was shared; the root that comes after this one may.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
