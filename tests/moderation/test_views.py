from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from tests.moderation.factories import article, comment, moderator
from tribuna.comments.models import Comment, Receipt
from tribuna.moderation.actions import decide
from tribuna.moderation.models import Decision, Rule
from tribuna.people.models import User

pytestmark = pytest.mark.django_db

QUEUE = "/admin/comments/"
DECISIONS = "/admin/comments/decisions/"


@pytest.fixture
def mara() -> User:
    return moderator()


@pytest.fixture
def desk(mara) -> Client:
    """A moderator's browser, which sends tokens with its forms."""
    client = Client(enforce_csrf_checks=False)
    client.force_login(mara)
    return client


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def text_of(element) -> str:
    """Return what is read in *element*, each run of white space one blank."""
    return " ".join(element.get_text(" ").split())


def said(response) -> list[str]:
    """Return the messages at the head of the page, without their buttons."""
    for button in (page := soup(response)).select(".messages form"):
        button.decompose()
    return [text_of(message) for message in page.select(".messages > ul > li")]


def decision_url(stored: Comment) -> str:
    return reverse("moderation:decision", args=[stored.pk])


def state(stored: Comment) -> str:
    return Comment.objects.get(pk=stored.pk).state


@pytest.mark.parametrize(
    ("method", "name", "args"),
    [
        ("get", "queue", []),
        ("get", "comment", [1]),
        ("post", "decision", [1]),
        ("get", "decisions", []),
        ("post", "decisions", []),
        ("post", "undo", [1]),
    ],
)
def test_only_moderators_come_in(client, method: str, name: str, args: list[int]) -> None:
    article()
    url = reverse(f"moderation:{name}", args=args)
    assert getattr(client, method)(url).headers["Location"].startswith("/admin/login/")
    editor = User.objects.create_user("editor@example.org", "a long password", is_superuser=False)
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)
    assert getattr(client, method)(url).headers["Location"] == "/admin/"


def test_a_waiting_comment_is_shown_with_all_that_is_needed_to_decide(desk) -> None:
    page = article(title="Ferry returns")
    root = comment(page, name="Ben", text="Where is the ferry?", state="published")
    comment(page, name="Ana", text="Here it is: cheap.com", language="es", reply_to=root, email="ana@example.org")
    response = desk.get(QUEUE)
    assert response.status_code == 200
    (row,) = soup(response).select("article")
    text = text_of(row)
    for part in (
        "Ana",
        "Spanish",
        "New author",
        "Ferry returns",
        "In reply to Ben: Where is the ferry?",
        "Here it is: cheap.com",
        "A link from a newcomer (cheap.com) is read by a person first.",
        "Publish Spam",
        "Keep to the subject",
    ):
        assert part in text
    assert row.select_one(".desk-comment__text")["lang"] == "es"
    assert row.select_one(".desk-comment__where a")["href"] == page.get_url()
    assert "1 comment waits for a moderator" in text_of(soup(response))


def test_every_field_of_the_queue_has_a_label_of_its_own(desk) -> None:
    page = article()
    for number in range(2):
        comment(page, text=f"Comment {number}")
    shown = soup(desk.get(QUEUE))
    ids = [element["id"] for element in shown.select("main [id]")]
    assert len(ids) == len(set(ids))
    for field in shown.select("main :is(input:not([type=hidden]), select, textarea)"):
        assert (
            field.get("aria-label") or shown.select_one(f"label[for={field.get('id')}]") or field.find_parent("label")
        )


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same_however_many_wait(desk, count: int, django_assert_num_queries) -> None:
    page = article()
    root = comment(page, state="published")
    for number in range(count):
        comment(page, text=f"Comment {number}", reply_to=root, email=f"{number}@example.org")
    desk.get(QUEUE)
    with django_assert_num_queries(16):
        response = desk.get(QUEUE)
    assert len(soup(response).select("article")) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_audit_costs_the_same_however_much_was_decided(desk, mara, count: int, django_assert_num_queries) -> None:
    page = article()
    for number in range(count):
        decide(comment(page, text=f"Comment {number}"), actor=mara, state="rejected", rule="topic")
    desk.get(DECISIONS)
    with django_assert_num_queries(13):
        response = desk.get(f"{DECISIONS}?action=reject")
    assert len(soup(response).select("tbody tr")) == count


