"""The report in Wagtail's admin, and the rules for asking."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail import hooks

from tribuna.humans.actions import Event, count_event, write_counts_down
from tribuna.humans.models import AskingRule
from tribuna.people.models import User

pytestmark = pytest.mark.django_db

REPORT = "/admin/people-and-machines/"


def staff(*permissions: str) -> User:
    user = User.objects.create_user("ed@example.org", "a long password")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *permissions]))
    return user


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("root@example.org", "a long password"))
    return client


def count(number: int, event: Event, layer: str, language: str = "en", seconds: float | None = None) -> None:
    for _each in range(number):
        count_event(event, scope="comment:1", language=language, layer=layer, seconds=seconds)


def rows(page, title):
    table = page.find("caption", string=title).parent
    return [[" ".join(cell.get_text().split()) for cell in row.select("th, td")] for row in table.select("tbody tr")]


def shown(client):
    answer = client.get(REPORT)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").select_one("main")


def test_it_has_something_to_say_of_nothing(editor):
    page = shown(editor)
    assert "Nothing has been counted yet." in page.get_text()
    assert page.table is None


def test_it_tells_what_happened_by_day_by_language_and_by_form(editor):
    count(1_200, Event.PASSED, "work")
    count(3, Event.ASKED, "image", "es")
    count(2, Event.PASSED, "image", "es", seconds=14)
    count(1, Event.FAILED, "image", "es")
    count(1, Event.PASSED, "question", seconds=5_000)
    count(1, Event.HELD, "desk")
    count(1, Event.PASSED, "somebody-s")
    write_counts_down()
    page = shown(editor)
    assert [row[1:] for row in rows(page, "By day")] == [
        ["Moderator, since nothing else told", "0", "0", "0", "1", "–"],
        ["Picture", "3", "2", "1", "0", "up to 15 seconds"],
        ["Question", "0", "1", "0", "0", "more than ten minutes"],
        ["somebody-s", "0", "1", "0", "0", "–"],
        ["Work of the browser", "0", "1,200", "0", "0", "–"],
    ]
    assert ["Spanish", "Picture", "3", "2", "1", "0", "up to 15 seconds"] in rows(page, "By language")
    assert {row[0] for row in rows(page, "By form")} == {"comment"}
    for table in page.select("table"):
        assert table.caption.get_text()
        assert len(table.select("thead th[scope=col]")) == 7
        assert len(table.select("tbody th[scope=row]")) == len(table.select("tbody tr"))


@pytest.mark.parametrize("layers", [1, 3])
def test_it_asks_as_often_for_any_number_of_rows(editor, django_assert_num_queries, layers):
    for number in range(layers):
        count(1, Event.ASKED, f"layer {number}")
    write_counts_down()
    editor.get(REPORT)
    with django_assert_num_queries(11):
        assert len(rows(shown(editor), "By day")) == layers


def test_only_who_may_look_looks_and_is_shown_the_way(client, rf):
    request = rf.get("/admin/")
    for permissions, may_look in (((), False), (("view_dailycount",), True)):
        User.objects.all().delete()
        request.user = staff(*permissions)
        client.force_login(request.user)
        assert (client.get(REPORT).status_code == 200) is may_look
        items = [hook() for hook in hooks.get_hooks("register_reports_menu_item")]
        [ours] = [item for item in items if item.name == "humans"]
        assert ours.is_shown(request) is may_look
        assert ours.url == REPORT


def test_administrators_may_let_others_look():
    permitted = [permission for hook in hooks.get_hooks("register_permissions") for permission in hook()]
    assert "view_dailycount" in {permission.codename for permission in permitted}


def test_an_editor_says_when_readers_are_asked(editor):
    added = editor.post(reverse("wagtailsnippets_humans_askingrule:add"), {"form": "comment", "asking": "always"})
    assert added.status_code == 302
    assert AskingRule.objects.values("form", "asking").get() == {"form": "comment", "asking": "always"}
    every = editor.post(reverse("wagtailsnippets_humans_askingrule:add"), {"form": "", "asking": "never"})
    assert every.status_code == 302
    again = editor.post(reverse("wagtailsnippets_humans_askingrule:add"), {"form": "", "asking": "always"})
    assert again.status_code == 200
    listed = editor.get(reverse("wagtailsnippets_humans_askingrule:list"))
    assert "comment" in listed.text
    assert "Always ask" in listed.text
