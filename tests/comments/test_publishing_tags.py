"""What each change of a thread says to the press, and what says nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tests.comments.factories import comment, replies
from tests.moderation.factories import moderator
from tribuna.comments.actions import (
    StateMoved,
    hold_comment,
    mark_comment_as_spam,
    publish_comment,
    reconcile_counts,
    reject_comment,
)
from tribuna.comments.models import ThreadStat
from tribuna.moderation.actions import decide, decide_many, undo, undo_many
from tribuna.press.actions import recorded
from tribuna.press.models import Purge

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(page):
    """Return what was said since the last time about the page's thread: "more", or "less" for what was taken down."""

    def rows():
        found = list(Purge.objects.all())
        Purge.objects.all().delete()
        assert {tuple(purge.tags) for purge in found} <= {(f"comments:{page.pk}",)}
        return ["less" if purge.withdrawn else "more" for purge in found]

    Purge.objects.all().delete()
    return rows


def test_a_comment_and_a_reply_are_seen_at_once(page, said):
    replies(page, 2)
    assert said() == ["more", "more"]


def test_what_waits_for_a_moderator_changes_nothing_until_it_is_let_through(page, said):
    page.comments_policy = "premoderated"
    held = comment(page)
    reject_comment(held)
    mark_comment_as_spam(held)
    hold_comment(held)
    assert said() == []
    publish_comment(held)
    assert said() == ["more"]
    publish_comment(held)
    assert said() == []


@pytest.mark.parametrize("verb", [hold_comment, reject_comment, mark_comment_as_spam])
def test_what_is_hidden_is_taken_down_with_its_branch_in_one_word(page, said, verb):
    root, below = replies(page, 2)
    said()
    verb(root)
    assert said() == ["less"]
    verb(below)
    publish_comment(below)
    assert said() == []
    publish_comment(root)
    assert said() == ["more"]


def test_who_comes_too_late_changes_nothing(page, said):
    stored = comment(page)
    said()
    with pytest.raises(StateMoved):
        reject_comment(stored, was="held")
    assert said() == []


def test_what_is_undone_by_the_database_was_not_said(page, said):
    with transaction.atomic():
        comment(page)
        transaction.set_rollback(True)
    assert said() == []


def test_the_desk_says_what_its_decisions_and_their_undoing_change(page, said):
    stored, mara = comment(page), moderator()
    Purge.objects.all().delete()
    decision = decide(stored, actor=mara, state="rejected")
    assert said() == ["less"]
    undo(decision, actor=mara)
    assert said() == ["more"]
    undo(decide(stored, actor=mara, state="spam"), actor=mara)
    assert said() == ["less", "more"]


def test_the_desk_says_it_of_many_at_once(page, said):
    seen, mara = {comment(page).pk: "published" for _ in range(3)}, moderator()
    Purge.objects.all().delete()
    decided = decide_many(seen, actor=mara, state="rejected")
    assert said() == ["less"] * 3
    undo_many(decided.decisions[:2], actor=mara)
    assert said() == ["more"] * 2


def test_counting_again_says_which_pages_were_wrong(page, said):
    comment(page)
    said()
    assert reconcile_counts() == []
    assert said() == []
    ThreadStat.objects.update(visible_count=7)
    call_command("reconcile_comments")
    assert said() == ["more"]


def test_a_page_of_the_thread_shows_the_comments_and_their_story_until_its_time_is_over(client, page):
    last = comment(page)
    type(page).objects.update(expire_at=timezone.now() + timedelta(hours=1))
    page.refresh_from_db()
    with recorded() as notes:
        assert client.get(reverse("comments:thread", args=[page.pk]), {"after": last.pk}).status_code == 200
    assert {f"page:{page.pk}", f"comments:{page.pk}"} <= notes.tags
    assert notes.until == page.expire_at
