from __future__ import annotations

import pytest

from tests.moderation.factories import comment, moderator
from tests.moderation.lessons import decided
from tribuna.comments.base import Decision as Said
from tribuna.comments.models import Comment, State
from tribuna.learning.prior import shipped_prior
from tribuna.moderation.actions import (
    TooFewDecisions,
    decide,
    is_retraining_due,
    retrain_filter,
    roll_back_filter,
    undo,
)
from tribuna.moderation.judges._memory import MEMORY
from tribuna.moderation.models import Decision, Score, SiteFilter
from tribuna.moderation.models.labels import HONEST, SPAM, labelled_comments, scored_and_decided

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def labels() -> list[int]:
    return [each.label for each in labelled_comments(100)]


def test_publishing_and_spam_are_labels_and_rudeness_is_none():
    actor = moderator()
    decide(comment(), actor=actor, state=State.PUBLISHED)
    decide(comment(), actor=actor, state=State.SPAM)
    decide(comment(), actor=actor, state=State.REJECTED, rule="advertising")
    decide(comment(), actor=actor, state=State.REJECTED, rule="respect")
    comment()
    assert labels() == [HONEST, SPAM, SPAM]


def test_what_is_undone_teaches_nothing():
    actor = moderator()
    done = decide(comment(), actor=actor, state=State.SPAM)
    again = decide(done.comment, actor=actor, state=State.PUBLISHED)
    assert labels() == [HONEST]
    undoing = undo(again, actor=actor)
    assert labels() == [SPAM]
    undo(undoing, actor=actor)
    assert labels() == [HONEST]


def test_what_is_erased_teaches_nothing():
    decided(4)
    Comment.objects.filter(pk=labelled_comments(10)[0].comment_id).delete()
    assert len(labels()) == 3


def test_it_learns_from_the_newest_only():
    decided(30)
    assert [each.comment_id for each in labelled_comments(10)] == [each.comment_id for each in labelled_comments(100)][
        -10:
    ]


def test_a_filter_is_fitted_kept_and_in_force(settings):
    settings.TRIBUNA_FILTER_KEPT = 2
    decided(120)
    made = [retrain_filter() for _ in range(3)]
    assert list(SiteFilter.objects.order_by("pk")) == made[1:]
    assert made[-1].decisions == 120
    assert made[-1].standing["en"]["hold"]["recall"]["total"] == made[-1].spam
    assert MEMORY.current().in_force.decisions == 120
    assert roll_back_filter() == made[1]
    assert MEMORY.current().filter_id == made[1].pk
    assert roll_back_filter() is None
    assert MEMORY.current().in_force.site is None
    with pytest.raises(SiteFilter.DoesNotExist):
        roll_back_filter()


def test_a_language_that_has_proven_itself_is_told(settings):
    settings.TRIBUNA_FILTER_PRECISION, settings.TRIBUNA_FILTER_REJECT_SCORE = 0.8, 1
    decided(160)
    standing = retrain_filter().standing["en"]
    assert standing["reject"]["precision"]["hits"] / standing["reject"]["precision"]["total"] > 0.8


def test_too_few_decisions_teach_nothing(settings):
    decided(19)
    with pytest.raises(TooFewDecisions, match="19"):
        retrain_filter()
    settings.TRIBUNA_FILTER_HELPS_AFTER = 2
    Decision.objects.by_people().filter(action="spam")._raw_delete("default")
    with pytest.raises(TooFewDecisions):
        retrain_filter()


def test_a_refit_is_due_when_a_tenth_more_was_decided():
    decided(19)
    assert not is_retraining_due()
    decided(41, seed=8)
    assert is_retraining_due()
    retrain_filter()
    assert not is_retraining_due()
    decided(5, seed=9)
    assert not is_retraining_due()
    decided(2, seed=10)
    assert is_retraining_due()


def test_a_score_is_kept_from_before_anyone_decided():
    stored = comment(text="Click http://best-pills.com and win free cash now!!!")
    score = Score.objects.get(comment=stored)
    assert (score.decision, score.site_filter) == (Said.HOLD, None)
    assert str(score) == f"#{stored.pk}: {score.value:.2f}"
    assert scored_and_decided(10) == []
    decide(stored, actor=moderator(), state=State.SPAM)
    assert scored_and_decided(10) == [("en", Said.HOLD, SPAM)]


def test_what_an_older_version_stored_is_passed_over(monkeypatch):
    shipped_prior()  # read before the version changes
    decided(40)
    made = retrain_filter()
    assert str(made) == f"#{made.pk} (40)"
    monkeypatch.setattr("tribuna.learning.layers.FORMAT", 1)
    MEMORY.forget()
    assert MEMORY.current().in_force.site is None
