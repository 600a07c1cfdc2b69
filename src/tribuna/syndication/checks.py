"""Mistakes in the settings of this room, found when the site starts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

SITEMAP_MAXIMUM = 50_000  # sitemaps.org
INDEXNOW_KEY = re.compile(r"[A-Za-z0-9-]{8,128}")


@register("tribuna")
def hubs_are_addresses(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse a hub, or an IndexNow endpoint, that is no address of a web server (tribuna.syndication.E001)."""
    named = [*settings.TRIBUNA_WEBSUB_HUBS, settings.TRIBUNA_INDEXNOW_ENDPOINT]
    return [
        Error(
            f"{url!r} is not the address of a hub.",
            hint="Addresses in TRIBUNA_WEBSUB_HUBS and TRIBUNA_INDEXNOW_ENDPOINT begin with https:// or http://.",
            id="tribuna.syndication.E001",
        )
        for url in _wrong(named)
    ]


@register("tribuna")
def key_can_be_served(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse an IndexNow key that search engines would (tribuna.syndication.E002)."""
    key = settings.TRIBUNA_INDEXNOW_KEY
    if not key or INDEXNOW_KEY.fullmatch(key):
        return []
    hint = "Give it 8 to 128 letters, figures and hyphens; empty, nobody is told."
    return [Error("TRIBUNA_INDEXNOW_KEY is not a key.", hint=hint, id="tribuna.syndication.E002")]


@register("tribuna")
def sitemaps_are_short(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse sitemaps that are longer than anybody reads them, or empty (tribuna.syndication.E003)."""
    if 0 < settings.TRIBUNA_SITEMAP_PAGES <= SITEMAP_MAXIMUM:
        return []
    hint = f"A sitemap holds 1 to {SITEMAP_MAXIMUM} pages."
    return [Error("TRIBUNA_SITEMAP_PAGES is out of range.", hint=hint, id="tribuna.syndication.E003")]


def _wrong(urls: Iterable[str]) -> list[str]:
    parts = {url: urlsplit(url) for url in urls}
    return [url for url, each in parts.items() if each.scheme not in {"http", "https"} or not each.hostname]
