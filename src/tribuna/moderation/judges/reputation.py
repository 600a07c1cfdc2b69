"""Holds a link to a site that moderators have known for spam, whoever gives it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tribuna.comments.base import Decision, Draft, JudgesInTurn, Reason, Verdict
from tribuna.learning.addresses import domains_in
from tribuna.learning.folding import fold
from tribuna.moderation.judges._memory import MEMORY
from tribuna.moderation.models.labels import HONEST, SPAM


class ReputationJudge(JudgesInTurn):
    """Remembers the sites in the comments that this newsroom's moderators decided on."""

    name = "reputation"
    title = _("Links of the past")

    def judge(self, draft: Draft) -> Verdict:
        """Return HOLD for a site that was more often in spam than in what was published."""
        domains = MEMORY.current().domains
        # Each by itself: others fold the text, too, and that is remembered.
        linked = domains_in(fold(draft.name).text) | domains_in(fold(draft.text).text)
        known = sorted(domain for domain in linked if domains[SPAM][domain] > domains[HONEST][domain])
        if not known:
            return Verdict(Decision.PUBLISH)
        message = gettext_noop("%(site)s was linked to in %(count)d comments that were taken for spam.")
        return Verdict(
            Decision.HOLD,
            tuple(Reason(message, {"site": site, "count": domains[SPAM][site]}, self.name) for site in known),
        )
