from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.moderation.factories import comment, draft
from tribuna.comments.base import Decision
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
