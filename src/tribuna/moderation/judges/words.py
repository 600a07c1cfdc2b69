"""Holds or rejects what contains a word that the editors keep on their list. The list is empty until they fill it."""

from __future__ import annotations

import re
import time
from functools import lru_cache

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tribuna.comments.base import Decision, Draft, JudgesInTurn, Reason, Verdict
from tribuna.core.prepared import prepared
from tribuna.learning.folding import fold
from tribuna.moderation.base import fold_text
from tribuna.moderation.models import WordEntry

KNOWN_SECONDS = 2.0  # until a process hears of a word that was added elsewhere


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    """Return what finds *phrase* in a folded text: whole words, whatever stands between them."""
    words = (re.escape(word) for word in fold_text(phrase).split())
    return re.compile(rf"(?<!\w){r'[\W_]+'.join(words)}(?!\w)")


@prepared
def _entries(language: str) -> QuerySet[WordEntry, tuple[str, int]]:
    return WordEntry.objects.for_language(language).values_list("phrase", "decision")


class WordMemory:
    """The list as it was read a moment ago. This process forgets it with every change, others hear of it soon."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, list[tuple[str, int]]]] = {}

    def forget(self) -> None:
        """Read it again when next asked."""
        self._known = {}

    def entries(self, language: str) -> list[tuple[str, int]]:
        """Return phrase and decision of what is kept for *language*, and for all of them."""
        known, now = self._known, time.monotonic()
        until, found = known.get(language, (0.0, []))
        if until < now:
            found = _entries(language)
            known[language] = now + KNOWN_SECONDS, found
        return found


WORDS = WordMemory()


class WordsJudge(JudgesInTurn):
    """Looks for the editors' words, in the comment's language and in those kept for every language."""

    name = "words"
    title = _("Words")

    def judge(self, draft: Draft) -> Verdict:
        """Return the strictest decision among the words found, in the text or in the name."""
        if not (entries := WORDS.entries(draft.language)):
            return Verdict(Decision.PUBLISH)
        shown = f"{draft.name}\n{draft.text}"
        # As it stands, and as it is meant: taking figures for letters may also hide a word that has figures.
        readings = {fold_text(shown), fold_text(fold(shown).text)}
        found = [(phrase, decision) for phrase, decision in entries if any(map(_pattern(phrase).search, readings))]
        return Verdict(
            Decision(max((decision for _phrase, decision in found), default=Decision.PUBLISH)),
            tuple(
                Reason(gettext_noop("“%(phrase)s” is on the list of words."), {"phrase": phrase}, self.name)
                for phrase, _decision in found
            ),
        )
