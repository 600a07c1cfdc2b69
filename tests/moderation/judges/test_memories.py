from __future__ import annotations

import pytest

from tests.moderation.factories import comment, draft, moderator
from tribuna.comments.base import Decision
from tribuna.comments.models import State
from tribuna.moderation.actions import decide, undo
from tribuna.moderation.judges._memory import MEMORY
from tribuna.moderation.judges.campaigns import CampaignsJudge
from tribuna.moderation.judges.reputation import ReputationJudge
from tribuna.moderation.judges.tongue import TongueJudge
from tribuna.moderation.judges.tricks import TricksJudge

TEXT = "Our summer sale of garden chairs begins on Monday, see the whole list at shop.example.com and tell your friends"

pytestmark = pytest.mark.django_db


def said(judge, text: str, **fields) -> list[str]:
    verdict = judge().judge(draft(text, **fields))
    assert verdict.decision == (Decision.HOLD if verdict.reasons else Decision.PUBLISH)
    return [str(reason) for reason in verdict.reasons]


def test_what_was_spam_is_known_again_until_that_is_undone():
    done = decide(comment(text=TEXT), actor=moderator(), state=State.SPAM)
    MEMORY.forget()
    alike = TEXT.replace("Monday", "Tuesday")
    assert said(CampaignsJudge, alike) == ["It is nearly the same as a comment that was taken for spam."]
    assert said(ReputationJudge, "I like www.example.com") == [
        "example.com was linked to in 1 comments that were taken for spam."
    ]
    assert said(ReputationJudge, "I like example.org") == []
    undo(done, actor=done.actor)
    MEMORY.forget()
    assert said(CampaignsJudge, alike) == said(ReputationJudge, alike) == []


def test_a_site_that_was_published_as_often_is_no_spam():
    actor = moderator()
    decide(comment(text=TEXT), actor=actor, state=State.SPAM)
    decide(comment(text="As example.com says, it rained."), actor=actor, state=State.PUBLISHED)
    MEMORY.forget()
    assert said(ReputationJudge, "I like www.example.com") == []


def test_what_several_have_just_sent_is_a_campaign():
    comment(text=TEXT)
    MEMORY.forget()
    assert said(CampaignsJudge, TEXT) == []
    comment(text=TEXT.replace("Monday", "Friday"))
    MEMORY.forget()
    assert said(CampaignsJudge, TEXT) == ["It is nearly the same as 2 comments that came in lately."]


def test_memory_asks_nothing_for_a_while(django_assert_num_queries):
    MEMORY.forget()
    MEMORY.current()
    with django_assert_num_queries(0):
        MEMORY.current()
    MEMORY._due = -1.0
    with django_assert_num_queries(3):  # nothing has changed: the filter, the decisions, the comments
        MEMORY.current()


def test_disguised_letters_are_held(settings):
    settings.TRIBUNA_TRICKS_MINIMUM = 6
    assert said(TricksJudge, "V\u200bi\u200bs\u200bi\u200bt u\u200bs n\u200bow") == [
        "6 of its characters are disguised; it reads: Visit us now"
    ]
    assert said(TricksJudge, "n\u200bow") == said(TricksJudge, "Mañana, ¿no?") == []


def test_a_language_that_nobody_here_speaks_is_held():
    foreign = "Die Stadt hat das Geld für die neue Brücke längst ausgegeben, und niemand will es gewesen sein. " * 2
    assert said(TongueJudge, foreign) == ["It seems to be in a language that is not spoken here (de)."]
    assert said(TongueJudge, foreign[:40]) == []
    assert said(TongueJudge, "La ciudad ha gastado el dinero del puente y nadie quiere saber nada de eso ahora. ") == []
