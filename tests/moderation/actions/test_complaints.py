"""Appeals of readers whose report was declined."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.comments.post import READER, sent_after
from tests.moderation.factories import comment, moderator
from tests.moderation.reports import declined
from tribuna.comments.actions import export_comments, forget_address, settle_notice
from tribuna.comments.models import Comment, Notice
from tribuna.comments.queries.letters import address_refs
from tribuna.moderation.actions import (
    AppealSettled,
    NothingToAppeal,
    SameModerator,
    decide,
    forget_reports_and_letters,
    open_notice_appeal,
    settle_notice_appeal,
)
from tribuna.moderation.models import Decision, NoticeAppeal
from tribuna.moderation.queries import check_ledger, notice_rights, statement_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara(db):
    return moderator()


@pytest.fixture
def otto(mara):
    return moderator("otto@example.org", "Otto")


def settled(appeal, actor, outcome="reversed"):
    return settle_notice_appeal(appeal, actor=actor, outcome=outcome, answer="It was an insult.")


def test_another_moderator_takes_the_comment_down_and_both_sides_are_told(mara, otto):
    notice = declined(mara, email=READER, confirmed_at=timezone.now())
    assert "Stays as it is" in sent_after()[0].subject
    appeal = open_notice_appeal(notice, text="  It calls us silly. ")
    assert (appeal.text, str(appeal)) == ("It calls us silly.", f"#{appeal.pk}: open")
    with pytest.raises(SameModerator):
        settled(appeal, mara)
    settled(appeal, otto)
    stored = NoticeAppeal.objects.get()
    assert (stored.outcome, stored.answer, stored.decided_by_name) == ("reversed", "It was an insult.", "Otto")
    comment = Comment.objects.get(pk=notice.comment_id)
    assert comment.state == "rejected"
    statement = statement_of(comment)
    assert (statement.decision.found_by, statement.decision.explanation) == ("report", "It was an insult.")
    assert statement.may_be_appealed
    check_ledger()
    told = sent_after()[-1]
    assert "Taken down" in told.subject
    assert "It was an insult." in told.body
    assert Notice.objects.get().answer == "It is an opinion."  # the first outcome stays on record


def test_an_appeal_that_is_turned_down_leaves_the_comment(mara, otto):
    notice = declined(mara)
    before = Decision.objects.count()
    settled(open_notice_appeal(notice, text="It is silly."), otto, "upheld")
    assert Comment.objects.get(pk=notice.comment_id).state == "published"
    assert Decision.objects.count() == before


def test_who_is_slower_changes_nothing(mara, otto):
    appeal = open_notice_appeal(declined(mara), text="It is silly.")
    seen = NoticeAppeal.objects.get()
    settled(appeal, otto, "upheld")
    with pytest.raises(AppealSettled) as told:
        settled(seen, moderator("noa@example.org", "Noa"))
    assert told.value.appeal.decided_by_name == "Otto"
    assert Comment.objects.get().state == "published"


def test_a_comment_that_went_meanwhile_is_decided_once(mara, otto):
    notice = declined(mara)
    appeal = open_notice_appeal(notice, text="It is silly.")
    decide(Comment.objects.get(), actor=mara, state="spam")
    settled(appeal, otto)
    assert Comment.objects.get().state == "spam"


def test_there_is_one_appeal_in_time_against_a_report_that_was_declined(mara, settings):
    notice = declined(mara)
    assert notice_rights(notice).until == notice.decided_at + timedelta(days=settings.TRIBUNA_APPEAL_DAYS)
    with time_machine.travel(notice_rights(notice).until), pytest.raises(NothingToAppeal):
        open_notice_appeal(notice, text="Too late.")
    open_notice_appeal(notice, text="It is silly.")
    with pytest.raises(NothingToAppeal):
        open_notice_appeal(notice, text="It really is.")


def test_what_was_upheld_or_waits_or_is_an_error_or_down_is_not_appealed(mara):
    reported = comment(state="published")
    fields = {"page": reported.page, "language": "en", "at": timezone.now()}
    waiting = Notice.objects.create(comment=reported, **fields)
    error = Notice.objects.create(**fields)
    settle_notice(error, outcome="dismissed", answer="It is so.", actor=mara)
    assert not notice_rights(waiting).may_be_appealed
    assert not notice_rights(error).may_be_appealed
    settle_notice(waiting, outcome="upheld", answer="Indeed.", actor=mara)
    assert not notice_rights(waiting).may_be_appealed
    down = declined(mara)
    decide(down.comment, actor=mara, state="spam")
    assert not notice_rights(down).may_be_appealed


def test_a_report_is_kept_while_an_appeal_waits(mara, otto, settings):
    notice = declined(mara)
    appeal = open_notice_appeal(notice, text="It is silly.")
    with time_machine.travel(notice.decided_at + timedelta(days=settings.TRIBUNA_NOTICES_KEPT_DAYS + 1)):
        assert forget_reports_and_letters() == 0
        settled(appeal, otto, "upheld")
        assert forget_reports_and_letters() == 2
    assert not NoticeAppeal.objects.exists()


def test_the_copy_has_what_was_said_against_the_outcome_and_erasing_takes_it(mara, otto):
    refs = address_refs(READER)
    notice = declined(mara, email=READER, address_ref=refs[0])
    assert export_comments([], notices=[notice])["reports"][0]["appeal"] is None
    appeal = open_notice_appeal(notice, text="It does insult.")
    (report,) = export_comments([], notices=[notice])["reports"]
    assert report["appeal"] == {
        "at": appeal.opened_at.isoformat(),
        "text": "It does insult.",
        "outcome": "",
        "answer": "",
        "decided": None,
    }
    settle_notice_appeal(appeal, actor=otto, outcome="upheld", answer="It is not about you.")
    (report,) = export_comments([], notices=[notice])["reports"]
    assert (report["appeal"]["outcome"], report["appeal"]["answer"]) == ("upheld", "It is not about you.")
    assert report["appeal"]["decided"] == appeal.decided_at.isoformat()
    another = open_notice_appeal(declined(mara), text="Somebody else.")
    forget_address(*refs)
    appeal.refresh_from_db()
    another.refresh_from_db()
    assert (appeal.text, appeal.answer, appeal.outcome) == ("", "", "upheld")
    assert another.text == "Somebody else."
