"""Says that the site is ready once it answers, and where people find it."""

from __future__ import annotations

import contextlib
import http.client
import time
from ipaddress import ip_address
from urllib.parse import urlsplit

from tribuna.site.ports import EVERY_ADDRESS, host_in_address

POLL_SECONDS = 0.05
ANSWER_SECONDS = 30


def _is_loopback(host: str) -> bool:
    with contextlib.suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


def status_of(host: str, port: int, *, site: str) -> int | None:
    """Ask whoever listens at *host*:*port* for the front page of *site*. Return the status, None if there is none."""
    connection = http.client.HTTPConnection(EVERY_ADDRESS.get(host, host), port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/", headers={"Host": urlsplit(site).netloc, "User-Agent": "tribuna"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def told_address(host: str, port: int, *, site: str) -> str:
    """Return what to print after ``ready``: *site*, where people go, and where we listen if that is elsewhere.

    A *site* on this very machine at another port is nobody's address; then only where we listen is said.
    """
    here = f"http://{host_in_address(host)}:{port}/"
    parts = urlsplit(site)
    if _is_loopback(parts.hostname or ""):
        return f"{site}/" if parts.port == port else here
    return f"{site}/ (listening at {host}:{port})"


def proclaim(host: str, port: int, *, site: str) -> None:
    """Print ``ready ADDRESS`` once *site* answers at *host*:*port*, with whatever but an error of the server's own.

    With an https address the answer is a redirect there, which is not followed: the proxy may not be up yet.
    """
    while (status_of(host, port, site=site) or 500) >= 500:
        time.sleep(POLL_SECONDS)
    print(f"ready {told_address(host, port, site=site)}", flush=True)
