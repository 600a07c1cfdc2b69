"""What authors do with a comment afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.comments.factories import DOUBTFUL, SEVERE, comment, replies
from tribuna.comments.actions import (
    NotEditable,
    NothingToSay,
    StateMoved,
    TooLong,
    edit_comment,
    editable_until,
    hold_comment,
    mark_comment_as_spam,
    publish_comment,
    reject_comment,
    withdraw_comment,
)
from tribuna.comments.base import Decision, Reason, Verdict
from tribuna.comments.models import Comment, Receipt, State, ThreadStat
from tribuna.comments.queries import thread_page
from tribuna.comments.signals import comment_edited, comment_withdrawn
from tribuna.humans.models import PassKey
from tribuna.press.models import Purge

pytestmark = pytest.mark.django_db


def receipt(stored: Comment) -> Receipt:
    return Receipt.objects.select_related("comment").get(pk=stored.pk)


def edited(stored: Comment, page, text: str, *, minutes: int = 1) -> Comment:
    """Return what comes of a comment whose author changes the text some *minutes* after writing it."""
    return edit_comment(receipt(stored), page=page, text=text, at=stored.created_at + timedelta(minutes=minutes))


@pytest.mark.storage
def test_an_edit_replaces_the_text_and_keeps_nothing_of_the_old_one(page):
    stored = comment(page, "The ferry is red.")
    Purge.objects.all().delete()
    edited(stored, page, "The ferry is\r\n\r\nblue.  ")
    stored.refresh_from_db()
    assert (stored.body_source, stored.state) == ("The ferry is\n\nblue.", State.PUBLISHED)
    assert stored.edited_at == stored.created_at + timedelta(minutes=1)
    assert "is red" not in str(Comment.objects.values().get())
    assert ThreadStat.objects.get().version == 2
    assert [(purge.tags, purge.withdrawn) for purge in Purge.objects.all()] == [([f"comments:{page.pk}"], True)]
    [node] = thread_page(page.pk).nodes
    assert (node.comment.edited_at, "blue" in node.comment.body_html) == (stored.edited_at, True)


def test_the_same_text_is_no_edit(page):
    stored = comment(page, "Good read.")
    assert edited(stored, page, " Good read. ").edited_at is None
    assert receipt(stored).edits == 0


@pytest.mark.storage
@pytest.mark.parametrize(("text", "state"), [("Is it?", State.HELD), ("SHOUT", State.REJECTED)])
def test_the_new_text_is_judged_and_the_receipt_says_why(page, settings, text, state):
    settings.TRIBUNA_JUDGES = [DOUBTFUL, SEVERE]
    stored, below = replies(page, 2)
    assert edited(stored, page, text).state == state
    assert ThreadStat.objects.get().visible_count == 0
    assert receipt(stored).why
    below.refresh_from_db()
    assert below.hidden_by_id == stored.pk


def test_what_waits_goes_on_waiting(page):
    stored = comment(page)
    hold_comment(stored, reasons=[Reason("A moderator looks.")])
    assert edited(stored, page, "Better.").state == State.HELD
    assert [str(reason) for reason in receipt(stored).why] == ["A moderator looks."]


def test_on_a_premoderated_page_an_edit_waits_again(page):
    stored = comment(page)
    page.comments_policy = "premoderated"
    assert edited(stored, page, "Better.").state == State.HELD


def test_the_judges_know_which_comment_it_replaces(page, settings):
    settings.TRIBUNA_JUDGES = [f"{__name__}.Curious"]
    stored = comment(page, email="ana@example.org")
    edited(stored, page, "Better.")
    assert [(draft.replaces, draft.is_newcomer) for draft in Curious.seen[-2:]] == [(None, True), (stored.pk, True)]
    comment(page, email="ana@example.org")
    edited(stored, page, "Better still.")
    assert Curious.seen[-1].is_newcomer is False


class Curious:
    """Remembers what it was asked."""

    name = "curious"
    seen: list = []

    def judge(self, draft):
        self.seen.append(draft)
        return Verdict(Decision.PUBLISH)


def test_the_time_ends_and_so_do_the_edits(page, settings):
    stored = comment(page)
    settings.TRIBUNA_COMMENT_EDIT_MINUTES, settings.TRIBUNA_COMMENT_EDITS_MAXIMUM = 10, 2
    with pytest.raises(NotEditable):
        edited(stored, page, "Better.", minutes=10)
    for text in ("Better.", "Good."):
        edited(stored, page, text, minutes=9)
    with pytest.raises(NotEditable):
        edited(stored, page, "Best.", minutes=9)


@pytest.mark.parametrize("verb", [reject_comment, mark_comment_as_spam])
def test_what_was_turned_down_is_not_edited(page, verb):
    stored = comment(page)
    verb(stored)
    assert editable_until(receipt(stored), at=stored.created_at) is None


@pytest.mark.parametrize(("text", "error"), [(" \n", NothingToSay), ("x" * 21, TooLong)])
def test_an_edit_is_refused_like_a_comment(page, settings, text, error):
    settings.TRIBUNA_COMMENT_MAX_CHARACTERS = 20
    stored = comment(page)
    with pytest.raises(error):
        edited(stored, page, text)


def test_what_a_moderator_rejects_meanwhile_is_not_edited(page, settings):
    stored = comment(page)
    settings.TRIBUNA_JUDGES = [INTERRUPTING]
    with pytest.raises(NotEditable):
        edited(stored, page, "Better.")
    stored.refresh_from_db()
    assert stored.body_source == "A good read."


class Interrupting:
    """While this judge thinks, a moderator rejects everything."""

    name = "interrupting"

    def judge(self, draft):
        reject_comment(Comment.objects.get())
        return Verdict(Decision.PUBLISH)


INTERRUPTING = f"{__name__}.Interrupting"


@pytest.mark.storage
def test_a_comment_that_was_taken_back_is_gone(page):
    kept, gone = comment(page), comment(page, "Secret words", name="Eva", email="eva@example.org")
    Purge.objects.all().delete()
    assert withdraw_comment(receipt(gone)).state == State.WITHDRAWN
    row = Comment.objects.values().get(pk=gone.pk)
    assert (row["name"], row["body_source"], row["body_html"], row["author_ref"], row["visible"]) == ("",) * 4 + (
        False,
    )
    assert ThreadStat.objects.get().visible_count == 1
    assert [purge.withdrawn for purge in Purge.objects.all()] == [True]
    assert [node.comment.pk for node in thread_page(page.pk).nodes] == [kept.pk]


@pytest.mark.storage
def test_where_others_have_answered_an_empty_comment_keeps_the_place(page):
    root, _below = replies(page, 2)
    version = ThreadStat.objects.get().version
    Purge.objects.all().delete()
    withdraw_comment(receipt(root))
    root.refresh_from_db()
    assert (root.state, root.visible, root.is_withdrawn, root.replies) == (State.PUBLISHED, True, True, 1)
    assert (ThreadStat.objects.get().visible_count, ThreadStat.objects.get().version) == (2, version + 1)
    assert [purge.withdrawn for purge in Purge.objects.all()] == [True]
    [node] = thread_page(page.pk).nodes
    assert (node.comment.body_html, node.comment.name, len(node.replies)) == ("", "", 1)


def test_an_empty_comment_in_the_place_of_a_held_one_lets_the_answers_be_seen(page):
    root, _below = replies(page, 2)
    hold_comment(root)
    withdraw_comment(receipt(root))
    assert ThreadStat.objects.get().visible_count == 2


def test_below_what_was_rejected_nothing_comes_back(page):
    root, _below = replies(page, 2)
    reject_comment(root)
    assert withdraw_comment(receipt(root)).state == State.WITHDRAWN
    assert ThreadStat.objects.get().visible_count == 0


def test_taking_back_what_nobody_sees_and_twice_tells_the_press_nothing(page):
    above, middle, _below = replies(page, 3)
    hold_comment(above)
    Purge.objects.all().delete()
    withdraw_comment(receipt(middle))
    withdraw_comment(receipt(middle))
    assert not Purge.objects.exists()


def test_no_moderator_brings_back_what_its_author_took(page):
    stored = comment(page)
    withdraw_comment(receipt(stored))
    with pytest.raises(StateMoved):
        publish_comment(stored)


def test_taking_spam_back_does_not_clear_the_pass_it_came_with(page):
    now = timezone.now()
    dates = {"valid_from": now, "valid_until": now, "redeemable_until": now}
    key = PassKey.objects.create(key_id="0" * 64, public_key=b"", sealed_key=b"", **dates)
    stored = comment(page)
    Comment.objects.filter(pk=stored.pk).update(pass_epoch=key.pk)
    stored.refresh_from_db()
    mark_comment_as_spam(stored)
    withdraw_comment(receipt(stored))
    key.refresh_from_db()
    assert key.spam == 1


def test_the_rooms_above_hear_of_both(page):
    heard = []

    def hear(signal, **told):
        heard.append((told["comment"].pk, told["state_before"]))

    stored = comment(page)
    for signal in (comment_edited, comment_withdrawn):
        signal.connect(hear)
    try:
        edited(stored, page, "Better.")
        withdraw_comment(receipt(stored))
    finally:
        for signal in (comment_edited, comment_withdrawn):
            signal.disconnect(hear)
    assert heard == [(stored.pk, State.PUBLISHED)] * 2
