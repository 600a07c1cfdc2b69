from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from tests.moderation.factories import article, comment, moderator
from tribuna.comments.models import Comment
from tribuna.moderation.actions import (
    AppealSettled,
    NothingToAppeal,
    SameModerator,
    StaleDecision,
    decide,
    decide_many,
    open_appeal,
    settle_appeal,
    undo,
)
from tribuna.moderation.models import Appeal
from tribuna.moderation.queries import appeals_page, open_appeals, statement_of
from tribuna.moderation.signals import appeal_settled, comment_decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara():
    return moderator()


@pytest.fixture
def otto():
    return moderator("otto@example.org", "Otto")


@pytest.fixture
def rejected(mara) -> Comment:
    stored = comment()
    decide(stored, actor=mara, state="rejected", rule="topic")
    return stored


def test_a_statement_says_ground_version_and_time_to_appeal(rejected, settings):
    statement = statement_of(rejected)
    assert (statement.rule.title, statement.rule.version, statement.rule.language) == ("Keep to the subject", 1, "en")
    assert statement.decision.appealable_until - statement.decision.at == timedelta(days=settings.TRIBUNA_APPEAL_DAYS)
    assert statement.may_be_appealed
    assert statement.ledger_number == 1
    assert statement.appeal is None


def test_there_is_nothing_to_state_of_what_readers_see_or_what_the_desk_knows_nothing_of(rejected):
    assert statement_of(comment(rejected.page, text="Other words", state="published")) is None
    Comment.objects.filter(pk=rejected.pk).update(state="spam")
    rejected.refresh_from_db()
    assert statement_of(rejected) is None
    lone = Comment(pk=999, state="rejected")
    assert statement_of(lone) is None


def test_another_moderator_reverses_and_the_author_is_told(rejected, otto):
    heard = []
    appeal_settled.connect(lambda **said: heard.append(said["appeal"]), weak=False, dispatch_uid="test")
    comment_decided.connect(lambda **said: heard.append(said["decision"]), weak=False, dispatch_uid="test")
    appeal = open_appeal(rejected, text=" It is about the ferry.\n")
    assert (appeal.text, str(appeal)) == ("It is about the ferry.", f"#{appeal.pk}: open")
    assert list(open_appeals()) == [appeal]
    settled = settle_appeal(appeal, actor=otto, outcome="reversed", answer="It is.")
    appeal_settled.disconnect(dispatch_uid="test")
    comment_decided.disconnect(dispatch_uid="test")
    assert heard == [settled.reversal, settled]
    rejected.refresh_from_db()
    assert rejected.state == "published"
    assert settled.reversal.action == "publish"
    assert settled.decided_by_name == "Otto"
    assert str(settled) == f"#{appeal.pk}: Reversed"
    statement = statement_of(rejected)
    assert (statement.appeal, statement.is_in_force, statement.may_be_appealed) == (settled, False, False)
    with pytest.raises(ValueError, match="appeal"):
        undo(settled.reversal, actor=otto)


def test_upheld_the_decision_stands_and_can_not_be_appealed_again(rejected, otto):
    settle_appeal(open_appeal(rejected, text="Why?"), actor=otto, outcome="upheld")
    rejected.refresh_from_db()
    assert rejected.state == "rejected"
    assert statement_of(rejected).appeal.outcome == "upheld"
    with pytest.raises(NothingToAppeal):
        open_appeal(rejected, text="Why, really?")


def test_who_took_the_decision_does_not_decide_on_the_appeal(rejected, mara):
    appeal = open_appeal(rejected, text="Why?")
    with pytest.raises(SameModerator):
        settle_appeal(appeal, actor=mara, outcome="upheld")
    assert Appeal.objects.get().is_open


def test_an_appeal_is_settled_once(rejected, otto):
    appeal = open_appeal(rejected, text="Why?")
    as_seen = Appeal.objects.get()
    settle_appeal(appeal, actor=otto, outcome="upheld")
    with pytest.raises(AppealSettled) as refused:
        settle_appeal(as_seen, actor=otto, outcome="reversed")
    assert refused.value.appeal.decided_by_name == "Otto"


def test_the_time_to_appeal_ends(rejected):
    with time_machine.travel(statement_of(rejected).decision.appealable_until + timedelta(seconds=1)):
        assert not statement_of(rejected).may_be_appealed
        with pytest.raises(NothingToAppeal):
            open_appeal(rejected, text="Why?")


def test_while_an_appeal_is_open_a_comment_can_only_be_published(rejected, mara, otto):
    open_appeal(rejected, text="Why?")
    with pytest.raises(StaleDecision) as refused:
        decide(rejected, actor=mara, state="spam")
    assert refused.value.is_appealed
    assert [each.is_appealed for each in decide_many({rejected.pk: "rejected"}, actor=mara, state="held").stale] == [
        True
    ]
    decide(rejected, actor=mara, state="published")
    assert Appeal.objects.get().outcome == "superseded"
    assert statement_of(rejected).appeal.outcome == "superseded"


def test_undoing_the_decision_settles_the_appeal_too(rejected, mara):
    appeal = open_appeal(rejected, text="Why?")
    undo(appeal.decision, actor=mara)
    assert Appeal.objects.get().outcome == "superseded"


def test_what_a_later_decision_says_can_be_appealed_anew(rejected, mara, otto):
    settle_appeal(open_appeal(rejected, text="Why?"), actor=otto, outcome="upheld")
    decide(rejected, actor=mara, state="spam")
    assert statement_of(rejected).appeal is None
    open_appeal(rejected, text="It is no advertising.")
    assert Appeal.objects.count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_appeals_that_wait_are_read_at_once(mara, count, django_assert_num_queries):
    page = article()
    for number in range(count):
        stored = comment(page, text=f"Comment {number}")
        decide(stored, actor=mara, state="rejected", rule="topic")
        open_appeal(stored, text="Why?")
    with django_assert_num_queries(4):
        found = appeals_page(limit=10)
    assert [(each.row.comment.body_source, each.statement.rule.code) for each in found] == [
        (f"Comment {number}", "topic") for number in range(count)
    ]


def test_who_found_it_and_how_long_it_waited_is_written_down(mara):
    page = article()
    held = comment(page, text="See cheap.com")
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        decision = decide(held, actor=mara, state="spam")
    assert decision.found_by.split()[0] == "links"
    assert 7199 <= decision.waited_seconds <= 7201
    published = comment(page, text="Other words.", state="published")
    assert decide(published, actor=mara, state="rejected", explanation="No.").waited_seconds is None
    reported = comment(page, text="More words.", state="published")
    assert decide(reported, actor=mara, state="spam", found_by="report").finders == ["report"]
    assert connection.vendor
