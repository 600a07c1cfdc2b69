"""Holds a text that is surely in none of the languages that readers may write in."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tribuna.comments.base import Decision, Draft, JudgesInTurn, Reason, Verdict
from tribuna.learning.folding import fold
from tribuna.learning.structure import words_of
from tribuna.learning.tongues import is_plainly

LETTERS_MINIMUM = 80  # of less nobody can be sure
SURE = 0.99
_STRANGE = re.compile(r"https?://\S+|[\W\d_]+")


class TongueJudge(JudgesInTurn):
    """Recognises languages by their small words and their runs of letters, without asking anybody."""

    name = "tongue"
    title = _("Language")

    def judge(self, draft: Draft) -> Verdict:
        """Return HOLD for a longer text in a language that is neither the site's nor a story's."""
        folded = fold(draft.text).text
        spoken = _spoken(*dict(settings.LANGUAGES), *settings.TRIBUNA_STORY_LANGUAGES)
        if len(folded) < LETTERS_MINIMUM or is_plainly(words_of(folded), spoken):
            return Verdict(Decision.PUBLISH)
        letters = _STRANGE.sub(" ", folded)
        if len(letters) < LETTERS_MINIMUM:
            return Verdict(Decision.PUBLISH)
        language, chance = _identifier().classify(letters.lower())
        if language in spoken or chance < SURE:
            return Verdict(Decision.PUBLISH)
        message = gettext_noop("It seems to be in a language that is not spoken here (%(language)s).")
        return Verdict(Decision.HOLD, (Reason(message, {"language": language}, self.name),))


@cache
def _spoken(*codes: str) -> frozenset[str]:
    return frozenset(code.split("-")[0] for code in codes)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # half a second and its tables, when first needed

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
