from __future__ import annotations

import pytest

from tests.moderation.factories import article, comment, moderator
from tests.moderation.views.pages import DECISIONS, QUEUE, said, soup, state
from tribuna.comments.models import Comment
from tribuna.moderation.actions import decide
from tribuna.moderation.models import Decision

pytestmark = pytest.mark.django_db


def test_several_are_decided_and_undone_at_once(desk) -> None:
    page = article()
    stored = [comment(page, text=f"Comment {number}") for number in range(3)]
    fields = {"state": "spam", "comments": [f"{each.pk}:held" for each in stored[:2]]}
    response = desk.post(f"{DECISIONS}?language=en", fields, follow=True)
    assert response.redirect_chain == [(f"{QUEUE}?language=en", 302)]
    assert said(response) == ["Marked as spam: 2 comments"]
    assert [state(each) for each in stored] == ["spam", "spam", "held"]
    undo = soup(response).select_one(".messages form")
    assert undo["action"] == f"{DECISIONS}?language=en"
    fields = {"undo": [field["value"] for field in undo.select("[name=undo]")]}
    response = desk.post(undo["action"], fields, follow=True)
    assert said(response) == ["Undone: 2 comments are as before."]
    assert [state(each) for each in stored] == ["held", "held", "held"]


def test_among_several_those_that_moved_are_named(desk) -> None:
    page = article()
    ana, ben = comment(page, name="Ana"), comment(page, name="Ben")
    decide(Comment.objects.get(pk=ben.pk), actor=moderator("otto@example.org", "Otto"), state="rejected")
    response = desk.post(
        DECISIONS, {"state": "published", "comments": [f"{ana.pk}:held", f"{ben.pk}:held"]}, follow=True
    )
    assert said(response) == [
        "Published: comment by Ana",
        "Otto was faster: the comment by Ben is “Rejected” by now. Nothing was changed.",
    ]
    assert (state(ana), state(ben)) == ("published", "rejected")


def test_when_all_of_several_moved_nothing_is_said_to_be_done(desk) -> None:
    stored = comment(name="Ana")
    Comment.objects.filter(pk=stored.pk).update(state="spam")
    response = desk.post(DECISIONS, {"state": "published", "comments": [f"{stored.pk}:held"]}, follow=True)
    assert said(response) == ["The comment by Ana is “Spam” by now. Nothing was changed."]
    assert not Decision.objects.by_people().exists()


def test_rejecting_several_without_a_reason_shows_the_queue_again_as_it_was(desk) -> None:
    page = article()
    ana, ben = comment(page, name="Ana"), comment(page, name="Ben")
    response = desk.post(f"{DECISIONS}?language=en", {"state": "rejected", "comments": [f"{ana.pk}:held"]})
    assert response.status_code == 422
    shown = soup(response)
    assert [box["value"] for box in shown.select("[name=comments][checked]")] == [f"{ana.pk}:held"]
    assert "Choose a rule or write why" in shown.select_one("#desk-bulk").get_text()
    assert (state(ana), state(ben)) == ("held", "held")


def test_deciding_on_nothing_says_so(desk) -> None:
    comment()
    response = desk.post(DECISIONS, {"state": "spam"})
    assert response.status_code == 422
    assert "Choose at least one comment." in soup(response).select_one("#desk-bulk").get_text()


def test_what_went_with_its_page_is_passed_over_when_several_are_undone(desk, mara) -> None:
    stored = comment()
    decision = decide(stored, actor=mara, state="published")
    stored.page.delete()
    response = desk.post(DECISIONS, {"undo": [decision.pk]}, follow=True)
    assert said(response) == []
    assert Decision.objects.latest("pk") == decision


@pytest.mark.parametrize("number", ["999", "x", "9" * 30])
def test_undoing_what_is_not_there_changes_nothing(desk, number: str) -> None:
    stored = comment()
    response = desk.post(DECISIONS, {"undo": [number]}, follow=True)
    assert response.status_code == 200
    assert said(response) == []
    assert state(stored) == "held"


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 19, "\u0663", "\u00b2", "-1", ""])
def test_an_id_that_could_be_none_is_refused(desk, number: str) -> None:
    stored = comment()
    response = desk.post(DECISIONS, {"state": "spam", "comments": [f"{number}:held"]})
    assert "Select a valid choice." in soup(response).select_one("#desk-bulk").get_text()
    desk.post(DECISIONS, {"undo": [number]})
    assert desk.get(f"{QUEUE}?page={number}&author={number}&after={number}").status_code == 200
    assert state(stored) == "held"
