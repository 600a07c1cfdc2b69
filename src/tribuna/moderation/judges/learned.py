"""The filter's say: holds what is like spam, and rejects only where it has proven that it may."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tribuna.comments.base import Decision, Draft, JudgesInTurn, Reason, Verdict
from tribuna.core.signing import keyed_hash
from tribuna.learning.explaining import Part, explain
from tribuna.learning.features import Features, examine
from tribuna.learning.layers import Filter
from tribuna.moderation.judges._facts import FACTS
from tribuna.moderation.judges._memory import MEMORY

SAID = 2  # facts, of each layer
WORDS_SAID = 5
# Where its layers disagree, a person teaches the filter the most (Seung, Opper, Sompolinsky, "Query by Committee", COLT
# 1992): so far above the score from which it holds by the prior alone, and so far below it by both.
SURE, UNSURE = 1.0, 2.0
_AUDIT_DIGITS = 8


class LearnedJudge(JudgesInTurn):
    """Weighs a text by the prior and by what the desk's decisions taught."""

    name = "learned"
    title = _("Learned filter")

    def judge(self, draft: Draft) -> Verdict:
        """Return HOLD for what is like spam; REJECT where that has proven right often enough, but for the audited."""
        judge = MEMORY.current().in_force
        features = examine(draft.text, name=draft.name)
        score, known = judge.scores(features)
        decision = opinion(judge, score, draft.language, known=known)
        if decision is Decision.PUBLISH:
            return Verdict(decision)
        reasons = [self._headline(judge, score), *self._why(judge, features)]
        if decision is Decision.REJECT and is_audited(draft):
            decision = Decision.HOLD
            message = gettext_noop("The filter would have rejected it; some of these are read by a person.")
            reasons.append(Reason(message, {}, self.name))
        return Verdict(decision, tuple(reasons))

    def _headline(self, judge: Filter, score: float) -> Reason:
        if judge.calibration is None or judge.decisions < settings.TRIBUNA_FILTER_REJECTS_AFTER:
            return Reason(gettext_noop("It is built like spam."), {}, self.name)
        message = gettext_noop("Of a hundred comments like this one, moderators took about %(chance)d for spam.")
        return Reason(message, {"chance": round(100 * judge.calibration.chance(score))}, self.name)

    def _why(self, judge: Filter, features: Features) -> Iterator[Reason]:
        explanation = explain(judge, features)
        yield from self._part(explanation.prior, gettext_noop("Known from the start: %(words)s."))
        if explanation.learned:
            yield from self._part(explanation.learned, gettext_noop("Learned from your decisions: %(words)s."))

    def _part(self, part: Part, message: str) -> Iterator[Reason]:
        if words := part.leading_words(WORDS_SAID):
            yield Reason(message, {"words": ", ".join(words)}, self.name)
        yield from (Reason(FACTS[name], {}, self.name) for name in part.leading_structure(SAID) if name in FACTS)


def opinion(judge: Filter, score: float, language: str, *, known: float) -> Decision:
    """Return what *judge* alone would do with a comment of that *score*, which the prior by itself gives *known*.

    It rejects only what both of its layers take for spam, and holds some of what only the prior does.
    """
    holding_from = settings.TRIBUNA_FILTER_HOLD_SCORE
    if score >= rejecting_from(judge, language) and known >= holding_from:
        return Decision.REJECT
    is_disputed = known >= holding_from + SURE and score >= holding_from - UNSURE
    return Decision.HOLD if score >= holding_from or is_disputed else Decision.PUBLISH


def rejecting_from(judge: Filter, language: str) -> float:
    """Return the score from which *judge* may reject in *language*; no score has it where it may not.

    What was proven on the comments that moderators saw need not hold for others, hence the floor beneath it.
    """
    proven = judge.reject_from.get(language, math.inf)
    may_reject = judge.decisions >= settings.TRIBUNA_FILTER_REJECTS_AFTER
    return max(proven, settings.TRIBUNA_FILTER_REJECT_SCORE) if may_reject else math.inf


def is_audited(draft: Draft) -> bool:
    """Say whether a person reads *draft* though it would be rejected. Nobody can foresee it; it is so each time."""
    drawn = keyed_hash("moderation.audit", hashlib.sha256(draft.text.encode()).hexdigest())[:_AUDIT_DIGITS]
    return bool(int(drawn, 16) < settings.TRIBUNA_FILTER_AUDIT_SHARE * 16**_AUDIT_DIGITS)
