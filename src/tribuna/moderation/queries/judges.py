"""What the judges in use are called."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext

from tribuna.core.plug import plugs
from tribuna.moderation.models import REPORT


def judge_titles() -> dict[str, str]:
    """Return the title of each judge in use by its name, in the active language."""
    return {judge.name: str(getattr(judge, "title", judge.name)) for judge in plugs(settings.TRIBUNA_JUDGES)}


def finder_titles(found_by: str) -> list[str]:
    """Return what those are called who found something, as ``Decision.found_by`` names them."""
    titles = judge_titles() | {REPORT: gettext("A reader's report")}
    return [titles.get(name, name) for name in found_by.split()]
