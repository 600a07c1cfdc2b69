"""What the desk answers to its own script."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.moderation.factories import article, comment, moderator
from tests.moderation.views.pages import DECISIONS, QUEUE, decision_url, soup, state, text_of
from tribuna.comments.models import Comment
from tribuna.moderation.actions import decide
from tribuna.moderation.models import Decision

pytestmark = pytest.mark.django_db

JSON = {"Accept": "application/json"}


def test_a_rules_button_rejects_and_the_answer_says_what_is_done(desk):
    stored = comment(name="Ana")
    answer = desk.post(decision_url(stored), {"seen": "held", "reject": "topic"}, headers=JSON)
    told = answer.json()
    assert (answer.status_code, told["done"], told["stale"]) == (200, [stored.pk], [])
    assert told["count"] == "0 comments wait for a moderator"
    assert reverse("moderation:undo", args=[Decision.objects.latest("pk").pk]) in told["html"]
    assert Decision.objects.latest("pk").rule == "topic"


def test_undoing_says_which_are_back(desk, mara):
    decision = decide(comment(), actor=mara, state="spam")
    told = desk.post(reverse("moderation:undo", args=[decision.pk]), headers=JSON).json()
    assert told["back"] == [decision.comment_id]
    assert told["html"] == "Undone: 1 comment is as before."


def test_what_is_wrong_is_said_and_nothing_changed(desk):
    stored = comment()
    answer = desk.post(decision_url(stored), {"seen": "held", "state": "rejected"}, headers=JSON)
    assert (answer.status_code, answer.json()) == (422, {"said": "Choose a rule or write why: the author is told."})
    assert desk.post(DECISIONS, {"state": "spam"}, headers=JSON).json() == {"said": "Choose at least one comment."}
    assert state(stored) == "held"


def test_whoever_is_slower_is_told_who_was_faster(desk):
    stored = comment(name="Ana")
    decide(Comment.objects.get(), actor=moderator("otto@example.org", "Otto"), state="published")
    told = desk.post(decision_url(stored), {"seen": "held", "state": "spam"}, headers=JSON).json()
    assert told["stale"] == ["Otto was faster: the comment by Ana is “Published” by now. Nothing was changed."]
    assert (told["html"], told["done"]) == ("", [stored.pk])


def test_the_queue_shows_what_the_author_wrote_before_and_which_judge_says_what(desk):
    page = article()
    for number in range(5):
        comment(page, text=f"Before {number}", email="one@example.org", state="published")
    comment(page, text="See cheap.com", email="two@example.org")
    comment(page, text="Now.", email="one@example.org")
    shown = text_of(soup(desk.get(QUEUE)).main)
    assert "Links: A link from a newcomer" in shown
    for number in (2, 3, 4):
        assert f"Before {number}" in shown
    assert "Before 1" not in shown
    assert "5 published, 0 rejected" in shown
