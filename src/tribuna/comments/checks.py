"""Mistakes in the settings of this room, found when the site starts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's name for it

from tribuna.comments.queries.letters import mail_is_configured
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


@register("tribuna")
def mail_reaches_readers(**kwargs: Any) -> list[CheckMessage]:
    """Say that readers are offered no mail where none can be sent (tribuna.comments.W002)."""
    if mail_is_configured():
        return []
    message = "No mail server is named, so readers are offered no mail about their comments and reports."
    hint = "Give TRIBUNA_MAIL_URL one, as in submission://user:password@host."
    return [Warning(message, hint=hint, id="tribuna.comments.W002")]


def _flaw(path: str) -> str:
    try:
        judge = plug(path)
    except (ImportError, TypeError) as error:
        return str(error)
    return "" if callable(getattr(judge, "judge", None)) and hasattr(judge, "name") else "it has no judge() or no name"
