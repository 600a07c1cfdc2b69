"""Opens addresses that somebody else has named, in the internet only: nobody looks at this machine or around it."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    UnknownHandler,
)

from tribuna.core.net import Network, is_public


def public_opener(allowed: Iterable[Network] = ()) -> OpenerDirector:
    """Return what opens addresses of the web, in the internet or in the networks that are *allowed*.

    What a name stands for is asked once, and that very address is called, also where an answer sends us on. It asks no
    proxy, which would look names up itself, and knows no other protocol to be sent on to.
    """
    connect = partial(_connect, list(allowed))
    opener = OpenerDirector()
    for handler in (UnknownHandler, HTTPDefaultErrorHandler, HTTPErrorProcessor, HTTPRedirectHandler):
        opener.add_handler(handler())
    opener.add_handler(_Web(connect))
    opener.add_handler(_SecureWeb(connect))
    return opener


def _connect(allowed: list[Network], address: tuple[str, int], timeout: float, *_source: Any) -> socket.socket:
    """Call the host at *address*, if all that its name stands for may be called. Raises OSError."""
    host, port = address
    numbers = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not all(is_public(number, allowed=allowed) for number in numbers):
        raise OSError(f"{host} is not in the public net")
    flaw = OSError(f"{host} has no address")
    for number in numbers:  # a server may have one that can't be reached from here, such as of IPv6
        try:
            return socket.create_connection((number, port), timeout)
        except OSError as error:
            flaw = error
    raise flaw


class _Connection(HTTPConnection):
    """A connection made by *connect*."""

    def __init__(self, *args: Any, connect: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._create_connection = connect


class _SecureConnection(HTTPSConnection):
    """The same, encrypted; the certificate has to be for the host that was asked for."""

    def __init__(self, *args: Any, connect: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._create_connection = connect


class _Web(HTTPHandler):
    def __init__(self, connect: Any) -> None:
        super().__init__()
        self.connect = connect

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_Connection, connect=self.connect), req)


class _SecureWeb(HTTPSHandler):
    def __init__(self, connect: Any) -> None:
        super().__init__()
        self.connect = connect

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_SecureConnection, connect=self.connect), req)
