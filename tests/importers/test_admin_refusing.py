"""What the page of imports refuses, and what it keeps to itself."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.importers.editing import NEW, RUNS, at, export, page, prepared, ran, send, uploads, waiting, words
from tests.importers.samples import altered, drupal, item, wxr
from tribuna.importers.models import Archive, ImportRun
from tribuna.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsroom", "private")]
State = ImportRun.State
DRUPAL = f"{RUNS}new/drupal7/"


# --- what is refused --------------------------------------------------------------------------------------------------
def test_an_error_is_told_with_what_was_read(ana, tmp_path):
    run = ran(waiting(wxr(tmp_path, item("1"), "<item>")))
    told = words(ana.get(at(run)))
    assert "can't be read any further" in told
    assert "export.xml, line" in told
    assert page(ana.get(at(run))).find("button", string="Try again")


@pytest.mark.parametrize(
    "name", ["../../../../etc/passwd", "..\\x.xml", "a\x00b.xml", "<script>alert(1)</script>.xml", "é" * 300]
)
def test_a_hostile_name_is_only_ever_shown(ana, tmp_path, name):
    answer = send(ana, export(tmp_path), name=name)
    run = ImportRun.objects.first()
    if answer.status_code == 422:  # Django itself finds no name in it
        assert (run, uploads()) == (None, [])
        return
    (path,) = uploads()
    assert path.name.startswith("upload-")
    assert "<script>" not in ana.get(at(run)).content.decode().partition("import-file")[2].partition("</dd>")[0]
    assert len(run.files[0]["name"]) <= 100


def test_what_is_too_large_is_refused_before_it_is_read(ana, tmp_path, settings, monkeypatch):
    settings.TRIBUNA_IMPORTS_MAXIMUM_BYTES = 2000
    monkeypatch.setattr("tribuna.importers.views.starting.FORM_BYTES", 100)
    (tmp_path / "large.xml").write_bytes(b"x" * 2100)
    answer = send(ana, tmp_path / "large.xml")
    assert answer.status_code == 413
    assert "larger than 2.0" in words(answer)
    assert (ImportRun.objects.count(), uploads()) == (0, [])
    assert send(ana, export(tmp_path, 0)).status_code == 302


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "This field is required"),
        ({"archive": " "}, "This field is required"),
        ({"archive": "\u200b"}, "Give it a name"),
    ],
)
def test_what_is_missing_is_told(ana, tmp_path, fields, said):
    answer = send(ana, export(tmp_path) if fields else None, **fields)
    assert answer.status_code == 422
    assert said in words(answer)
    assert (ImportRun.objects.count(), uploads()) == (0, [])


def test_an_empty_file_is_refused(ana, tmp_path):
    (tmp_path / "empty.xml").write_bytes(b"")
    assert "empty" in words(send(ana, tmp_path / "empty.xml"))


def test_the_name_of_another_sources_archive_is_refused(ana, tmp_path):
    Archive.objects.create(name="old", source="drupal7")
    assert "from another source" in words(send(ana, export(tmp_path)))


@pytest.mark.parametrize("url", ["new/nothing/", "9999/", "9999/progress/"])
def test_what_is_not_there_is_not_found(ana, url):
    assert ana.get(f"{RUNS}{url}", follow=True).status_code == 404


def test_there_is_no_report_before_the_end(ana, tmp_path):
    run = prepared(export(tmp_path))
    assert ana.get(at(run, "report.json")).status_code == 404
    for verb in ("start", "stop", "continuation", "discard"):
        assert ana.get(reverse(f"importers:{verb}", args=[run.pk])).status_code == 405


# --- databases --------------------------------------------------------------------------------------------------------
def test_a_mapping_is_shown_corrected_and_kept(ana, tmp_path):
    send(ana, drupal(tmp_path), to=DRUPAL)
    run = ImportRun.objects.get()
    area = page(ana.get(at(run))).select_one("textarea[name=mapping]")
    assert area.get_text().strip() == run.mapping.strip()
    wrong = ana.post(at(run, "start/"), {"mapping": run.mapping.replace('"terms"', '"nowhere"')})
    assert wrong.status_code == 422
    assert "it may be: text, standfirst" in words(wrong)
    assert '"nowhere"' in page(wrong).select_one("textarea").get_text()
    assert ana.post(at(run, "start/"), {"mapping": "#" * 100_001}).status_code == 422
    ana.post(
        at(run, "start/"), {"mapping": run.mapping.replace('"field_tags" = "terms"', '"field_tags" = "leave_out"')}
    )
    assert ran(run).state == State.DONE
    assert '"field_tags" = "leave_out"' in run.mapping


def test_a_database_that_is_something_else_is_told_at_the_field(ana, tmp_path):
    answer = send(ana, altered(tmp_path / "x.sqlite", "CREATE TABLE t (a)"), to=DRUPAL)
    assert answer.status_code == 422
    assert "no Drupal 7 site" in words(answer)
    assert (ImportRun.objects.count(), uploads()) == (0, [])


def test_only_an_administrator_may_name_a_database(ana, client, tmp_path):
    url = f"sqlite:///{drupal(tmp_path)}"
    assert page(ana.get(DRUPAL)).select_one("[name=url]") is None
    assert send(ana, to=DRUPAL, url=url).status_code == 422
    client.force_login(User.objects.create_superuser("root@example.org", "a long password"))
    assert page(client.get(DRUPAL)).select_one("[name=url]")
    assert send(client, to=DRUPAL, url=url).status_code == 302
    assert send(client, to=DRUPAL).status_code == send(client, drupal(tmp_path), to=DRUPAL, url=url).status_code == 422


def test_a_password_is_never_shown_again(client):
    client.force_login(User.objects.create_superuser("root@example.org", "a long password"))
    answer = send(client, to=DRUPAL, url="mysql://desk:s3cret@127.0.0.1:1/old")
    assert answer.status_code == 422
    assert "s3cret" not in answer.content.decode()


def test_the_operators_folders_of_files_can_be_chosen(ana, tmp_path, settings):
    assert page(ana.get(NEW)).select_one("[name=folder]") is None
    (settings.TRIBUNA_IMPORTS_FOLDER / "files" / "uploads").mkdir(parents=True)
    options = page(ana.get(NEW)).select("[name=folder] option")
    assert [option["value"] for option in options] == ["", "uploads"]
    assert send(ana, export(tmp_path), folder="../..").status_code == 422
    assert page(ana.get(f"{RUNS}new/disqus/")).select_one("[name=fetch]") is None
