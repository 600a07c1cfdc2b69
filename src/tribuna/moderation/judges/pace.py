"""Holds the comments of someone who sends many in a short time."""

from __future__ import annotations

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
def _counted(ref: str, since: datetime, *, field: str) -> QuerySet[Trace, int]:
    recent: QuerySet[Any] = Trace.objects.filter(at__gte=since, **{field: ref}).order_by()
    counted: QuerySet[Trace, int] = recent.values(field).annotate(number=Count("pk")).values_list("number", flat=True)
    return counted


class PaceJudge:
    """Counts what came lately from the same author and from the same network."""

    name = "pace"
    title = _("Pace")

    def judge(self, draft: Draft) -> Verdict:
        """Return HOLD when either has sent its maximum within the window already."""
        if draft.replaces is not None:  # it was counted when it came
            return Verdict(Decision.PUBLISH)
        since = timezone.now() - timedelta(seconds=settings.TRIBUNA_PACE_WINDOW_SECONDS)
        limits = (  # who gave no e-mail address is nobody's author, and counts in the network alone
            (_AUTHOR, "author_ref", draft.author_ref, settings.TRIBUNA_PACE_AUTHOR_MAXIMUM),
            (_NETWORK, "network_ref", draft.network_ref, settings.TRIBUNA_PACE_NETWORK_MAXIMUM),
        )
        minutes = settings.TRIBUNA_PACE_WINDOW_SECONDS // 60
        reasons = []
        for message, field, ref, maximum in limits:
            if ref and (count := sum(_counted(ref, since, field=field))) >= maximum:
                reasons.append(Reason(message, {"count": count + 1, "minutes": minutes}, self.name))
        return Verdict(Decision.HOLD if reasons else Decision.PUBLISH, tuple(reasons))
