"""Judges who take many drafts, and judges who take one at a time: what each says reaches the right comment."""

from __future__ import annotations

import pytest

from tests.comments.factories import DOUBTFUL
from tests.moderation.factories import draft
from tribuna.comments.actions import CHECK_FAILED
from tribuna.comments.actions.judging import opened_case, verdicts_on
from tribuna.comments.base import Decision, Draft, JudgesInTurn, Policy, Reason, Verdict

SHOUTED, ASKED, SAID = "IS IT?", "Is it?", "It is."


class Loud(JudgesInTurn):
    """Rejects what is shouted, and fails with whatever has no letter."""

    name = "loud"
    times: list[int] = []

    def judge(self, draft: Draft) -> Verdict:
        self.times.append(1)
        if not any(map(str.isalpha, draft.text)):
            raise ZeroDivisionError
        return Verdict(Decision.REJECT, (Reason("Loud."),)) if draft.text.isupper() else Verdict(Decision.PUBLISH)


class Forgetful(JudgesInTurn):
    """Forgets the last of several drafts."""

    name = "forgetful"

    def judge(self, draft: Draft) -> Verdict:
        return Verdict(Decision.HOLD, (Reason(draft.text),))

    def judge_together(self, drafts):
        return super().judge_together(drafts)[: max(len(drafts) - 1, 1)]


LOUD, FORGETFUL = f"{__name__}.Loud", f"{__name__}.Forgetful"


def said_of(*texts: str) -> list[tuple[Decision, list[str]]]:
    verdicts = verdicts_on([opened_case(draft(text), policy=Policy.OPEN) for text in texts])
    return [(verdict.decision, [str(reason) for reason in verdict.reasons]) for verdict in verdicts]


def test_each_gets_what_was_said_of_it_by_either_kind_of_judge(settings):
    settings.TRIBUNA_JUDGES = [LOUD, DOUBTFUL]
    assert said_of(SHOUTED, ASKED, SAID) == [
        (Decision.REJECT, ["Loud.", "1 question marks."]),
        (Decision.HOLD, ["1 question marks."]),
        (Decision.PUBLISH, []),
    ]


def test_who_takes_one_at_a_time_is_heard_when_a_case_is_opened(settings):
    settings.TRIBUNA_JUDGES = [LOUD, DOUBTFUL]
    Loud.times.clear()
    case = opened_case(draft(ASKED), policy=Policy.OPEN)
    assert ([verdict.decision for verdict in case.heard], Loud.times) == ([Decision.HOLD], [])


def test_where_one_draft_is_at_fault_the_others_are_judged_all_the_same(settings, caplog):
    settings.TRIBUNA_JUDGES = [LOUD]
    assert said_of(SHOUTED, "42", SAID) == [
        (Decision.REJECT, ["Loud."]),
        (Decision.HOLD, [str(CHECK_FAILED)]),
        (Decision.PUBLISH, []),
    ]
    assert "one at a time" in caplog.text


def test_a_judge_who_loses_a_draft_is_asked_about_each(settings, caplog):
    settings.TRIBUNA_JUDGES = [FORGETFUL]
    assert said_of(ASKED, SAID) == [(Decision.HOLD, [ASKED]), (Decision.HOLD, [SAID])]
    assert "gave 1 verdicts on 2 drafts" in caplog.text


@pytest.mark.parametrize("judges", [[], [LOUD], [DOUBTFUL]])
def test_what_the_page_says_holds_for_each(settings, judges):
    settings.TRIBUNA_JUDGES = judges
    cases = [
        opened_case(draft(SAID), policy=Policy.PREMODERATED),
        opened_case(draft(SAID, is_newcomer=True), policy=Policy.FIRST_HELD),
        opened_case(draft(SAID), policy=Policy.FIRST_HELD),
    ]
    decisions = [verdict.decision for verdict in verdicts_on(cases)]
    assert decisions == [Decision.HOLD, Decision.HOLD, Decision.PUBLISH]
    assert verdicts_on([]) == []
