from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.moderation.factories import comment, draft
from tribuna.comments.base import Decision
from tribuna.moderation.judges import repeats
from tribuna.moderation.judges.repeats import RepeatsJudge

pytestmark = pytest.mark.django_db

TEXT = "The new ferry is a great success for all of us on the island."


def test_a_text_is_new_once() -> None:
    assert RepeatsJudge().judge(draft(TEXT)).decision is Decision.PUBLISH


def test_the_same_text_in_another_dress_is_held() -> None:
    comment(text=TEXT)
    verdict = RepeatsJudge().judge(draft(TEXT.upper().replace(" ", "  "), author_ref="c" * 64))
    assert verdict.decision is Decision.HOLD
    assert [str(reason) for reason in verdict.reasons] == ["The same text was sent before."]
    assert verdict.reasons[0].judge == "repeats"


def test_many_may_say_thank_you(django_assert_num_queries) -> None:
    comment(text="Thank you!")
    with django_assert_num_queries(0):
        assert RepeatsJudge().judge(draft("Thank you!")).decision is Decision.PUBLISH


def test_what_was_sent_long_ago_may_be_said_again(settings) -> None:
    comment(text=TEXT)
    with time_machine.travel(timezone.now() + timedelta(days=settings.TRIBUNA_REPEATS_WINDOW_DAYS + 1), tick=False):
        assert RepeatsJudge().judge(draft(TEXT)).decision is Decision.PUBLISH


def test_of_those_that_come_together_the_second_is_a_repeat(django_assert_num_queries) -> None:
    comment(text=TEXT)
    other = f"{TEXT} And the trains, too."
    sent = [draft(other), draft(TEXT), draft("Thank you!"), draft(other.upper()), draft("Thank you!")]
    with django_assert_num_queries(1):
        verdicts = RepeatsJudge().judge_together(sent)
    held = [verdict.decision is Decision.HOLD for verdict in verdicts]
    assert held == [False, True, False, True, False]


def test_where_there_are_too_many_to_ask_of_all_each_is_asked_about(monkeypatch) -> None:
    comment(text=TEXT)
    monkeypatch.setattr(repeats, "_ANSWERS", 1)
    verdicts = RepeatsJudge().judge_together([draft(TEXT), draft(f"{TEXT} And the trains, too.")])
    assert [verdict.decision for verdict in verdicts] == [Decision.HOLD, Decision.PUBLISH]


def test_what_replaces_a_comment_is_no_repeat_of_that_one() -> None:
    sent = comment(text=TEXT)
    [verdict] = RepeatsJudge().judge_together([draft(TEXT, replaces=sent.pk)])
    assert verdict.decision is Decision.PUBLISH
