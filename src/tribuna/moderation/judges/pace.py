"""Holds the comments of someone who sends many in a short time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tribuna.comments.base import Decision, Draft, Reason, Verdict
from tribuna.core.prepared import prepared
from tribuna.moderation.models import Trace

_AUTHOR = gettext_noop("%(count)d comments came from the same author within %(minutes)d minutes.")
_NETWORK = gettext_noop("%(count)d comments came from the same network within %(minutes)d minutes.")


@prepared
def _counted(refs: list[str], since: datetime, *, field: str) -> QuerySet[Trace, tuple[str, int]]:
    recent: QuerySet[Any] = Trace.objects.filter(at__gte=since, **{f"{field}__in": refs}).order_by()
    counted: QuerySet[Trace, tuple[str, int]] = recent.values(field).annotate(number=Count("pk"))
    return counted.values_list(field, "number")


class PaceJudge:
    """Counts what came lately from the same author and from the same network."""

    name = "pace"
    title = _("Pace")

    def judge(self, draft: Draft) -> Verdict:
        """Return HOLD when either has sent its maximum within the window already."""
        return self.judge_together([draft])[0]

    def judge_together(self, drafts: Sequence[Draft]) -> list[Verdict]:
        """Return what ``judge`` says of each, when those before it have been sent; one question for each limit."""
        limits = (  # who gave no e-mail address is nobody's author, and counts in the network alone
            (_AUTHOR, "author_ref", settings.TRIBUNA_PACE_AUTHOR_MAXIMUM),
            (_NETWORK, "network_ref", settings.TRIBUNA_PACE_NETWORK_MAXIMUM),
        )
        since = timezone.now() - timedelta(seconds=settings.TRIBUNA_PACE_WINDOW_SECONDS)
        minutes = settings.TRIBUNA_PACE_WINDOW_SECONDS // 60
        reasons: list[list[Reason]] = [[] for _draft in drafts]
        for message, field, maximum in limits:
            # What replaces a comment was counted when that came.
            refs = ["" if draft.replaces is not None else getattr(draft, field) for draft in drafts]
            asked = sorted({ref for ref in refs if ref})
            sent = Counter(dict(_counted(asked, since, field=field)) if asked else {})
            for ref, found in zip(refs, reasons, strict=True):
                if ref and sent[ref] >= maximum:
                    found.append(Reason(message, {"count": sent[ref] + 1, "minutes": minutes}, self.name))
                sent[ref] += 1
        return [Verdict(Decision.HOLD if found else Decision.PUBLISH, tuple(found)) for found in reasons]
