from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.moderation.factories import article, draft, moderator
from tribuna.comments.actions import submit_comment
from tribuna.comments.base import Decision
from tribuna.comments.models import Comment, State
from tribuna.moderation.actions import decide
from tribuna.moderation.judges import _memory
from tribuna.moderation.judges._memory import MEMORY
from tribuna.moderation.judges.learned import LearnedJudge
from tribuna.moderation.judges.waves import WavesJudge
from tribuna.moderation.models import Score, Trace

LIKE_SPAM = "Please share this story"  # scores below what the filter holds by itself; see the first test
HONEST = "The ferry was late again."

pytestmark = pytest.mark.django_db


def came(count: int, *, value: float = 8.0, networks: int = 200) -> list[Comment]:
    """Have *count* comments come in from so many *networks*, which the filter scored *value*; they wait."""
    page = article()
    done = []
    for number in range(count):
        network = f"10.{number % networks}.1.0/24"
        stored = submit_comment(page, text=f"Number {number}.", name="Ana", language="en", network=network).comment
        done.append(stored)
    Score.objects.update(value=value)
    Comment.objects.update(state=State.HELD)
    MEMORY.forget()
    return done


def said(text: str = LIKE_SPAM, *, is_newcomer: bool = True) -> Decision:
    return WavesJudge().judge(draft(text, is_newcomer=is_newcomer)).decision


def test_in_calm_it_says_nothing_and_in_a_wave_what_is_a_little_like_spam_waits():
    assert LearnedJudge().judge(draft(LIKE_SPAM)).decision is Decision.PUBLISH
    assert said() is Decision.PUBLISH
    came(40, value=-5.0)
    assert said() is Decision.PUBLISH
    Score.objects.update(value=8.0)
    MEMORY.forget()
    assert said() is Decision.HOLD
    [reason] = WavesJudge().judge(draft(LIKE_SPAM, is_newcomer=True)).reasons
    assert str(reason) == "Most of what came in lately is like spam, so whatever is a little like it waits."
    assert said(HONEST) is Decision.PUBLISH


def test_whoever_was_published_before_is_not_held_for_what_others_send():
    came(40)
    assert said(is_newcomer=False) is Decision.PUBLISH


def test_an_hour_later_it_is_over():
    came(40)
    Trace.objects.update(at=timezone.now() - timedelta(minutes=61))
    MEMORY.forget()
    assert said() is Decision.PUBLISH


def test_a_few_are_no_wave():
    came(19)
    assert said() is Decision.PUBLISH


def test_what_has_no_score_does_not_count():
    stored = came(40)
    Score.objects.filter(pk__in=[each.pk for each in stored[19:]]).delete()
    assert said() is Decision.PUBLISH


def test_one_network_makes_no_wave():
    came(40, networks=2)
    assert said() is Decision.PUBLISH


def test_what_a_person_published_was_no_spam_and_what_they_took_for_spam_was():
    actor = moderator()
    stored = came(40, value=0.6)
    for each in stored:
        each.refresh_from_db()
        decide(each, actor=actor, state=State.PUBLISHED)
    MEMORY.forget()
    assert said() is Decision.PUBLISH
    for each in stored:
        decide(each, actor=actor, state=State.SPAM)
    MEMORY.forget()
    assert said() is Decision.HOLD


def test_it_asks_the_database_once_for_twenty_comments(django_assert_num_queries, monkeypatch):
    moments = [100.0]
    monkeypatch.setattr(_memory.time, "monotonic", lambda: moments[-1])
    came(40)
    assert MEMORY.spam_log_odds() > 1
    moments.append(101)
    with django_assert_num_queries(0):
        for _each in range(_memory.WAVE_COMMENTS):
            MEMORY.spam_log_odds()
    with django_assert_num_queries(1):
        MEMORY.spam_log_odds()
    with django_assert_num_queries(0):  # where they come faster it rests for a moment
        for _each in range(3 * _memory.WAVE_COMMENTS):
            MEMORY.spam_log_odds()
    moments.append(101.2)
    with django_assert_num_queries(1):
        MEMORY.spam_log_odds()
    moments.append(1e9)
    with django_assert_num_queries(1):
        MEMORY.spam_log_odds()
