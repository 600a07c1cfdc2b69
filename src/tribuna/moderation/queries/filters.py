"""The learned filter: what it is made of, what it may do, and how good it has proven."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from tribuna.comments.base import Decision as Said
from tribuna.comments.models import State
from tribuna.core.plug import plugs
from tribuna.learning.layers import Filter
from tribuna.learning.metrics import Share, standing
from tribuna.moderation.judges._memory import unpacked
from tribuna.moderation.judges.learned import LearnedJudge, rejecting_from
from tribuna.moderation.models import Decision, Score, SiteFilter
from tribuna.moderation.models.labels import labels_of, scored_and_decided

_WORDS = {"hold": Said.HOLD, "reject": Said.REJECT}
type Standings = Mapping[str, Mapping[str, Mapping[str, Mapping[str, int]]]]  # as in SiteFilter.standing


@dataclass(frozen=True, slots=True)
class Proof:
    """How good the filter has proven at one thing in one language."""

    language: str
    word: str  # "hold" or "reject"
    precision: Share
    recall: Share


@dataclass(frozen=True, slots=True)
class Audit:
    """Comments that the filter would have rejected, and that a person reads instead: drawn by chance."""

    drawn: int
    spam: Share  # of those that a person has decided on
    rejected: int  # and those that it rejected, without any person


@dataclass(frozen=True, slots=True)
class FilterState:
    """The filter in force."""

    stored: SiteFilter | None  # the newsroom's own layer; without one the shipped prior stands alone
    judge: Filter
    is_in_use: bool
    may_reject: Mapping[str, float]  # by language, the score from which it rejects by itself
    unseen: list[Proof]  # on texts that it had not learned from
    lived: list[Proof]  # on comments that people decided on after it had scored them
    audit: Audit
    before: SiteFilter | None  # what is in force once this one is taken back

    @property
    def has_own_layer(self) -> bool:
        """Say whether the newsroom's own layer has a say: one of another version has none."""
        return self.judge.site is not None


def filter_state() -> FilterState:
    """Return what the filter is just now, and how it has done."""
    stored = SiteFilter.objects.in_force()
    judge = unpacked(stored)
    earlier = SiteFilter.objects.defer("weights").filter(is_withdrawn=False, pk__lt=stored.pk if stored else 0)
    return FilterState(
        stored=stored,
        judge=judge,
        is_in_use=any(isinstance(each, LearnedJudge) for each in plugs(settings.TRIBUNA_JUDGES)),
        may_reject=languages_of_rejection(judge),
        unseen=proofs(stored.standing if stored else {}),
        lived=proofs(lived_standings()),
        audit=audit_of_rejections(),
        before=earlier.order_by("pk").last(),
    )


def languages_of_rejection(judge: Filter) -> dict[str, float]:
    """Return the score from which *judge* rejects by itself, for each language in which it may."""
    found = {language: rejecting_from(judge, language) for language in sorted(judge.reject_from)}
    return {language: score for language, score in found.items() if math.isfinite(score)}


def lived_standings() -> dict[str, dict[str, dict[str, dict[str, int]]]]:
    """Return by language how the filter's own decisions fared with people, in the shape of ``SiteFilter.standing``."""
    rows = scored_and_decided(settings.TRIBUNA_FILTER_LEARNS_FROM)
    found: dict[str, Any] = {}
    for language in sorted({row[0] for row in rows}):
        said = [(decision, label) for each, decision, label in rows if each == language]
        decisions, labels = [float(decision) for decision, _label in said], [label for _decision, label in said]
        found[language] = {
            word: {
                "precision": {"hits": done.precision.hits, "total": done.precision.total},
                "recall": {"hits": done.recall.hits, "total": done.recall.total},
            }
            for word, least in _WORDS.items()
            for done in [standing(decisions, labels, threshold=least)]
        }
    return found


def proofs(standings: Standings) -> list[Proof]:
    """Return *standings* row by row."""
    return [
        Proof(language, word, precision=Share(**shares["precision"]), recall=Share(**shares["recall"]))
        for language, words in standings.items()
        for word, shares in words.items()
    ]


def audit_of_rejections() -> Audit:
    """Return what came of the newest comments that the filter would have rejected, read by a person or not."""
    received = Decision.objects.filter(action=Decision.Action.RECEIVE, found_by__contains=LearnedJudge.name)
    scored = Score.objects.filter(decision=Said.REJECT).order_by("-pk")
    drawn = scored.filter(comment__in=received.filter(state_after=State.HELD).values("comment"))
    rejected = scored.filter(comment__in=received.filter(state_after=State.REJECTED).values("comment"))
    ids = list(drawn.values_list("pk", flat=True)[: settings.TRIBUNA_FILTER_LEARNS_FROM])
    labels = labels_of(Decision.objects.filter(comment__in=ids).order_by("pk"))
    return Audit(len(ids), Share(sum(labels.values()), len(labels)), rejected.count())
