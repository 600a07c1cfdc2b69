"""Mistakes in the settings of this room, found when the site starts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from tribuna.core.plug import plug


@register("tribuna")
def sources_can_be_read(**kwargs: Any) -> list[CheckMessage]:
    """Refuse a TRIBUNA_IMPORT_SOURCES that names something that is not a source (tribuna.importers.E001)."""
    return [
        Error(
            f"TRIBUNA_IMPORT_SOURCES names {path}, and that is not a source: {flaw}.",
            hint="A source has name, summary, offer(parser) and open(options); see tribuna.importers.base.Source.",
            id="tribuna.importers.E001",
        )
        for path in settings.TRIBUNA_IMPORT_SOURCES
        if (flaw := _flaw(path))
    ]


def _flaw(path: str) -> str:
    try:
        source = plug(path)
    except (ImportError, TypeError) as error:
        return str(error)
    is_one = all(hasattr(source, name) for name in ("name", "summary", "offer", "open"))
    return "" if is_one else "it has no name, summary, offer() or open()"
