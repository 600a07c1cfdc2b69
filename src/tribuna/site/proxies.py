"""Believe forwarding headers only from our own proxies."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_FORWARDING_HEADERS = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO")


def believe_trusted_proxies(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: take forwarding headers away unless the peer is in ``TRIBUNA_TRUSTED_PROXIES``.

    Without it ``SECURE_PROXY_SSL_HEADER`` would let any visitor claim to have come by HTTPS.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            peer = ip_address(request.META.get("REMOTE_ADDR", ""))
        except ValueError:
            peer = None
        if peer is None or not any(peer in network for network in settings.TRIBUNA_TRUSTED_PROXIES):
            for header in _FORWARDING_HEADERS:
                request.META.pop(header, None)
        return get_response(request)

    return middleware
