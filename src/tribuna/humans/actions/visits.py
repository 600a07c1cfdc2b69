"""What a form may know of a request: the network it comes from, and what the browser says of where it was sent."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from tribuna.core.net import client_address, network_prefix
from tribuna.humans.base import Visit


def visit_of(request: HttpRequest) -> Visit:
    """Return the facts of *request* that a human check weighs. The address itself is not among them."""
    remote, forwarded_for = request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", "")
    address = client_address(remote, forwarded_for, trusted=settings.TRIBUNA_TRUSTED_PROXIES)
    return Visit(
        network=network_prefix(address),
        is_foreign=request.method == "POST" and _is_foreign(request),
        tells_origin="Sec-Fetch-Site" in request.headers or request.headers.get("Origin", "null") != "null",
    )


def _is_foreign(request: HttpRequest) -> bool:
    """Say whether the browser tells us that another site sent this (W3C Fetch Metadata; RFC 6454)."""
    if fetched_from := request.headers.get("Sec-Fetch-Site"):
        return fetched_from not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    try:
        return origin != "null" and urlsplit(origin).netloc != request.get_host()
    except ValueError:  # no browser says that of our own pages
        return True
