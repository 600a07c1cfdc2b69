"""No riddle at all: a moderator reads what was written. The way for whoever can't or won't answer the others."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tribuna.humans.base import Puzzle


class PersonChallenge:
    """Send it to a moderator. Always available; proves nothing, so that the outcome is HELD."""

    name = "person"
    offer = _("Send it to a moderator instead")
    again = ""

    def is_available(self, language: str) -> bool:
        return True

    def puzzle(self, language: str) -> Puzzle:
        return Puzzle(answers=())

    def normalise(self, typed: str) -> str:
        return ""
