from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail import hooks

from tests import factories
from tests.moderation.factories import article, comment, moderator
from tribuna.comments.models import Comment
from tribuna.moderation.models import Rule, WordEntry
from tribuna.people.models import User

pytestmark = pytest.mark.django_db


def menu_entry(client) -> dict | None:
    """Return what the sidebar is told of the entry for comments."""
    page = BeautifulSoup(client.get("/admin/").content, "html.parser")
    props = json.loads(page.select_one("#wagtail-sidebar-props").string)
    found = [args for args in entries(props) if args.get("name") == "comments"]
    return found[0] if found else None


def entries(node):
    """Walk through packed sidebar modules."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from entries(each)


@pytest.mark.parametrize(("count", "label"), [(1, "Comments, 1 waiting"), (3, "Comments, 3 waiting")])
def test_the_menu_says_how_many_wait(client, count: int, label: str) -> None:
    page = article()
    for number in range(count):
        comment(page, text=f"Comment {number}")
    client.force_login(moderator())
    entry = menu_entry(client)
    assert entry["label"] == "Comments"
    assert entry["url"] == "/admin/comments/"
    assert entry["attrs"] == {"data-desk-waiting": str(count), "aria-label": label}


def test_the_menu_says_nothing_when_nothing_waits(client) -> None:
    client.force_login(moderator())
    assert menu_entry(client)["attrs"] == {}


def test_the_menu_is_for_moderators_only(client) -> None:
    editor = User.objects.create_user("editor@example.org", "a long password")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)
    assert menu_entry(client) is None


def test_groups_can_be_given_the_right_to_moderate() -> None:
    offered = [permission.codename for hook in hooks.get_hooks("register_permissions") for permission in hook()]
    assert "moderate_comments" in offered


def test_the_style_is_loaded_with_the_admin(client) -> None:
    client.force_login(moderator())
    assert "/static/moderation/desk.css" in client.get("/admin/").content.decode()


def test_moderators_keep_the_words(client) -> None:
    client.force_login(moderator())
    url = reverse("wagtailsnippets_moderation_wordentry:add")
    assert client.get(url).status_code == 200
    refused = client.post(url, {"phrase": "!?", "language": "", "decision": "1"})
    assert "A word needs a letter or a digit." in refused.content.decode()
    client.post(url, {"phrase": "casino", "language": "es", "decision": "2"})
    assert WordEntry.objects.get().phrase == "casino"
    assert "casino" in client.get(reverse("wagtailsnippets_moderation_wordentry:list")).content.decode()


def test_moderators_keep_the_rules(client) -> None:
    client.force_login(moderator())
    rule = Rule.objects.get(code="topic", locale__language_code="en")
    url = reverse("wagtailsnippets_moderation_rule:edit", args=[rule.pk])
    assert client.get(url).status_code == 200
    client.post(url, {"title": "Stay with it", "text": rule.text, "code": "topic", "sort_order": "1"})
    rule.refresh_from_db()
    assert rule.title == "Stay with it"
    assert "Stay with it" in client.get(reverse("wagtailsnippets_moderation_rule:list")).content.decode()


@pytest.mark.parametrize(("count", "said"), [(1, "1 comment is deleted"), (3, "3 comments are deleted")])
def test_deleting_pages_says_how_many_comments_go_with_them(client, count: int, said: str) -> None:
    page = article()
    for number in range(count):
        comment(page, text=f"Comment {number}", state="rejected" if number else "held")
    comment(factories.article(title="Elsewhere", parent=factories.section("Sport")))
    client.force_login(User.objects.create_superuser("root@example.org", "a long password"))
    for doomed in (page, page.section):
        url = reverse("wagtailadmin_pages:delete", args=[doomed.pk])
        assert f"{said} with it." in client.get(url).content.decode()
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert Comment.objects.count() == 1
    assert "deleted with it" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_deleting_several_pages_says_how_many_comments_go_with_them(client, count: int) -> None:
    page, sport = article(), factories.section("Sport")
    for number in range(count):
        comment(page, text=f"Comment {number}", state="rejected" if number else "held")
    comment(factories.article(title="Final", parent=sport))
    kept = comment(factories.article(title="Elsewhere", parent=factories.section("World")))
    client.force_login(User.objects.create_superuser("root@example.org", "a long password"))
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    for doomed in ([page], [page, sport], [page, page.section, sport]):
        total = count + (sport in doomed)
        said = "1 comment is" if total == 1 else f"{total} comments are"
        shown = client.get(url, {"id": [each.pk for each in doomed]})
        assert f"{said} deleted with them." in shown.content.decode()
    client.post(f"{url}?id={page.pk}&id={sport.pk}")
    assert list(Comment.objects.all()) == [kept]
    assert "deleted with them" not in client.get("/admin/").content.decode()
    empty = client.get(url, {"id": [page.section.pk]})
    assert empty.status_code == 200
    assert "deleted with them" not in empty.content.decode()


def test_deleting_a_page_without_comments_says_nothing_of_them(client) -> None:
    client.force_login(User.objects.create_superuser("root@example.org", "a long password"))
    shown = client.get(reverse("wagtailadmin_pages:delete", args=[article().pk]))
    assert shown.status_code == 200
    assert "deleted with it" not in shown.content.decode()
