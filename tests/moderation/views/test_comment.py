from __future__ import annotations

import pytest
from django.urls import reverse

from tests.moderation.factories import comment, moderator
from tests.moderation.views.pages import DECISIONS, QUEUE, decision_url, said, soup, state, text_of
from tribuna.comments.models import Comment, Receipt
from tribuna.moderation.actions import decide
from tribuna.moderation.models import Decision

pytestmark = pytest.mark.django_db


def test_publishing_from_the_queue_comes_back_to_it_with_an_undo_button(desk, mara) -> None:
    stored = comment(name="Ana")
    response = desk.post(
        f"{decision_url(stored)}?language=en&after=3", {"state": "published", "seen": "held"}, follow=True
    )
    assert response.redirect_chain == [(f"{QUEUE}?language=en", 302)]
    assert state(stored) == "published"
    assert said(response) == ["Published: comment by Ana"]
    undo = soup(response).select_one(".messages form")
    assert undo["action"] == f"{DECISIONS}{Decision.objects.latest('pk').pk}/undo/?language=en"
    assert undo.select_one("[name=csrfmiddlewaretoken]")["value"]
    response = desk.post(undo["action"], follow=True)
    assert said(response) == ["Undone: 1 comment is as before."]
    assert state(stored) == "held"


def test_the_author_reads_why_a_comment_was_rejected(desk) -> None:
    stored = comment()
    fields = {"state": "rejected", "seen": "held", "rule": "topic", "explanation": "It is about the ferry."}
    assert desk.post(decision_url(stored), fields).status_code == 302
    assert state(stored) == "rejected"
    assert [str(reason) for reason in Receipt.objects.get(comment=stored).why] == [
        "It breaks a rule of this site: Keep to the subject. A comment is about the article or answers another one.",
        "The moderator writes: It is about the ferry.",
    ]


def test_a_rejection_without_a_reason_shows_the_comment_again(desk) -> None:
    stored = comment()
    response = desk.post(decision_url(stored), {"state": "rejected", "seen": "held"})
    assert response.status_code == 422
    shown = soup(response)
    assert shown.select_one("details").has_attr("open")
    assert "Choose a rule or write why" in shown.select_one("[role=alert]").get_text()
    assert state(stored) == "held"


def test_whoever_is_slower_learns_it_and_keeps_what_was_typed(desk) -> None:
    stored = comment(name="Ana")
    decide(Comment.objects.get(pk=stored.pk), actor=moderator("otto@example.org", "Otto"), state="published")
    fields = {"state": "rejected", "seen": "held", "rule": "topic", "explanation": "Typed with care."}
    response = desk.post(decision_url(stored), fields)
    assert response.status_code == 409
    shown = soup(response)
    alert = text_of(shown.select_one("[role=alert]"))
    assert "Otto was faster: the comment by Ana is “Published” by now. Nothing was changed." in alert
    assert shown.select_one("textarea").get_text() == "Typed with care."
    assert shown.select_one("option[selected]")["value"] == "topic"
    assert shown.select_one("[name=seen]")["value"] == "published"
    assert state(stored) == "published"


def test_a_comment_that_moved_without_the_desk_is_said_to_have_moved(desk) -> None:
    stored = comment(name="Ana")
    Comment.objects.filter(pk=stored.pk).update(state="spam")
    response = desk.post(decision_url(stored), {"state": "published", "seen": "held"})
    assert "The comment by Ana is “Spam” by now. Nothing was changed." in response.content.decode()


def test_a_comment_is_shown_with_its_whole_record(desk, mara) -> None:
    stored = comment(name="Ana")
    decide(stored, actor=mara, state="rejected", rule="topic", explanation="It is about the ferry.")
    shown = soup(desk.get(reverse("moderation:comment", args=[stored.pk])))
    assert shown.select_one("h1").get_text(strip=True) == "Comment by Ana"
    received, rejected = (text_of(row) for row in shown.select("tbody tr"))
    assert "The judges Received Waiting A moderator reads all comments" in received
    assert "Mara Rejected Waiting → Rejected Undo Keep to the subject (1) It is about the ferry." in rejected
    assert len(shown.select("tbody form")) == 1
    assert "Back to the queue" in shown.get_text()


def test_a_comment_without_a_record_is_shown_too(desk) -> None:
    stored = comment()
    lone = Comment.objects.create(
        page_id=stored.page_id, path=b"\0" * 7 + b"\x7f", created_at=stored.created_at, name="Import", lang="en"
    )
    response = desk.get(reverse("moderation:comment", args=[lone.pk]))
    assert "Nothing was decided through the desk." in response.content.decode()


def test_undoing_what_was_followed_by_another_decision_says_so(desk, mara) -> None:
    stored = comment(name="Ana")
    first = decide(stored, actor=mara, state="published")
    decide(stored, actor=moderator("otto@example.org", "Otto"), state="spam")
    response = desk.post(reverse("moderation:undo", args=[first.pk]), follow=True)
    assert said(response) == ["Otto was faster: the comment by Ana is “Spam” by now. Nothing was changed."]
    assert state(stored) == "spam"


def test_the_first_decision_can_not_be_undone(desk) -> None:
    comment()
    assert desk.post(reverse("moderation:undo", args=[Decision.objects.get().pk]), follow=True).status_code == 404


def test_a_decision_on_a_comment_that_went_with_its_page_is_not_undone(desk, mara) -> None:
    stored = comment()
    decision = decide(stored, actor=mara, state="published")
    stored.page.delete()
    assert desk.post(reverse("moderation:undo", args=[decision.pk]), follow=True).status_code == 404
