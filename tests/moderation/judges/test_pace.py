from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.moderation.factories import comment, draft
from tribuna.comments.base import Decision, Draft
from tribuna.moderation.judges.pace import PaceJudge
from tribuna.moderation.models import Trace

pytestmark = pytest.mark.django_db

HOUSE = "192.0.2.0/24"


@pytest.fixture(autouse=True)
def _limits(settings) -> None:
    settings.TRIBUNA_PACE_WINDOW_SECONDS = 600
    settings.TRIBUNA_PACE_AUTHOR_MAXIMUM = 2
    settings.TRIBUNA_PACE_NETWORK_MAXIMUM = 3


def next_draft() -> Draft:
    """Return another draft by whoever sent the last comment."""
    last = Trace.objects.latest("at")
    return draft(author_ref=last.author_ref, network_ref=last.network_ref)


def test_whoever_sends_few_passes() -> None:
    comment(email="ana@example.org", network=HOUSE)
    assert PaceJudge().judge(next_draft()).decision is Decision.PUBLISH


def test_whoever_sends_many_is_held_and_told_how_many() -> None:
    for _ in range(2):
        comment(email="ana@example.org", network=HOUSE)
    verdict = PaceJudge().judge(next_draft())
    assert verdict.decision is Decision.HOLD
    assert [str(reason) for reason in verdict.reasons] == ["3 comments came from the same author within 10 minutes."]
    assert verdict.reasons[0].judge == "pace"


def test_a_network_that_sends_many_is_held_whoever_they_are() -> None:
    for name in ("ana", "ben", "cleo"):
        comment(email=f"{name}@example.org", network=HOUSE)
    verdict = PaceJudge().judge(next_draft())
    assert [str(reason) for reason in verdict.reasons] == ["4 comments came from the same network within 10 minutes."]


def test_people_without_an_address_are_one_network_and_no_author() -> None:
    for _ in range(3):
        comment(network=HOUSE)
    verdict = PaceJudge().judge(next_draft())
    assert [str(reason) for reason in verdict.reasons] == ["4 comments came from the same network within 10 minutes."]


def test_a_limit_of_none_holds_nobody_of_whom_nothing_is_known(settings) -> None:
    settings.TRIBUNA_PACE_AUTHOR_MAXIMUM = settings.TRIBUNA_PACE_NETWORK_MAXIMUM = 0
    assert PaceJudge().judge(draft(author_ref="", network_ref="")).decision is Decision.PUBLISH


def test_what_was_sent_before_the_window_does_not_count() -> None:
    for _ in range(3):
        comment(email="ana@example.org", network=HOUSE)
    later = next_draft()
    with time_machine.travel(timezone.now() + timedelta(seconds=601), tick=False):
        assert PaceJudge().judge(later).decision is Decision.PUBLISH


def test_people_of_whom_nothing_is_known_are_not_taken_for_one(django_assert_num_queries) -> None:
    for _ in range(3):
        comment()
    with django_assert_num_queries(0):
        verdict = PaceJudge().judge(draft(author_ref="", network_ref=""))
    assert verdict.decision is Decision.PUBLISH


def test_of_those_that_come_together_each_counts_for_the_next() -> None:
    comment(email="ana@example.org", network=HOUSE)
    first = next_draft()
    stranger, edited = draft(author_ref="", network_ref=""), next_draft()
    sent = [first, stranger, first, replace(edited, replaces=1), first]
    verdicts = PaceJudge().judge_together(sent)
    held = [verdict.decision is Decision.HOLD for verdict in verdicts]
    assert held == [False, False, True, False, True]
    assert [len(verdict.reasons) for verdict in verdicts] == [0, 0, 1, 0, 2]


def test_any_number_of_drafts_is_two_questions(django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        PaceJudge().judge_together([draft(author_ref=f"{n:064}", network_ref=f"{n:064}") for n in range(30)])
