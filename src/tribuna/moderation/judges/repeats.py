"""Holds a text that was sent before, by anyone. Spammers copy real comments too, so it never rejects."""

from __future__ import annotations

from collections.abc import Sequence
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

_ANSWERS = 100  # of one question, about all texts together


@prepared
def _sent(digests: list[str], since: datetime, *, most: int) -> QuerySet[Trace, str]:
    found = Trace.objects.filter(text_digest__in=digests, at__gte=since)
    return found.values_list("text_digest", flat=True)[:most]


@prepared
def _sent_by_others(digests: list[str], since: datetime, replaced: int) -> QuerySet[Trace, int]:
    others = Trace.objects.exclude(pk=replaced)
    return others.filter(text_digest__in=digests, at__gte=since).values_list("pk", flat=True)[:1]


class RepeatsJudge:
    """Recognises a text by its digest. Short ones ("Thank you!") may be said by many."""

    name = "repeats"
    title = _("Repeats")

    def judge(self, draft: Draft) -> Verdict:
        """Return HOLD when the same text, folded, was sent within the window."""
        digests = _digests(draft)
        return self._verdict(is_known=bool(digests and _sent_by_others(digests, _since(), draft.replaces or 0)))

    def judge_together(self, drafts: Sequence[Draft]) -> list[Verdict]:
        """Return what ``judge`` says of each, when those before it have been sent; mostly one question about all."""
        if any(draft.replaces is not None for draft in drafts):  # one of those that were sent is the comment itself
            return [self.judge(draft) for draft in drafts]
        digests = [_digests(draft) for draft in drafts]
        asked = sorted({digest for own in digests for digest in own})
        sent = _sent(asked, _since(), most=_ANSWERS) if asked else []
        if len(sent) == _ANSWERS:  # there may be more
            return [self.judge(draft) for draft in drafts]
        known, verdicts = set(sent), []
        for own in digests:
            verdicts.append(self._verdict(is_known=not known.isdisjoint(own)))
            known.update(own)
        return verdicts

    def _verdict(self, *, is_known: bool) -> Verdict:
        if not is_known:
            return Verdict(Decision.PUBLISH)
        return Verdict(Decision.HOLD, (Reason(gettext_noop("The same text was sent before."), {}, self.name),))


def _digests(draft: Draft) -> list[str]:
    folded = fold_text(draft.text)
    return text_digests(folded) if len(folded) >= settings.TRIBUNA_REPEATS_MINIMUM_CHARACTERS else []


def _since() -> datetime:
    return timezone.now() - timedelta(days=settings.TRIBUNA_REPEATS_WINDOW_DAYS)
