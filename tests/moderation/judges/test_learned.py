from __future__ import annotations

import dataclasses

import pytest

from tests.moderation.factories import draft
from tests.moderation.lessons import decided
from tribuna.comments.base import Decision
from tribuna.moderation.actions import retrain_filter
from tribuna.moderation.judges._memory import MEMORY
from tribuna.moderation.judges.learned import LearnedJudge, is_audited, opinion

SPAM = "Click http://best-pills.com and win free cash now!!! Subscribe to my channel"

pytestmark = pytest.mark.django_db


def reasons(text: str) -> list[str]:
    return [str(reason) for reason in LearnedJudge().judge(draft(text)).reasons]


def test_the_prior_holds_and_says_why():
    assert LearnedJudge().judge(draft(SPAM)).decision is Decision.HOLD
    said = reasons(SPAM)
    assert said[0] == "It is built like spam."
    assert said[1].startswith("Known from the start: ")
    assert not any("decisions" in reason for reason in said)


def test_below_a_hundred_decisions_it_names_no_chance_and_rejects_nothing(settings):
    settings.TRIBUNA_FILTER_PRECISION = 0.5
    decided(90)
    retrain_filter()
    verdict = LearnedJudge().judge(draft(SPAM))
    assert verdict.decision is Decision.HOLD
    said = [str(reason) for reason in verdict.reasons]
    assert said[0] == "It is built like spam."
    assert any(reason.startswith("Learned from your decisions: ") for reason in said)


def test_what_has_proven_itself_rejects_and_some_of_it_is_read(settings):
    settings.TRIBUNA_FILTER_PRECISION, settings.TRIBUNA_FILTER_AUDIT_SHARE = 0.8, 0
    settings.TRIBUNA_FILTER_REJECT_SCORE = 1
    decided(160)
    retrain_filter()
    assert LearnedJudge().judge(draft(SPAM)).decision is Decision.REJECT
    assert reasons(SPAM)[0].startswith("Of a hundred comments like this one, moderators took about ")
    assert LearnedJudge().judge(draft(SPAM, language="es")).decision is Decision.HOLD  # nothing is proven there
    settings.TRIBUNA_FILTER_AUDIT_SHARE = 1
    assert LearnedJudge().judge(draft(SPAM)).decision is Decision.HOLD
    assert reasons(SPAM)[-1] == "The filter would have rejected it; some of these are read by a person."


def test_one_in_twenty_is_audited(settings):
    settings.TRIBUNA_FILTER_AUDIT_SHARE = 0.05
    drawn = sum(is_audited(draft(f"Comment {number}")) for number in range(2_000))
    assert 60 < drawn < 140


def test_nothing_is_rejected_below_the_floor_or_before_its_time(settings):
    settings.TRIBUNA_FILTER_REJECT_SCORE = 4
    judge = dataclasses.replace(MEMORY.in_force, decisions=100, reject_from={"en": -3.0})
    assert opinion(judge, -1, "en", known=0.5) is Decision.PUBLISH
    assert opinion(judge, 3, "en", known=1) is Decision.HOLD
    assert opinion(judge, 4, "en", known=1) is Decision.REJECT
    assert opinion(judge, 4, "es", known=1) is Decision.HOLD
    assert opinion(dataclasses.replace(judge, decisions=99), 4, "en", known=1) is Decision.HOLD


def test_what_only_the_prior_is_sure_of_is_held_while_the_newsroom_is_not_sure_of_the_contrary():
    judge = MEMORY.in_force
    assert opinion(judge, -1.9, "en", known=1) is Decision.HOLD
    assert opinion(judge, -2.1, "en", known=9) is Decision.PUBLISH
    assert opinion(judge, -0.1, "en", known=0.9) is Decision.PUBLISH


def test_what_the_prior_takes_for_honest_is_held_however_high_it_scores():
    judge = dataclasses.replace(MEMORY.in_force, decisions=100, reject_from={"en": -3.0})
    assert opinion(judge, 50, "en", known=-0.1) is Decision.HOLD
    assert opinion(judge, 50, "en", known=0.1) is Decision.REJECT


def test_a_text_without_words_has_none_to_name(settings):
    settings.TRIBUNA_FILTER_HOLD_SCORE = -99
    assert LearnedJudge().judge(draft("☎☎☎")).decision is Decision.HOLD
    assert not any(reason.startswith("Known") for reason in reasons("☎☎☎"))
