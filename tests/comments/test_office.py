"""Reports, and what is kept of a reader, in the admin."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from tests.comments.factories import comment
from tests.comments.post import READER
from tests.moderation.factories import moderator
from tribuna.comments.actions import NoticeSettled, settle_notice
from tribuna.comments.models import Comment, Notice, State
from tribuna.comments.queries.letters import address_ref
from tribuna.moderation.actions import decide
from tribuna.moderation.models import Decision
from tribuna.people.models import User

pytestmark = pytest.mark.django_db

NOTICES, ERRORS, RIGHTS = (reverse(f"comments_{name}") for name in ("notices", "errors", "rights"))


@pytest.fixture
def mara(page):
    return moderator()


@pytest.fixture
def desk(mara, client):
    client.force_login(mara)
    return client


@pytest.fixture
def editor(page, client):
    user = User.objects.create_user("editor@example.org", "a long password")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    return client


@pytest.fixture
def notice(page):
    return filed(page, comment=comment(page, "Silly ferry."), ground="rule")


def filed(page, **fields):
    fields = {"explanation": "It insults the ferry.", "language": "en", "at": timezone.now(), **fields}
    return Notice.objects.create(page=page, **fields)


def url_of(notice):
    return reverse("comments_error" if notice.is_error else "comments_notice", args=[notice.pk])


def test_reports_of_comments_are_the_moderators_and_errors_the_newsrooms(desk, notice):
    error = filed(notice.page)
    assert desk.get(NOTICES).status_code == desk.get(url_of(notice)).status_code == desk.get(RIGHTS).status_code == 200
    for url in (ERRORS, url_of(error)):
        assert desk.get(url).status_code in {302, 403}
    menu = desk.get(reverse("wagtailadmin_home")).text
    assert (NOTICES in menu, ERRORS in menu) == (True, False)


def test_editors_see_the_errors_alone(editor, notice):
    error = filed(notice.page, cited="at six", email=READER)
    listed = editor.get(ERRORS).text
    assert url_of(error) in listed
    shown = editor.get(url_of(error)).text
    assert all(words in shown for words in ("at six", READER, "not confirmed", "Corrected"))
    assert editor.get(reverse("comments_error", args=[notice.pk])).status_code in {302, 404}
    for url in (NOTICES, url_of(notice), RIGHTS):
        assert editor.get(url).status_code in {302, 403}
    editor.post(url_of(error), {"outcome": "upheld", "answer": "Thank you."})
    error.refresh_from_db()
    assert (error.outcome, error.outcome_words, str(error)) == ("upheld", "Corrected", f"#{error.pk}")


def test_a_report_that_is_upheld_takes_the_comment_down_with_its_reasons(desk, notice, mara):
    assert "Silly ferry." in desk.get(url_of(notice)).text
    response = desk.post(url_of(notice), {"outcome": "upheld", "answer": "It is an insult."}, follow=True)
    assert "Decided, and told to who reported it." in response.text
    notice.refresh_from_db()
    assert (notice.outcome, notice.answer, notice.decided_by) == ("upheld", "It is an insult.", mara)
    reported = Comment.objects.get(pk=notice.comment_id)
    assert reported.state == State.REJECTED
    assert [str(reason) for reason in reported.receipt.why] == ["The moderator writes: It is an insult."]
    decision = Decision.objects.by_people().get()
    assert (decision.actor, decision.state_after) == (mara, State.REJECTED)
    assert "Taken down (Mara)" in desk.get(NOTICES).text
    assert "It is an insult." in desk.get(url_of(notice)).text


def test_a_comment_that_is_down_already_is_decided_once(desk, notice, mara):
    decide(notice.comment, actor=mara, state=State.SPAM)
    desk.post(url_of(notice), {"outcome": "upheld", "answer": "It is an insult."})
    assert Decision.objects.by_people().count() == 1


def test_a_report_that_is_dismissed_changes_nothing(desk, notice):
    desk.post(url_of(notice), {"outcome": "dismissed", "answer": "It is an opinion."})
    assert Comment.objects.get(pk=notice.comment_id).state == State.PUBLISHED
    assert not Decision.objects.by_people().exists()


@pytest.mark.parametrize("fields", [{"outcome": "upheld"}, {"answer": "So."}, {"outcome": "maybe", "answer": "So."}])
def test_an_outcome_needs_reasons(desk, notice, fields):
    assert desk.post(url_of(notice), fields).status_code == 422
    notice.refresh_from_db()
    assert notice.is_open


def test_two_moderators_do_not_overrule_each_other_unseen(desk, notice, mara):
    other = moderator("noa@example.org", "Noa")
    seen = Notice.objects.get(pk=notice.pk)
    settle_notice(notice, outcome="dismissed", answer="It is an opinion.", actor=other)
    response = desk.post(url_of(notice), {"outcome": "upheld", "answer": "It is an insult."})
    assert response.status_code == 409
    assert all(words in response.text for words in ("It is an opinion.", "It is an insult.", "Noa"))
    with pytest.raises(NoticeSettled) as told:
        settle_notice(seen, outcome="upheld", answer="It is an insult.", actor=mara)
    assert told.value.notice.answer == "It is an opinion."


def test_other_reports_of_the_same_comment_are_named(desk, notice):
    again = filed(notice.page, comment=notice.comment, ground="minors")
    assert url_of(again) in desk.get(url_of(notice)).text


def test_empty_lists_say_so(desk):
    assert "Nothing waits." in desk.get(NOTICES).text


def found(desk, **fields):
    return desk.post(RIGHTS, fields)


def test_the_staff_finds_copies_and_erases_what_is_under_an_address(desk, page):
    own = comment(page, "With my address.", email=READER)
    left = comment(page, "This too.", email=READER)
    filed(page, email=READER, address_ref=address_ref(READER))
    shown = found(desk, email=READER)
    assert all(words in shown.text for words in ("With my address.", "This too.", "Reports:"))
    copy = found(desk, email=READER, export="1").json()
    assert [len(copy[kind]) for kind in ("comments", "reports")] == [2, 1]
    assert found(desk, email=READER, erase="1", what="text").status_code == 422
    found(desk, email=READER, erase="1", what="text", comments=[own.pk])
    assert Notice.objects.get().email == READER
    response = desk.post(RIGHTS, {"email": READER, "erase": "1", "what": "name", "comments": [left.pk]}, follow=True)
    assert "Erased: 1 comment." in response.text
    assert Notice.objects.get().email == ""
    assert list(Comment.objects.values_list("body_source", "author_ref")) == [("", ""), ("This too.", "")]


def test_the_staff_finds_a_comment_by_its_number(desk, page):
    own = comment(page, "Without an address.")
    link = f"{RIGHTS}?number={own.pk}"
    assert link in desk.get(reverse("moderation:comment", args=[own.pk])).text
    assert "Without an address." in desk.get(link).text
    assert "Without an address." in found(desk, number=own.pk).text
    found(desk, number=own.pk, erase="1", what="text", comments=[own.pk])
    assert Comment.objects.get().body_source == ""
    assert "No comments." in found(desk, number=4711).text


@pytest.mark.parametrize("fields", [{}, {"email": "nonsense"}, {"number": "0"}])
def test_the_staff_has_to_name_somebody(desk, fields):
    assert found(desk, **fields).status_code == 422


def test_the_rights_can_be_given_in_the_admin(admin_client, page):
    text = admin_client.get(reverse("wagtailusers_groups:add")).text
    for right in ("settle_notices", "settle_errors", "serve_rights"):
        assert right in text or right.replace("_", " ") in text or "Can" in text
