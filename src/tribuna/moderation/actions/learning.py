"""Teaching the filter: asking for a new fit, taking one back, and noting what the filter said."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from tribuna.comments.actions import Incoming
from tribuna.core.inserts import insert_rows
from tribuna.learning.features import examine
from tribuna.learning.layers import Filter
from tribuna.moderation.judges._memory import MEMORY
from tribuna.moderation.judges.learned import opinion
from tribuna.moderation.models import Score, SiteFilter
from tribuna.moderation.models.labels import labelled_comments, last_human_decision
from tribuna.moderation.tasks import fit_again, is_fit_waiting

GROWTH = 1.1  # a refit is due when there are so many times as many decisions


def is_retraining_due() -> bool:
    """Say whether a tenth more was decided since the filter was last fitted, taken back or not."""
    newest = SiteFilter.objects.order_by("pk").last()
    if newest and newest.last_decision == last_human_decision():
        return False
    count = len(labelled_comments(settings.TRIBUNA_FILTER_LEARNS_FROM))
    if newest is None:
        return count >= settings.TRIBUNA_FILTER_HELPS_AFTER
    # The newest so many are learned from: once there are that many, any news is news.
    return count >= min(newest.decisions * GROWTH, settings.TRIBUNA_FILTER_LEARNS_FROM)


def ask_for_fit() -> bool:
    """Have the filter fitted by whoever does what is put off; return False when that was asked for already."""
    if is_fit_waiting():
        return False
    fit_again.enqueue()
    return True


def roll_back_filter(seen: int | None = None) -> SiteFilter | None:
    """Take back the filter in force; return the one that is in force now, None when the prior stands alone.

    *seen* is the id of the one that is meant, where somebody looked at it before. Raises SiteFilter.DoesNotExist when
    there is none to take back, or another one is in force by now.
    """
    in_force = SiteFilter.objects.in_force()
    if in_force is None or seen not in {None, in_force.pk}:
        raise SiteFilter.DoesNotExist
    in_force.is_withdrawn = True
    in_force.save(update_fields=["is_withdrawn"])
    MEMORY.forget()
    return SiteFilter.objects.in_force()


def record_scores(submitted: Iterable[Incoming]) -> None:
    """Write down what the filter makes of comments that were just stored, before any person decides on them."""
    # Not brought up to date: the judges were a moment ago, and nothing may fail here that would lose a comment.
    judge, filter_id = MEMORY.in_force, MEMORY.filter_id or None
    insert_rows(Score, [{**_score(judge, each), "site_filter_id": filter_id} for each in submitted])


def _score(judge: Filter, submitted: Incoming) -> dict[str, float]:
    draft = submitted.draft
    value, known = judge.scores(examine(draft.text, name=draft.name))
    decision = opinion(judge, value, draft.language, known=known)
    return {"comment_id": submitted.comment.pk, "value": value, "decision": int(decision)}
