"""Which challenges there are, and which of them can be offered on a page."""

from __future__ import annotations

from django.conf import settings

from tribuna.core.plug import plugs
from tribuna.humans.base import Challenge


def configured_challenges() -> dict[str, Challenge]:
    """Return the site's challenges by name, in the order of ``TRIBUNA_CHALLENGES``."""
    return {challenge.name: challenge for challenge in plugs(settings.TRIBUNA_CHALLENGES)}


def available_challenges(language: str) -> list[Challenge]:
    """Return the challenges that can be made in *language* here and now, in the site's order."""
    return [challenge for challenge in configured_challenges().values() if challenge.is_available(language)]
