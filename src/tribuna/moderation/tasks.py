"""Fitting the filter anew: half a minute for thousands of decisions, so no request waits for it."""

from __future__ import annotations

import logging
import math
from dataclasses import asdict

from django.conf import settings
from django.db import transaction
from django.tasks import TaskResultStatus, task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tribuna.comments.base import Decision
from tribuna.learning.features import Features, examine
from tribuna.learning.layers import Filter, pack_filter
from tribuna.learning.metrics import standing
from tribuna.learning.prior import shipped_prior
from tribuna.moderation.judges._memory import MEMORY
from tribuna.moderation.judges.learned import opinion, rejecting_from
from tribuna.moderation.models import SiteFilter
from tribuna.moderation.models.labels import Labelled, labelled_comments, last_human_decision

logger = logging.getLogger(__name__)


class TooFewDecisions(Exception):  # noqa: N818
    """There are only *count* decisions to learn from, or they are all alike."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} decisions to learn from")
        self.count = count


@task(backend="queue")
def fit_again() -> None:
    """Fit the filter as somebody at the desk has asked; with too little to learn from, everything stays as it is."""
    try:
        retrain_filter()
    except TooFewDecisions as few:
        logger.warning("The filter was not fitted: %s.", few)


def is_fit_waiting() -> bool:
    """Say whether a fit was asked for that has not been done yet."""
    unfinished = [TaskResultStatus.READY, TaskResultStatus.RUNNING]
    return DBTaskResult.objects.filter(task_path=fit_again.module_path, status__in=unfinished).exists()


def retrain_filter() -> SiteFilter:
    """Fit the newsroom's layer to the decisions that stand, bring it into force and return it.

    Raises TooFewDecisions below ``TRIBUNA_FILTER_HELPS_AFTER``, or without two comments of each kind.
    """
    from tribuna.learning.fitting import fit_filter  # scikit-learn, which only whoever fits should load

    last = last_human_decision()
    labelled = labelled_comments(settings.TRIBUNA_FILTER_LEARNS_FROM)
    labels = [each.label for each in labelled]
    if len(labels) < settings.TRIBUNA_FILTER_HELPS_AFTER or min(sum(labels), len(labels) - sum(labels)) < 2:
        raise TooFewDecisions(len(labels))
    features = [examine(each.text, name=each.name) for each in labelled]
    fitted, unseen = fit_filter(
        shipped_prior(),
        features,
        labels,
        [each.language for each in labelled],
        precision=settings.TRIBUNA_FILTER_PRECISION,
    )
    with transaction.atomic():
        stored = SiteFilter.objects.create(
            made_at=timezone.now(),
            decisions=len(labels),
            spam=sum(labels),
            last_decision=last,
            weights=pack_filter(fitted),
            standing=_standings(labelled, features, unseen, fitted),
        )
        kept = SiteFilter.objects.order_by("-pk").values_list("pk", flat=True)[: settings.TRIBUNA_FILTER_KEPT]
        SiteFilter.objects.exclude(pk__in=list(kept)).delete()
    MEMORY.forget()
    return stored


def _standings(
    labelled: list[Labelled], features: list[Features], scores: list[float], fitted: Filter
) -> dict[str, dict[str, dict[str, dict[str, int]]]]:
    """Return by language how holding and rejecting did on texts that were not learned from."""
    found = {}
    for language in sorted({each.language for each in labelled}):
        own = [place for place, each in enumerate(labelled) if each.language == language]
        labels = [labelled[place].label for place in own]
        said = [opinion(fitted, scores[place], language, known=fitted.prior.score(features[place])) for place in own]
        decisions = {"hold": Decision.HOLD}
        if math.isfinite(rejecting_from(fitted, language)):
            decisions["reject"] = Decision.REJECT
        found[language] = {
            word: asdict(standing(said, labels, threshold=decision)) for word, decision in decisions.items()
        }
    return found
