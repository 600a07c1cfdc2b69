"""Mistakes in the settings of this room, found when the site starts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from tribuna.core.plug import plug


@register("tribuna")
def judges_can_judge(**kwargs: Any) -> list[CheckMessage]:
    """Refuse a TRIBUNA_JUDGES that names something that is not a judge (tribuna.comments.E001)."""
    return [
        Error(
            f"TRIBUNA_JUDGES names {path}, and that is not a judge: {flaw}.",
            hint="A judge is a class with a name and judge(draft); see tribuna.comments.base.Judge.",
            id="tribuna.comments.E001",
        )
        for path in settings.TRIBUNA_JUDGES
        if (flaw := _flaw(path))
    ]


def _flaw(path: str) -> str:
    try:
        judge = plug(path)
    except (ImportError, TypeError) as error:
        return str(error)
    return "" if callable(getattr(judge, "judge", None)) and hasattr(judge, "name") else "it has no judge() or no name"
