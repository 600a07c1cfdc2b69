"""Mail about answers and decisions: who gets it, when, and what it says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.comments.factories import comment
from tests.comments.post import READER, alert_for, sent_after
from tribuna.comments.actions import (
    TooManyLetters,
    ask_for_alerts,
    confirm_alerts,
    hold_comment,
    mark_comment_as_spam,
    publish_comment,
    reject_comment,
    stop_alerts,
)
from tribuna.comments.base import Reason
from tribuna.comments.models import Alert, Asked, Letter

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def ask(page, **fields):
    fields = {"email": READER, "pace": "at-once", "language": "en", **fields}
    return ask_for_alerts(comment(page), **fields)


def test_whoever_wants_mail_is_asked_by_mail_first(page):
    alert = ask(page)
    (asked,) = sent_after()
    assert asked.to == [READER]
    assert "Mail about your comment on “Ferry returns”?" in asked.subject
    assert "/en/alerts/" in asked.body
    assert asked.body.endswith("-- \nThe Tribune\n")
    assert sent_after(days=2) == []
    assert Letter.objects.count() == 0
    assert alert.confirmed_at is None


def test_nothing_else_goes_to_an_address_that_nobody_confirmed(page):
    alert = ask(page)
    sent_after()
    comment(page, reply_to=alert.comment)
    reject_comment(alert.comment)
    assert Letter.objects.count() == 0
    assert sent_after(days=3) == []


def test_who_confirmed_before_the_mail_went_out_is_not_asked(page):
    confirm_alerts(ask(page))
    assert sent_after() == []


def test_a_newer_wish_makes_the_older_one_void(page):
    alert = ask(page)
    newer = ask_for_alerts(alert.comment, email="other@example.org", pace="daily", language="es")
    (asked,) = sent_after()
    assert (asked.to, newer.nonce == alert.nonce) == (["other@example.org"], False)
    assert "/es/alerts/" in asked.body


def test_an_address_is_asked_three_times_a_day_and_no_more(page, settings):
    for _ in range(settings.TRIBUNA_UNASKED_MAIL_ADDRESS_MAXIMUM):
        ask(page)
    with pytest.raises(TooManyLetters):
        ask(page, email=READER.upper())
    ask(page, email="other@example.org")
    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=1)):
        ask(page)


def test_a_network_may_ask_for_so_much_mail_and_no_more(page, settings):
    settings.TRIBUNA_UNASKED_MAIL_NETWORK_MAXIMUM = 2
    for number in range(2):
        ask(page, email=f"{number}@example.org", network="192.0.2.0/24")
    with pytest.raises(TooManyLetters):
        ask(page, email="3@example.org", network="192.0.2.0/24")
    ask(page, email="3@example.org", network="198.51.100.0/24")
    assert not Asked.objects.filter(ref__contains="192.0.2").exists()


def test_an_answer_is_told_with_a_way_out_of_one_click(page):
    alert = alert_for(comment(page, "The ferry is late."))
    answer = comment(page, "It always is.", name="Reader 2", reply_to=alert.comment)
    (told,) = sent_after()
    assert told.subject == "An answer to your comment on “Ferry returns”"
    assert "Reader 2 writes:\n\nIt always is." in told.body
    assert f"http://testserver/en/comments/{answer.pk}/" in told.body
    link = told.extra_headers["List-Unsubscribe"]
    assert link.startswith("<http://testserver/en/alerts/")
    assert link.strip("<>") in told.body
    assert told.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert told.extra_headers["Auto-Submitted"] == "auto-generated"


def test_mail_speaks_the_language_in_which_it_was_asked_for(page):
    alert = alert_for(comment(page), language="es")
    comment(page, reply_to=alert.comment)
    assert "/es/alerts/" in sent_after()[0].body


def test_nobody_is_told_of_an_answer_of_their_own_nor_of_an_answer_to_another(page):
    first = comment(page, email=READER)
    alert_for(first)
    answer = comment(page, reply_to=first, email=READER)
    comment(page, reply_to=answer)
    comment(page)
    assert sent_after() == []


def test_an_answer_that_is_held_is_told_once_it_is_published(page, settings):
    settings.TRIBUNA_JUDGES = ["tests.comments.factories.Doubtful"]
    alert = alert_for(comment(page))
    answer = comment(page, "Really?", reply_to=alert.comment)
    assert sent_after() == []
    publish_comment(answer)
    hold_comment(answer)
    publish_comment(answer)
    assert len(sent_after()) == 1
    assert sent_after() == []


def test_an_answer_that_is_gone_by_then_is_not_told(page):
    alert = alert_for(comment(page))
    reject_comment(comment(page, reply_to=alert.comment))
    assert sent_after() == []
    assert Letter.objects.count() == 0


@time_machine.travel(datetime(2026, 5, 4, 12, 0, tzinfo=UTC), tick=False)
def test_a_digest_brings_the_answers_of_a_day_in_one_mail(page, settings):
    alert = alert_for(comment(page), pace="daily")
    for number in (2, 3):
        comment(page, name=f"Reader {number}", reply_to=alert.comment)
    assert sent_after(hours=18) == []
    (digest,) = sent_after(hours=20)
    assert digest.subject == "2 answers to your comment on “Ferry returns”"
    assert digest.body.index("Reader 2") < digest.body.index("Reader 3")
    assert sent_after(days=2) == []


@time_machine.travel(datetime(2026, 5, 4, 6, 0, tzinfo=UTC), tick=False)
def test_the_digest_of_the_morning_comes_the_same_day(page):
    alert = alert_for(comment(page), pace="daily")
    comment(page, reply_to=alert.comment)
    assert len(sent_after(hours=1)) == 1


@pytest.mark.parametrize(
    ("decide", "words"),
    [
        (reject_comment, "It was not published."),
        (mark_comment_as_spam, "It was taken for advertising"),
        (hold_comment, "A moderator will read it."),
    ],
)
def test_the_author_is_told_what_was_decided_and_why(page, decide, words):
    alert = alert_for(comment(page))
    decide(alert.comment, reasons=[Reason("Off the subject.")])
    assert sent_after() == []
    (told,) = sent_after(minutes=2)
    assert words in told.body
    assert "- Off the subject." in told.body
    assert "List-Unsubscribe" in told.extra_headers


def test_the_author_is_told_that_a_held_comment_is_published(page, settings):
    settings.TRIBUNA_JUDGES = ["tests.comments.factories.Doubtful"]
    alert = alert_for(comment(page, "Really?"))
    publish_comment(alert.comment)
    (told,) = sent_after(minutes=2)
    assert told.subject == "Your comment on “Ferry returns”: Published"
    assert f"/en/comments/{alert.pk}/" in told.body
    assert "Why" not in told.body


def test_a_decision_that_is_undone_in_time_is_not_told(page):
    alert = alert_for(comment(page))
    reject_comment(alert.comment)
    publish_comment(alert.comment)
    assert sent_after(minutes=2) == []
    assert Letter.objects.count() == 0


def test_a_decision_that_changes_nothing_is_not_told(page):
    alert = alert_for(comment(page))
    publish_comment(alert.comment)
    assert sent_after(minutes=2) == []


def test_who_stops_is_forgotten_with_what_waits(page):
    alert = alert_for(comment(page))
    comment(page, reply_to=alert.comment)
    reject_comment(alert.comment)
    stop_alerts(alert.comment)
    assert (Alert.objects.count(), Letter.objects.count()) == (0, 0)
    assert sent_after(days=2) == []


def test_the_words_of_rows_name_nobody(page):
    alert = ask(page)
    assert [str(row) for row in (alert, Letter.objects.get())] == [
        f"#{alert.pk}",
        f"confirm #{Letter.objects.get().pk}",
    ]
    assert READER not in str(Asked.objects.get())
