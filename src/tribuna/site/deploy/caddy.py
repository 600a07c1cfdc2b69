"""Caddy: the press's files, the interface's and the pictures served by it, everything else handed on."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from tribuna.site.deploy.facts import IPV6, Facts, absolute, listens, quoted
from tribuna.site.deploy.paper import filled, served


def configuration(facts: Facts) -> str:
    """Return the text of a Caddyfile, to be imported by the one that is there."""
    return filled("Caddyfile", {**served(facts), **_where(facts), **_certificate(facts), **_folders(facts)})


def _where(facts: Facts) -> dict[str, Any]:
    """Caddy listens at all of the machine's addresses unless told where, and knows hosts by what is asked."""
    hosts = [way for host in facts.hosts for way in ([host[1:], f"*{host}"] if host.startswith(".") else [host])]
    ways = listens(facts.hosts[0], facts.port, ipv6=IPV6.exists())
    bound = [way.rpartition(":")[0].strip("[]") for way in ways if not way.startswith("[::]:")]
    return {
        "sites": ", ".join(f"{facts.scheme}://{host}{facts.port_suffix}" for host in hosts),
        "bind": " ".join(each for each in bound if each),
        "page": f"{{{facts.name}_page}}",
    }


def _certificate(facts: Facts) -> dict[str, Any]:
    """Without a certificate of the operator's Caddy gets one by itself."""
    if facts.certificate is None or facts.scheme == "http":
        return {}
    return {
        "certificate": quoted(facts.certificate_folder / "fullchain.pem"),
        "certificate_key": quoted(facts.certificate_folder / "privkey.pem"),
    }


def _folders(facts: Facts) -> dict[str, Any]:
    host = "{host}" if len(facts.hosts) > 1 or facts.hosts[0].startswith(".") else facts.hosts[0]
    return {
        "pages_folder": f'{quoted(facts.pages_folder)[:-1]}/{host}{facts.port_suffix}"',
        "static_folder": quoted(absolute(settings.STATIC_ROOT)),
        "static_prefix": settings.STATIC_URL.rstrip("/"),
        "media_folder": quoted(absolute(settings.MEDIA_ROOT)),
        "media_prefix": settings.MEDIA_URL.rstrip("/"),
    }
