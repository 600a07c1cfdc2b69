"""The newsroom in a thread."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from wagtail import hooks
from wagtail.models import Site

from tests.comments.factories import DOUBTFUL, comment, replies
from tests.comments.test_editing import receipt
from tribuna.comments.actions import (
    NothingToSay,
    NotShown,
    ReplyGone,
    answer_as_newsroom,
    hold_comment,
    mark_answered,
    pin_comment,
    unpin_comment,
    withdraw_comment,
)
from tribuna.comments.models import Comment, Receipt, State, ThreadStat
from tribuna.comments.queries import drifts, thread_page
from tribuna.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db) -> User:
    """Somebody who may speak for the newsroom."""
    user = User.objects.create_user("desk@example.org", password="only for tests")
    user.user_permissions.add(
        *Permission.objects.filter(codename__in=["answer_comments", "access_admin"]),
    )
    return user


@pytest.mark.storage
def test_the_newsroom_answers_in_its_own_name_and_the_comment_is_marked(page, editor, settings):
    settings.TRIBUNA_JUDGES = [DOUBTFUL]
    asked = comment(page, "When does it sail.")
    page.comments_policy = "closed"
    answer = answer_as_newsroom(page, text="At six?", language="en", staff=editor, reply_to=asked)
    assert (answer.name, answer.state, answer.by_newsroom, answer.parent) == (
        "The Tribune",
        State.PUBLISHED,
        True,
        asked,
    )
    assert not Receipt.objects.filter(comment=answer).exists()
    assert drifts() == []
    [node] = thread_page(page.pk).nodes
    assert (node.comment.is_answered, node.replies[0].comment.by_newsroom) == (True, True)


def test_a_newsroom_without_a_name_of_its_own_has_the_sites(page, editor, settings):
    Site.objects.update(site_name="")
    Site.clear_site_root_paths_cache()
    answer = answer_as_newsroom(page, text="Yes.", language="en", staff=editor)
    assert answer.name == settings.WAGTAIL_SITE_NAME


def test_one_who_answers_twice_is_known_as_the_same(page, editor):
    first, second = [answer_as_newsroom(page, text="Yes.", language="en", staff=editor) for _ in range(2)]
    assert first.author_ref == second.author_ref != ""


def test_nothing_is_no_answer_and_what_is_hidden_gets_none(page, editor):
    asked = comment(page)
    with pytest.raises(NothingToSay):
        answer_as_newsroom(page, text=" ", language="en", staff=editor)
    hold_comment(asked)
    with pytest.raises(ReplyGone):
        answer_as_newsroom(page, text="Yes.", language="en", staff=editor, reply_to=asked)
    asked.refresh_from_db()
    assert not asked.is_answered


@pytest.mark.storage
def test_one_comment_stands_above_all_others(page, django_assert_num_queries):
    first, second = comment(page, "First"), comment(page, "Second")
    pin_comment(first)
    pin_comment(second)
    with django_assert_num_queries(3):
        assert thread_page(page.pk).pinned.pk == second.pk
    unpin_comment(first)
    assert thread_page(page.pk).pinned.pk == second.pk
    unpin_comment(second)
    assert thread_page(page.pk).pinned is None


def test_a_pinned_comment_that_goes_leaves_no_gap(page):
    root, _below = replies(page, 2)
    pin_comment(root)
    hold_comment(root)
    comment(page)
    assert thread_page(page.pk).pinned is None
    withdraw_comment(receipt(root))
    assert thread_page(page.pk).pinned is None
    page.delete()
    assert not ThreadStat.objects.exists()


@pytest.mark.parametrize("verb", [pin_comment, mark_answered])
def test_what_nobody_sees_is_not_distinguished(page, verb):
    held = comment(page)
    hold_comment(held)
    with pytest.raises(NotShown):
        verb(held)


# --- in the admin -----------------------------------------------------------------------------------------------------
def test_the_desk_answers_marks_and_pins(client, page, editor):
    client.force_login(editor)
    stored = comment(page, "When does it sail?")
    url = f"/admin/answers/{stored.pk}/"
    assert "When does it sail?" in client.get(url).text
    assert client.post(url, {"text": "At six.", "language": "en"}).status_code == 302
    assert client.post(url, {"verb": "pin"}).status_code == 302
    article = client.get(page.url).text
    assert "comment-pinned" in article
    assert "Answered by the newsroom" in article
    assert "comment-official" in article
    assert "Unpin" in client.get(url).text
    for verb in ("unpin", "unmark"):
        client.post(url, {"verb": verb})
    article = client.get(page.url).text
    assert "comment-pinned" not in article
    assert "Answered by the newsroom" not in article
    client.post(url, {"verb": "mark"})
    assert Comment.objects.get(pk=stored.pk).is_answered


def test_a_pinned_answer_of_the_newsroom_says_that_it_is_one(client, page, editor):
    pin_comment(answer_as_newsroom(page, text="At six.", language="en", staff=editor))
    assert client.get(page.url).text.count('class="comment-badge"') == 2


def test_the_desk_is_told_what_does_not_go(client, page, editor):
    client.force_login(editor)
    stored = comment(page)
    url = f"/admin/answers/{stored.pk}/"
    assert client.post(url, {"text": "", "language": "en"}).status_code == 422
    hold_comment(stored)
    response = client.post(url, {"text": "Kept words", "language": "en"})
    assert response.status_code == 422
    assert "Kept words" in response.text
    assert "see this comment now" in client.post(url, {"verb": "pin"}, follow=True).text


def test_only_who_may_speak_for_the_newsroom_does(client, page, editor):
    editor.user_permissions.remove(Permission.objects.get(codename="answer_comments"))
    client.force_login(editor)
    assert client.get(f"/admin/answers/{comment(page).pk}/").status_code == 302


def test_administrators_give_groups_the_right_to_answer(db):
    given = [each.codename for found in hooks.get_hooks("register_permissions") for each in found()]
    assert "answer_comments" in given
