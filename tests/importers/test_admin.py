"""The page of imports, without JavaScript."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from wagtail import hooks

from tests.importers.editing import RUNS, at, editor, export, page, prepared, ran, send, uploads, waiting, words
from tests.importers.samples import item, wxr
from tests.press.test_panel import entries
from tribuna.importers.actions import carry_out_next, stop_import
from tribuna.importers.models import ImportRun
from tribuna.newsroom.models import ArticlePage
from tribuna.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsroom", "private")]
State = ImportRun.State


def menu(client: Client) -> list[str]:
    home = BeautifulSoup(client.get("/admin/").content, "html.parser")
    props = json.loads(home.select_one("#wagtail-sidebar-props").string)
    return [entry["url"] for entry in entries(props) if "url" in entry]


# --- who --------------------------------------------------------------------------------------------------------------
def test_only_those_who_may_import_come_in(client, tmp_path):
    run = prepared(export(tmp_path))
    gets = ["", "new/", "new/wordpress/", *(f"{run.pk}/{what}" for what in ("", "progress/", "report.json"))]
    posts = ["new/wordpress/", *(f"{run.pk}/{w}/" for w in ("start", "stop", "continuation", "import", "discard"))]
    for user in (None, editor()):
        if user:
            client.force_login(user)
            assert RUNS not in menu(client)
        for url in (*gets, f"{run.pk}/originals.jsonl"):
            assert client.get(f"{RUNS}{url}").status_code == 302
        for url in posts:
            assert client.post(f"{RUNS}{url}", {"archive": "old"}).status_code == 302
    assert ImportRun.objects.get().state == State.PREPARED
    client.force_login(User.objects.get(email="ana@example.org"))
    assert RUNS in menu(client)
    assert [client.get(f"{RUNS}{url}").status_code for url in gets] == [200] * 5 + [404]


def test_groups_can_be_given_the_right():
    offered = {permission.codename for hook in hooks.get_hooks("register_permissions") for permission in hook()}
    assert "import_archives" in offered


def test_a_form_from_elsewhere_is_refused_and_leaves_nothing(ana, tmp_path):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get())
    assert send(strict, export(tmp_path)).status_code == 403
    assert (ImportRun.objects.count(), uploads()) == (0, [])


# --- the way ----------------------------------------------------------------------------------------------------------
def test_an_editor_imports_and_reads_the_report(ana, tmp_path):
    (button,) = page(ana.get(RUNS)).find_all("a", href=f"{RUNS}new/", string="New import")[:1]
    chosen = page(ana.get(button["href"])).find("a", string="wordpress")
    form = page(ana.get(chosen["href"])).select_one("form")
    assert {field["name"] for field in form.select("[name]")} >= {"archive", "file", "types", "categories", "fetch"}
    answer = send(ana, export(tmp_path), types="post page", section="Archive")
    run = ImportRun.objects.get()
    assert answer.headers["Location"] == at(run)
    assert run.options == {"types": ["post", "page"]}
    assert "export.xml" in words(ana.get(at(run)))
    assert ana.post(at(run, "start/"), {"is_dry": "on"}).status_code == 302
    waits = ana.get(at(run))
    assert "Waiting for its turn" in words(waits)
    assert page(waits).find("a", string="Look again")["href"] == at(run)
    carry_out_next()
    told = words(ana.get(at(run)))
    assert "Articles 3 3 0 0 0 0 0" in told
    assert "nothing was stored" in told
    ana.post(at(run, "import/"))
    good = ImportRun.objects.first()
    ran(good)
    assert ArticlePage.objects.count() == 3
    assert "Done" in words(ana.get(RUNS))
    assert ana.get(at(good, "report.json")).json()["counts"]["article"]["created"] == 3
    again = ana.post(at(run, "import/"), follow=True)
    assert "no longer kept" in words(again)


def test_the_list_has_pages_and_as_many_queries_for_any_number(ana, tmp_path, django_assert_num_queries):
    by = User.objects.get()
    assert "Nothing has been imported here yet" in words(ana.get(RUNS))
    for count in (1, 3):
        ImportRun.objects.all().delete()
        ImportRun.objects.bulk_create(ImportRun(archive=f"old {n}", source="wordpress", by=by) for n in range(count))
        with django_assert_num_queries(11):
            assert len(page(ana.get(RUNS)).select("tbody tr")) == count
    ImportRun.objects.bulk_create(ImportRun(archive=f"more {n}", source="wordpress") for n in range(30))
    older = page(ana.get(RUNS)).find("a", string="Older")["href"]
    rest = page(ana.get(f"{RUNS}{older}"))
    assert len(rest.select("tbody tr")) == 8
    assert rest.find("a", string="Newer")


def test_the_originals_are_handed_over_one_a_line(ana, tmp_path):
    run = ran(waiting(wxr(tmp_path, item("1"), item("2", kind="event"))))
    answer = ana.get(at(run, "originals.jsonl"))
    lines = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    assert any("Story 2" in line["original"] for line in lines)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="originals.jsonl"'


# --- how far it is ----------------------------------------------------------------------------------------------------
def test_progress_is_told_in_words_and_numbers(ana, tmp_path, heard):
    run = waiting(export(tmp_path, 8))
    told = []
    heard.listen = lambda _number: told.append((ana.get(at(run, "progress/")).json(), words(ana.get(at(run)))))
    ran(run)
    assert told[0][0]["what"] == "Reading the archive for the first time"
    last, shown = next(each for each in told if each[0]["what"] == "Articles" and each[0]["value"] == run.total - 1)
    assert (last["what"], last["goes_on"], last["max"]) == ("Articles", True, run.total)
    assert last["figures"]["done"] == f"{last['value']} of about {run.total}"
    assert "a second" in last["figures"]["rate"]
    assert f"Articles Records {last['figures']['done']}" in shown
    end = ana.get(at(run, "progress/"))
    assert (end.json()["state"], end.json()["goes_on"], end.json()["max"]) == ("done", False, None)
    assert "no-store" in end.headers["Cache-Control"]


def test_a_slow_one_is_told_with_a_decimal(ana, tmp_path):
    run = prepared(export(tmp_path))
    now = timezone.now()
    ImportRun.objects.update(
        state="running", phase="comment", done=150, began_at=now - timedelta(seconds=100), seen_at=now
    )
    told = ana.get(at(run, "progress/")).json()
    assert told["figures"]["rate"] == "1.5 a second"
    assert (told["figures"]["done"], told["max"]) == ("150", None)
    assert told["figures"]["since"].endswith("(1\xa0minute)")


def test_it_is_stopped_and_continued_by_a_button(ana, tmp_path, heard):
    run = waiting(export(tmp_path, 4))

    def listen(_number):
        if ArticlePage.objects.count() == 1:
            ana.post(at(run, "stop/"))
            assert "It stops after what it is at." in words(ana.get(at(run)))

    heard.listen = listen
    ran(run)
    shown = page(ana.get(at(run)))
    assert "What came stays" in shown.get_text()
    heard.listen = lambda _number: None
    ana.post(shown.find("button", string="Go on").parent["action"])
    assert ran(run).state == State.DONE
    assert ArticlePage.objects.count() == 4
    assert "can't go on" in words(ana.post(at(run, "continuation/"), follow=True))


def test_one_that_broke_off_says_so_and_goes_on_by_one_click(ana, tmp_path):
    run = waiting(export(tmp_path))
    ImportRun.objects.update(state=State.BROKEN_OFF)
    shown = page(ana.get(at(run)))
    assert "ended in the middle" in shown.get_text()
    ana.post(shown.find("button", string="Go on").parent["action"])
    assert ran(run).state == State.DONE


def test_what_was_uploaded_can_be_deleted(ana, tmp_path):
    run = waiting(export(tmp_path))
    stop_import(run)
    button = page(ana.get(at(run))).find("button", string="Delete what was uploaded")
    assert "deleted" in words(ana.post(button.parent["action"], follow=True))
    assert uploads() == []
    assert page(ana.get(at(run))).find("button", string="Go on") is None
