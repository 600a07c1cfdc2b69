"""Holds a text that is surely in none of the languages that readers may write in."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tribuna.comments.base import Decision, Draft, Reason, Verdict
from tribuna.learning.folding import fold

LETTERS_MINIMUM = 80  # of less nobody can be sure
SURE = 0.99
_STRANGE = re.compile(r"https?://\S+|[\W\d_]+")


class TongueJudge:
    """Recognises languages by their runs of letters, without asking anybody."""

    name = "tongue"
    title = _("Language")

    def judge(self, draft: Draft) -> Verdict:
        """Return HOLD for a longer text in a language that is neither the site's nor a story's."""
        words = _STRANGE.sub(" ", fold(draft.text).text)
        if len(words) < LETTERS_MINIMUM:
            return Verdict(Decision.PUBLISH)
        language, chance = _identifier().classify(words.lower())
        spoken = {code.split("-")[0] for code in (*dict(settings.LANGUAGES), *settings.TRIBUNA_STORY_LANGUAGES)}
        if language in spoken or chance < SURE:
            return Verdict(Decision.PUBLISH)
        message = gettext_noop("It seems to be in a language that is not spoken here (%(language)s).")
        return Verdict(Decision.HOLD, (Reason(message, {"language": language}, self.name),))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # half a second and its tables, when first needed

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
