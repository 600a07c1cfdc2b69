"""What a form may know of a request: the network it comes from, and what the browser says of where it was sent."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from tribuna.core.net import client_address, network_prefix
from tribuna.humans.base import Visit


def visit_of(request: HttpRequest) -> Visit:
    """Return the facts of *request* that a human check weighs. The address itself is not among them."""
    said = request.META  # request.headers would be made of all of them first, for each request
    remote, forwarded_for = said.get("REMOTE_ADDR", ""), said.get("HTTP_X_FORWARDED_FOR", "")
    address = client_address(remote, forwarded_for, trusted=settings.TRIBUNA_TRUSTED_PROXIES)
    return Visit(
        network=network_prefix(address),
        is_foreign=request.method == "POST" and _is_foreign(request),
        tells_origin="HTTP_SEC_FETCH_SITE" in said or said.get("HTTP_ORIGIN", "null") != "null",
    )


def _is_foreign(request: HttpRequest) -> bool:
    """Say whether the browser tells us that another site sent this (W3C Fetch Metadata; RFC 6454)."""
    fetched_from: str = request.META.get("HTTP_SEC_FETCH_SITE", "")
    if fetched_from:
        return fetched_from not in {"same-origin", "none"}
    origin: str = request.META.get("HTTP_ORIGIN", "null")
    try:
        return origin != "null" and urlsplit(origin).netloc != request.get_host()
    except ValueError:  # no browser says that of our own pages
        return True
