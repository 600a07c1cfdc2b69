"""The press in Wagtail's admin."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail import hooks

from tests.press.printing import KEY, printed
from tribuna.people.models import User
from tribuna.press.models import Purge
from tribuna.press.views import in_words

pytestmark = pytest.mark.django_db

PANEL, PURGE = "/admin/press/", "/admin/press/purge/"


def editor(*permissions: str, email: str = "ed@example.org") -> User:
    """Return an account that may enter the admin, with some *permissions*."""
    user = User.objects.create_user(email, "a long password")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *permissions]))
    return user


@pytest.fixture
def admin(client, own_store) -> Client:
    """The browser of an administrator."""
    client.force_login(User.objects.create_superuser("root@example.org", "a long password"))
    return client


def shown(client: Client) -> BeautifulSoup:
    answer = client.get(PANEL)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").select_one("main")


def facts(page: BeautifulSoup) -> dict[str, str]:
    """Return what stands beside each heading of a row."""
    return {th.get_text(): " ".join(th.find_next("td").get_text().split()) for th in page.select("th[scope=row]")}


def rows(page: BeautifulSoup, heading: str) -> list[list[str]]:
    """Return the cells of the table below *heading*."""
    table = page.find("h2", string=heading).find_next("table")
    return [[" ".join(td.get_text().split()) for td in tr.select("td")] for tr in table.select("tbody tr")]


# --- the panel --------------------------------------------------------------------------------------------------------
def test_it_tells_what_is_kept_and_how_much_that_helps(admin, own_store):
    for key in (KEY, KEY._replace(path="/en/")):
        own_store.keep(key, printed("ferry", f"page:{len(key.path)}"), since=0)
    own_store.forget({"page:4"})
    counts = {
        "hit": 9000,
        "found": 500,
        "printed": 200,
        "unstored": 300,
        "unstored: status 404": 290,
        "unstored: mist": 10,
    }
    own_store.note(counts, read=[], refusals={"/en/odd/": "it varies on cookie"})
    page = shown(admin)
    assert facts(page) == {
        "Store": "tribuna.press.stores.files.FilesStore",
        "Pages": "1",
        "Outdated copies, for when the database is away": "1",
        "Room": f"{own_store.status().size} bytes of 1.0 GB",
        "Hit ratio": "95.0%",
        "From memory": "9,000",
        "From disk": "500",
        "Printed": "200",
        "Outdated, because printing failed": "0",
        "Not stored": "300",
    }
    assert rows(page, "Why answers were not stored") == [["status 404", "290"], ["mist", "10"]]
    assert rows(page, "Pages that could not be stored") == [["/en/odd/", "it varies on cookie"]]


def test_it_tells_what_changed_last(admin):
    Purge.objects.create(tags=["page:1", "list:3"])
    Purge.objects.create(tags=[f"page:{number}" for number in range(1, 1011)], withdrawn=True)
    (_, many, down), (_, few, _not_down) = rows(shown(admin), "Last purges")
    assert (few, _not_down) == ("page:1 list:3", "No")
    assert (many[:6], many[-15:], down) == ("page:1", " and 1,002 more", "Yes")


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_as_often_for_any_number_of_purges(admin, django_assert_num_queries, count):
    for number in range(count):
        Purge.objects.create(tags=[f"page:{number}"])
    admin.get(PANEL)
    with django_assert_num_queries(9):
        assert len(rows(shown(admin), "Last purges")) == count


def test_it_has_something_to_say_of_an_empty_press(admin):
    page = shown(admin)
    assert facts(page)["Pages"] == "0"
    assert facts(page)["Hit ratio"] == "No answers yet"
    assert "Nothing has changed since yesterday." in page.get_text()


def test_it_has_something_to_say_of_a_press_that_keeps_nothing(admin, settings):
    settings.TRIBUNA_PRESS_STORE = "tribuna.press.stores.null.NullStore"
    assert facts(shown(admin))["Store"] == "tribuna.press.stores.null.NullStore"


# --- forgetting -------------------------------------------------------------------------------------------------------
def test_all_pages_are_forgotten_after_a_question(admin, own_store, django_capture_on_commit_callbacks):
    own_store.keep(KEY, printed(), since=0)
    button = shown(admin).find(lambda tag: tag.name == "a" and "Forget all pages" in tag.get_text())
    question = BeautifulSoup(admin.get(button["href"]).content, "html.parser")
    assert question.select_one("main form[method=post] button").get_text() == "Yes, forget all pages"
    assert own_store.find(KEY)
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin.post(PURGE)
    assert answer.headers["Location"] == PANEL
    assert own_store.find(KEY) is None
    assert own_store.find(KEY, outdated_within=60)
    assert Purge.objects.get().tags == ["fragments", "site"]
    page = BeautifulSoup(admin.get(PANEL).content, "html.parser")
    assert "All pages are forgotten." in page.select_one(".messages").get_text()


def test_a_form_from_elsewhere_is_refused(admin):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get())
    assert strict.post(PURGE).status_code == 403
    assert not Purge.objects.exists()


# --- who --------------------------------------------------------------------------------------------------------------
def entries(node):
    """Walk through packed sidebar modules."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from entries(each)


def is_in_menu(client: Client) -> bool:
    page = BeautifulSoup(client.get("/admin/").content, "html.parser")
    props = json.loads(page.select_one("#wagtail-sidebar-props").string)
    return any(entry.get("url") == PANEL for entry in entries(props))


def test_only_those_who_may_come_in(client, own_store):
    for url in (PANEL, PURGE):
        assert client.get(url).headers["Location"].startswith("/admin/login/")
    client.force_login(editor())
    for url in (PANEL, PURGE):
        assert client.get(url).headers["Location"] == "/admin/"
        assert client.post(url).headers["Location"] == "/admin/"
    assert not Purge.objects.exists()
    assert not is_in_menu(client)


def test_who_may_look_need_not_be_able_to_forget(client, own_store):
    client.force_login(editor("view_purge"))
    assert is_in_menu(client)
    assert "Forget all pages" not in shown(client).get_text()
    assert client.post(PURGE).headers["Location"] == "/admin/"
    client.force_login(editor("view_purge", "add_purge", email="ana@example.org"))
    assert "Forget all pages" in shown(client).get_text()
    assert client.get(PURGE).status_code == 200


def test_groups_can_be_given_both_rights():
    offered = {permission.codename for hook in hooks.get_hooks("register_permissions") for permission in hook()}
    assert {"view_purge", "add_purge"} <= offered


def test_the_panel_may_not_be_posted_to(admin):
    assert admin.post(reverse("press:panel")).status_code == 405


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("status 404", "status 404"),
        ("it varies on cookie", "it varies on cookie"),
        ("it sets a cookie", "it sets a cookie"),
        ("something of another front", "something of another front"),
    ],
)
def test_reasons_are_said_in_words(why, said):
    with translation.override("en"):
        assert in_words(why) == said
