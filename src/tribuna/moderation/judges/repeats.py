"""Holds a text that was sent before, by anyone. Spammers copy real comments too, so it never rejects."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tribuna.comments.base import Decision, Draft, Reason, Verdict
from tribuna.core.prepared import prepared
from tribuna.moderation.base import fold_text, text_digests
from tribuna.moderation.models import Trace


@prepared
def _sent(digests: list[str], since: datetime, replaced: int) -> QuerySet[Trace, int]:
    others = Trace.objects.exclude(pk=replaced)
    return others.filter(text_digest__in=digests, at__gte=since).values_list("pk", flat=True)[:1]


class RepeatsJudge:
    """Recognises a text by its digest. Short ones ("Thank you!") may be said by many."""

    name = "repeats"
    title = _("Repeats")

    def judge(self, draft: Draft) -> Verdict:
        """Return HOLD when the same text, folded, was sent within the window."""
        folded = fold_text(draft.text)
        if len(folded) < settings.TRIBUNA_REPEATS_MINIMUM_CHARACTERS:
            return Verdict(Decision.PUBLISH)
        since = timezone.now() - timedelta(days=settings.TRIBUNA_REPEATS_WINDOW_DAYS)
        if not _sent(text_digests(folded), since, draft.replaces or 0):
            return Verdict(Decision.PUBLISH)
        return Verdict(Decision.HOLD, (Reason(gettext_noop("The same text was sent before."), {}, self.name),))
