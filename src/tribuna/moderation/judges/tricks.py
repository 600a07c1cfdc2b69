"""Holds a text whose letters are disguised: look-alikes of other scripts, characters without width, spaced letters."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tribuna.comments.base import Decision, Draft, JudgesInTurn, Reason, Verdict
from tribuna.learning.folding import fold


class TricksJudge(JudgesInTurn):
    """Counts what had to be taken off before the text could be read by a machine as a person reads it."""

    name = "tricks"
    title = _("Disguises")

    def judge(self, draft: Draft) -> Verdict:
        """Return HOLD from ``TRIBUNA_TRICKS_MINIMUM`` disguised characters on."""
        folded = fold(draft.text)
        if folded.total < settings.TRIBUNA_TRICKS_MINIMUM:
            return Verdict(Decision.PUBLISH)
        message = gettext_noop("%(count)d of its characters are disguised; it reads: %(text)s")
        values = {"count": folded.total, "text": folded.text[:120]}
        return Verdict(Decision.HOLD, (Reason(message, values, self.name),))
