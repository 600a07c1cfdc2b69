"""Holds what is mostly copied out of the article itself. Who quotes a sentence or two and says something is honest."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tribuna.comments.base import Decision, Draft, JudgesInTurn, Reason, Verdict
from tribuna.moderation.judges._articles import ARTICLES, RUN_WORDS, plain_words, runs_of

COPIED_WORDS_MINIMUM = 20  # less is a phrase that anybody may repeat
OWN_WORDS_MINIMUM = 4  # "I don't believe this" is a remark
QUOTED_WORDS = 60  # two sentences; whoever quotes more says more: a word for each three
QUOTED_FOR_ONE = 3


class CopiedJudge(JudgesInTurn):
    """Compares a text with its article, word by word, whatever their capitals and disguises."""

    name = "copied"
    title = _("Copied from the article")

    def judge(self, draft: Draft) -> Verdict:
        """Return HOLD for a text that has too little of its own beside what stands in the article."""
        words = plain_words(draft.text)
        if len(words) < COPIED_WORDS_MINIMUM:
            return Verdict(Decision.PUBLISH)
        copied = _copied(words, draft.page_id)
        own = len(words) - copied
        wanted = max(OWN_WORDS_MINIMUM, (copied - QUOTED_WORDS) // QUOTED_FOR_ONE)
        if copied < COPIED_WORDS_MINIMUM or own >= wanted:
            return Verdict(Decision.PUBLISH)
        message = gettext_noop("%(copied)d of its %(words)d words are copied from the article.")
        return Verdict(Decision.HOLD, (Reason(message, {"copied": copied, "words": len(words)}, self.name),))


def _copied(words: Sequence[str], page_id: int) -> int:
    """Return how many of *words* stand in a run that the article has too."""
    runs = ARTICLES.runs(page_id)
    count = end = 0
    for place, run in enumerate(runs_of(words)):
        if run in runs:
            count += place + RUN_WORDS - max(place, end)
            end = place + RUN_WORDS
    return count
