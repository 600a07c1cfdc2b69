"""Holds what is nearly a text that was taken for spam, or that several others have just sent. It never rejects."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tribuna.comments.base import Decision, Draft, JudgesInTurn, Reason, Verdict
from tribuna.moderation.judges._memory import MEMORY

RECENT_MINIMUM = 2  # a text may be sent twice by mistake


class CampaignsJudge(JudgesInTurn):
    """Knows texts that differ in a few words. Spammers copy honest comments too, so a person decides."""

    name = "campaigns"
    title = _("Campaigns")

    def judge(self, draft: Draft) -> Verdict:
        """Return HOLD when the text is nearly one that was spam, or nearly several of the last ones."""
        memory = MEMORY.current()
        if memory.spam and memory.spam.like(draft.text):
            message, values = gettext_noop("It is nearly the same as a comment that was taken for spam."), {}
        elif memory.recent and len(recent := memory.recent.like(draft.text)) >= RECENT_MINIMUM:
            message = gettext_noop("It is nearly the same as %(count)d comments that came in lately.")
            values = {"count": len(recent)}
        else:
            return Verdict(Decision.PUBLISH)
        return Verdict(Decision.HOLD, (Reason(message, values, self.name),))
