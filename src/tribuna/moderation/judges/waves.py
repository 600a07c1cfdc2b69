"""Holds more of what newcomers say while most of what comes in is spam."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tribuna.comments.base import Decision, Draft, JudgesInTurn, Reason, Verdict
from tribuna.learning.features import examine
from tribuna.moderation.judges._memory import MEMORY

STRICTER_AT_MOST = 3.0  # 19 in 20 are spam; beyond, hardly any honest comment would be published at once


class WavesJudge(JudgesInTurn):
    """Lowers the score from which the filter holds by the odds of spam in the last hour. In calm it says nothing."""

    name = "waves"
    title = _("Waves of spam")

    def judge(self, draft: Draft) -> Verdict:
        """Return HOLD for a newcomer's text that is likelier spam than not, as much as there is of that just now."""
        stricter = min(MEMORY.spam_log_odds(), STRICTER_AT_MOST) if draft.is_newcomer else 0.0
        if stricter <= 0:
            return Verdict(Decision.PUBLISH)
        score = MEMORY.in_force.score(examine(draft.text, name=draft.name))
        if score < settings.TRIBUNA_FILTER_HOLD_SCORE - stricter:
            return Verdict(Decision.PUBLISH)
        message = gettext_noop("Most of what came in lately is like spam, so whatever is a little like it waits.")
        return Verdict(Decision.HOLD, (Reason(message, {}, self.name),))