def test_the_queue_is_narrowed_and_goes_on_narrowed(desk, settings) -> None:
    settings.TRIBUNA_DESK_ROWS_PER_PAGE = 1
    page = article()
    for name in ("Ana", "Ben"):
        comment(page, name=name, language="es", email="one@example.org")
    comment(page, name="Cleo")
    first = Comment.objects.get(name="Ana")
    shown = soup(desk.get(f"{QUEUE}?language=es&page={page.pk}&author={first.pk}"))
    assert [name.get_text() for name in shown.select("article h3")] == ["Ana"]
    assert "Only comments of one author. Only comments on one article." in text_of(shown)
    following = shown.select_one(".desk-pages a")["href"]
    assert f"after={first.pk}" in following
    shown = soup(desk.get(following))
    assert [name.get_text() for name in shown.select("article h3")] == ["Ben"]
    (back,) = shown.select(".desk-pages a")
    assert back["href"] == f"{QUEUE}?language=es&page={page.pk}&author={first.pk}"
    assert shown.select_one("article form")["action"].endswith(back["href"].removeprefix(QUEUE))


def test_wishes_that_make_no_sense_show_the_queue(desk) -> None:
    stored = comment(name="Ana")
    for query in (
        "state=x&section=x&page=x&author=x&after=x",
        f"section={10**30}&page={10**30}&author={10**30}",
        f"after={10**30}",
    ):
        response = desk.get(f"{QUEUE}?{query}")
        assert response.status_code == 200
        assert not soup(response).select("article .error-message")
    assert state(stored) == "held"


@pytest.mark.parametrize("number", ["999", "x", "9" * 30])
def test_undoing_what_is_not_there_changes_nothing(desk, number: str) -> None:
    stored = comment()
    response = desk.post(DECISIONS, {"undo": [number]}, follow=True)
    assert response.status_code == 200
    assert said(response) == []
    assert state(stored) == "held"


def test_an_empty_queue_says_so(desk) -> None:
    assert "There is nothing here." in desk.get(f"{QUEUE}?state=all").content.decode()


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


def test_a_form_from_elsewhere_is_refused(mara) -> None:
    stored = comment()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(mara)
    assert strict.post(decision_url(stored), {"state": "published", "seen": "held"}).status_code == 403
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
    assert "Mara Rejected Waiting → Rejected Undo Keep to the subject It is about the ferry." in rejected
    assert len(shown.select("tbody form")) == 1
    assert "Back to the queue" in shown.get_text()


def test_a_comment_without_a_record_is_shown_too(desk) -> None:
    stored = comment()
    lone = Comment.objects.create(
        page_id=stored.page_id, path=b"\0" * 7 + b"\x7f", created_at=stored.created_at, name="Import", lang="en"
    )
    response = desk.get(reverse("moderation:comment", args=[lone.pk]))
    assert "Nothing was decided through the desk." in response.content.decode()


@pytest.mark.parametrize(("method", "name"), [("get", "comment"), ("post", "decision"), ("post", "undo")])
def test_what_is_not_there_is_not_found(desk, method: str, name: str) -> None:
    article()
    assert getattr(desk, method)(reverse(f"moderation:{name}", args=[404]), follow=True).status_code == 404


@pytest.mark.parametrize("name", ["decision", "undo"])
def test_changes_are_only_posted(desk, name: str) -> None:
    stored = comment()
    assert desk.get(reverse(f"moderation:{name}", args=[stored.pk])).status_code == 405


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


def test_the_audit_log_says_who_did_what_when_and_why(desk, mara) -> None:
    stored = comment(name="Ana", text="About nothing.")
    decide(stored, actor=mara, state="rejected", rule="topic", explanation="It is about the ferry.")
    shown = soup(desk.get(f"{DECISIONS}?moderator={mara.pk}&action=reject"))
    (row,) = shown.select("tbody tr")
    text = text_of(row)
    assert "Mara Rejected Waiting → Rejected Ana About nothing. Keep to the subject It is about the ferry." in text
    assert row.select_one("time")["datetime"]


def test_the_audit_log_goes_on_with_older_decisions(desk, mara, settings) -> None:
    settings.TRIBUNA_DESK_ROWS_PER_PAGE = 1
    comment(name="Ana")
    comment(name="Ben")
    shown = soup(desk.get(f"{DECISIONS}?action=receive"))
    assert "Ben" in shown.select_one("tbody").get_text()
    older = shown.select_one(".desk-pages a")["href"]
    shown = soup(desk.get(DECISIONS + older))
    assert "Ana" in shown.select_one("tbody").get_text()
    assert not shown.select(".desk-pages a")


def test_the_audit_log_names_what_is_gone(desk, mara) -> None:
    stored = comment()
    decide(stored, actor=mara, state="rejected", rule="topic")
    Rule.objects.filter(code="topic").delete()
    stored.page.delete()
    text = text_of(soup(desk.get(DECISIONS)).select_one("tbody"))
    assert f"No. {stored.pk}, deleted with its page topic" in text


def test_an_empty_audit_log_says_so(desk) -> None:
    article()
    assert "There is nothing here." in desk.get(DECISIONS).content.decode()
