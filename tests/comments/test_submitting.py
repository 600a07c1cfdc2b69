"""How a comment comes in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from tests import factories as newsroom_factories
from tests.comments.factories import BROKEN, DOUBTFUL, SEVERE, SHY, comment, proof, replies
from tribuna.comments.actions import (
    ASKED_FOR_MODERATOR,
    CHECK_FAILED,
    PAGE_IS_PREMODERATED,
    NothingToSay,
    PageClosed,
    ReplyGone,
    TooLong,
    hold_comment,
    submit_comment,
)
from tribuna.comments.base import Decision, Draft, Reason
from tribuna.comments.models import MAX_DEPTH, Comment, Receipt, State, ThreadStat
from tribuna.comments.queries import receipt_for
from tribuna.comments.signals import comment_submitted
from tribuna.humans.actions import AlreadySpent
from tribuna.humans.base import Outcome
from tribuna.humans.models import SpentNonce

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def reasons_of(stored: Comment) -> list[str]:
    return [str(reason) for reason in Receipt.objects.get(comment=stored).why]


def test_a_comment_is_cleaned_rendered_and_published(page):
    submitted = submit_comment(
        page, text=" Good\x00 <b>read</b>\r\n\r\nhttps://example.org ", name=" Ana\n ", language="es"
    )
    stored = Comment.objects.get()
    assert stored == submitted.comment
    assert (stored.name, stored.lang, stored.state, stored.visible) == ("Ana", "es", State.PUBLISHED, True)
    assert stored.body_source == "Good <b>read</b>\n\nhttps://example.org"
    assert stored.body_html == (
        "<p>Good &lt;b&gt;read&lt;/b&gt;</p>"
        '<p><a href="https://example.org" rel="nofollow ugc noopener">https://example.org</a></p>'
    )
    assert abs(timezone.now() - stored.created_at) < timedelta(minutes=1)
    assert (stored.parent, stored.reply_to, stored.root, stored.depth) == (None, None, None, 0)
    assert bytes(stored.path) == stored.pk.to_bytes(8)


def test_a_comment_is_counted_in_the_transaction_that_stores_it(page):
    first = comment(page)
    comment(page, reply_to=first)
    stat = ThreadStat.objects.get(page=page)
    assert (stat.visible_count, stat.version) == (2, 2)
    assert abs(timezone.now() - stat.last_at) < timedelta(minutes=1)
    first.refresh_from_db()
    assert first.replies == 1


def test_a_reply_stands_below_the_one_it_answers(page):
    first, second, third = replies(page, 3)
    assert (third.parent, third.reply_to, third.root, third.depth) == (second, second, first, 2)
    assert bytes(third.path) == b"".join(each.pk.to_bytes(8) for each in (first, second, third))


def test_a_reply_to_the_deepest_stands_beside_it_and_says_whom_it_answers(page):
    chain = replies(page, MAX_DEPTH + 1)
    deepest = chain[-1]
    beside = comment(page, reply_to=deepest)
    assert deepest.depth == beside.depth == MAX_DEPTH
    assert (beside.parent, beside.reply_to, beside.root) == (chain[-2], deepest, chain[0])
    assert bytes(beside.path) == bytes(chain[-2].path) + beside.pk.to_bytes(8)


@pytest.mark.parametrize("fields", [{"text": " \u200b\n"}, {"text": ""}, {"name": "\x00"}])
def test_nothing_to_say_is_refused(page, fields):
    with pytest.raises(NothingToSay):
        comment(page, **{"text": "x", **fields})
    assert not Comment.objects.exists()


def test_what_is_too_long_is_refused_with_both_numbers_counted_after_cleaning(page, settings):
    settings.TRIBUNA_COMMENT_MAX_CHARACTERS = 10
    assert comment(page, text="0123456789\x00\u200b  ").body_source == "0123456789"
    with pytest.raises(TooLong) as refusal:
        comment(page, text="0123456789a")
    assert (refusal.value.count, refusal.value.allowed) == (11, 10)
    with pytest.raises(TooLong):
        comment(page, text="x", name="a" * 61)


def test_a_closed_page_takes_no_comment(newsroom):
    with pytest.raises(PageClosed):
        comment(newsroom_factories.article(comments_policy="closed"))


def test_a_reply_to_what_is_hidden_elsewhere_or_gone_is_refused_and_the_proof_stays_good(page):
    hidden, elsewhere = comment(page), comment(newsroom_factories.article(title="Another"))
    hold_comment(hidden)
    for answered in (hidden, elsewhere, Comment(pk=4711)):
        with pytest.raises(ReplyGone):
            comment(page, reply_to=answered, proof=proof())
    assert not SpentNonce.objects.exists()
    assert Comment.objects.count() == 2


def test_a_proof_is_spent_once(page):
    comment(page, proof=proof())
    with pytest.raises(AlreadySpent):
        comment(page, "Again", proof=proof())
    assert Comment.objects.get().body_source == "A good read."
    assert ThreadStat.objects.get().visible_count == 1


def test_who_asked_for_a_moderator_is_held_and_the_receipt_says_so(page):
    held = comment(page, proof=proof(Outcome.HELD))
    assert (held.state, held.visible) == (State.HELD, False)
    assert reasons_of(held) == [str(ASKED_FOR_MODERATOR)]
    assert not ThreadStat.objects.exclude(visible_count=0).exists()


def test_a_premoderated_page_holds_everything(newsroom):
    held = comment(newsroom_factories.article(comments_policy="premoderated"))
    assert held.state == State.HELD
    assert reasons_of(held) == [str(PAGE_IS_PREMODERATED)]


@pytest.mark.parametrize(
    ("text", "state", "reasons"),
    [
        ("Fine.", State.PUBLISHED, []),
        ("Fine?", State.HELD, ["1 question marks."]),
        ("FINE.", State.REJECTED, ["It is all capitals."]),
        ("FINE??", State.REJECTED, ["It is all capitals.", "2 question marks."]),
    ],
)
def test_the_strictest_judge_wins_and_its_reasons_come_first(page, settings, text, state, reasons):
    settings.TRIBUNA_JUDGES = [DOUBTFUL, SEVERE]
    stored = comment(page, text)
    assert stored.state == state
    assert reasons_of(stored) == reasons


def test_a_judge_that_fails_loses_no_comment(page, settings, caplog):
    settings.TRIBUNA_JUDGES = [BROKEN]
    held = comment(page)
    assert held.state == State.HELD
    assert reasons_of(held) == [str(CHECK_FAILED)]
    assert "Broken failed" in caplog.text


def test_the_secret_of_a_receipt_leads_to_it_and_is_kept_nowhere(page):
    submitted = submit_comment(page, text="x", name="Ana", language="en", email="Ana@Example.org")
    receipt = receipt_for(submitted.secret)
    assert receipt.comment == submitted.comment
    assert submitted.secret not in str(list(Receipt.objects.values())) + str(list(Comment.objects.values()))
    assert len(submitted.secret) >= 128 / 4
    assert receipt_for("") is None
    assert receipt_for(receipt.secret_hash) is None


def test_a_receipt_is_found_after_the_secret_key_was_changed(page, settings):
    secret = submit_comment(page, text="x", name="Ana", language="en").secret
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, just as long as the first one was"
    assert receipt_for(secret) is not None


def test_who_wrote_it_is_told_by_the_address_whatever_its_capitals_and_not_kept_beside_the_comment(page):
    one, same = comment(page, email="Ana@Example.org", network="192.0.2.0/24"), comment(page, email=" ana@example.org")
    assert one.author_ref == same.author_ref != comment(page, email="eva@example.org").author_ref
    assert "example" not in str(Comment.objects.values().get(pk=one.pk))


@pytest.mark.parametrize("email", ["", "  "])
def test_without_an_address_nobody_is_known_and_everybody_a_newcomer(page, settings, email):
    fields = {"email": email, "network": "192.0.2.0/24"}
    stored = comment(page, **fields)
    assert (stored.author_ref, stored.state) == ("", State.PUBLISHED)
    settings.TRIBUNA_JUDGES = [SHY]
    assert comment(page, **fields).state == State.HELD


def test_networks_are_told_apart_for_one_day(page, heard):
    day = datetime(2022, 12, 2, 12, tzinfo=UTC)
    for network, at in (
        ("192.0.2.0/24", day),
        ("192.0.2.0/24", day),
        ("198.51.100.0/24", day),
        ("192.0.2.0/24", day + timedelta(days=1)),
        ("", day),
    ):
        comment(page, network=network, at=at)
    one, same, other, later, unknown = (call["draft"].network_ref for call in heard)
    assert one == same
    assert len({one, other, later}) == 3
    assert unknown == ""


def test_a_newcomer_is_who_has_no_published_comment(page, settings):
    settings.TRIBUNA_JUDGES = [SHY]
    held = comment(page, email="ana@example.org")
    assert comment(page, email="ana@example.org").state == State.HELD
    held.state = State.PUBLISHED
    held.save()
    assert comment(page, email="ana@example.org").state == State.PUBLISHED
    assert comment(page, email="eva@example.org").state == State.HELD
    assert comment(page).state == comment(page).state == State.HELD  # of whom nothing is known


def test_a_known_reader_is_recognised_after_the_secret_key_was_changed(page, settings):
    comment(page, email="ana@example.org")
    settings.TRIBUNA_JUDGES = [SHY]
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, just as long as the first one was"
    assert comment(page, email="ana@example.org").state == State.PUBLISHED


@pytest.fixture
def heard():
    """What the signal said, in order."""
    calls = []

    def hear(**kwargs):
        calls.append(kwargs)

    comment_submitted.connect(hear)
    yield calls
    comment_submitted.disconnect(hear)


def test_the_rooms_above_hear_of_a_comment_with_its_draft_and_verdict(page, settings, heard):
    settings.TRIBUNA_JUDGES = [DOUBTFUL]
    stored = comment(page, "Why?", network="192.0.2.0/24")
    (call,) = heard
    assert (call["sender"], call["comment"]) == (Comment, stored)
    assert call["verdict"].decision == Decision.HOLD
    draft = call["draft"]
    assert isinstance(draft, Draft)
    assert (draft.page_id, draft.text, draft.name, draft.language) == (page.pk, "Why?", "Ana", "en")
    assert draft.author_ref == stored.author_ref
    assert len(draft.network_ref) == 64
    assert draft.network_ref != draft.author_ref
    assert draft.is_newcomer


def test_a_receiver_that_fails_takes_the_comment_and_the_proof_back_with_it(page):
    def fail(**kwargs):
        raise ZeroDivisionError

    comment_submitted.connect(fail)
    try:
        with pytest.raises(ZeroDivisionError):
            comment(page, proof=proof())
    finally:
        comment_submitted.disconnect(fail)
    assert not Comment.objects.exists()
    assert not SpentNonce.objects.exists()


def test_a_reason_reads_in_the_language_of_its_reader():
    counted, plain = (
        Reason("Ensure this value is less than or equal to %(limit_value)s.", {"limit_value": 2}),
        Reason("100 %"),
    )
    assert (str(counted), str(plain)) == ("Ensure this value is less than or equal to 2.", "100 %")
    with override("es"):
        assert (str(counted), str(plain)) == ("Asegúrese de que este valor es menor o igual a 2.", "100 %")


@pytest.mark.parametrize(("reply", "statements"), [(False, 10), (True, 13)])
def test_a_comment_costs_a_fixed_number_of_statements(page, reply, statements):
    answered = comment(page)
    with CaptureQueriesContext(connection) as queries:
        comment(page, reply_to=answered if reply else None, proof=proof(), email="ana@example.org")
    # What the rooms above write of it in the same transaction is theirs to count, NOTIFY is the press's own, and
    # whether somebody wants mail about an answer is asked by its primary key.
    theirs = re.compile("moderation_|pg_notify|comments_alert")
    assert len([query for query in queries if not theirs.search(query["sql"])]) == statements
