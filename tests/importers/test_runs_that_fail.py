"""Imports in the admin that fail, what they read, and how that is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.importers.editing import export, importer, prepared, ran, uploads, waiting
from tests.importers.samples import DISQUS, altered, drupal, isso, item, lines, wxr
from tribuna.core.plug import plug
from tribuna.importers.actions import (
    discard_import,
    forget_old_uploads,
    prepare_import,
    start_import,
    stop_import,
)
from tribuna.importers.actions.opening import open_source
from tribuna.importers.actions.ordering import without_password
from tribuna.importers.actions.questions import offered_sources
from tribuna.importers.actions.uploads import paths_of, uploads_folder
from tribuna.importers.base import SourceBroken
from tribuna.importers.models import Archive, ImportRun
from tribuna.newsroom.models import ArticlePage

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("newsroom", "private")]
State = ImportRun.State


# --- what fails -------------------------------------------------------------------------------------------------------
def test_what_is_something_else_fails_in_clear_words(tmp_path):
    (tmp_path / "story.xml").write_text("This is no archive.", encoding="utf-8")
    run = ran(waiting(tmp_path / "story.xml"))
    assert run.state == State.FAILED
    assert "export.xml, line 1" in run.error
    assert "upload-" not in run.error
    assert run.can_go_on
    assert not Archive.objects.exists() or not ArticlePage.objects.exists()


def test_what_breaks_off_leaves_what_came_and_its_report(tmp_path):
    run = ran(waiting(wxr(tmp_path, item("1"), "<item>")))
    assert (run.state, ArticlePage.objects.count()) == (State.FAILED, 1)
    assert run.report["whole"] is False
    assert "upload-" not in f"{run.report}{run.error}"


def test_a_file_that_vanishes_while_it_is_opened_is_told_by_its_name(tmp_path):
    run = prepared(isso(tmp_path), source="isso")
    paths_of(run)[0].unlink()
    with pytest.raises(SourceBroken, match=r"There is no file export.xml\."):
        open_source(run)


def test_an_error_of_ours_fails_and_is_logged(tmp_path, heard, caplog):
    def listen(_number):
        raise RuntimeError("out of paper")

    heard.listen = listen
    run = ran(waiting(export(tmp_path)))
    assert (run.state, run.error) == (State.FAILED, "RuntimeError: out of paper")
    assert "out of paper" in caplog.text


def test_a_source_that_is_no_longer_offered_fails(tmp_path, settings):
    run = waiting(export(tmp_path))
    settings.TRIBUNA_IMPORT_SOURCES = []
    assert "no source called wordpress" in ran(run).error


# --- mappings and databases -------------------------------------------------------------------------------------------
def test_a_mapping_is_proposed_corrected_and_used(tmp_path):
    run = prepared(drupal(tmp_path), source="drupal7")
    assert 'types = ["article"]' in run.mapping
    with pytest.raises(SourceBroken, match=r"The mapping mapping\.toml says"):
        start_import(run, is_dry=False, mapping=run.mapping.replace('"terms"', '"nowhere"'))
    assert ImportRun.objects.get().state == State.PREPARED
    assert start_import(run, is_dry=False, mapping=run.mapping.replace('types = ["article"]', "types = []"))
    assert not start_import(run, is_dry=False, mapping=run.mapping)
    assert ran(run).state == State.DONE
    assert not ArticlePage.objects.exists()


def test_what_has_no_mapping_to_propose_is_not_kept(tmp_path):
    altered(tmp_path / "empty.sqlite", "CREATE TABLE t (a)")
    with pytest.raises(SourceBroken, match="no Drupal 7 site"):
        prepared(tmp_path / "empty.sqlite", source="drupal7")
    assert (ImportRun.objects.count(), uploads()) == (0, [])


def test_the_address_of_a_database_is_sealed_and_forgotten(tmp_path):
    url = f"sqlite:///{drupal(tmp_path)}"
    run = prepare_import(offered_sources()["drupal7"], by=importer(), archive="old", url=url)
    assert url.encode() not in bytes(run.sealed_url)
    start_import(run, is_dry=False, mapping=run.mapping)
    assert ran(run).state == State.DONE
    assert bytes(run.sealed_url) == b""
    assert ArticlePage.objects.count() == 3


def test_a_password_is_in_nothing_that_is_told(tmp_path, monkeypatch):
    class Driver:
        @staticmethod
        def connect(*, password, **_options):
            raise OSError(f"{password} is not the word")

    monkeypatch.setitem(__import__("sys").modules, "pymysql", Driver)
    url = "mysql://desk:s%40crets@db.example:3307/old"
    with pytest.raises(SourceBroken, match="… is not the word") as caught:
        prepare_import(offered_sources()["drupal7"], by=importer(), archive="old", url=url)
    assert "crets" not in str(caught.value)
    assert without_password(url) == "mysql://desk@db.example:3307/old"
    assert without_password("mysql://[") == ""


def test_a_secret_key_that_was_changed_is_told(tmp_path, settings):
    url = f"sqlite:///{drupal(tmp_path)}"
    run = prepare_import(offered_sources()["drupal7"], by=importer(), archive="old", url=url)
    start_import(run, is_dry=False, mapping=run.mapping)
    settings.SECRET_KEY = "another " * 8
    assert "another secret key" in ran(run).error


# --- forgotten --------------------------------------------------------------------------------------------------------
def test_what_is_discarded_goes_with_its_file(tmp_path):
    fresh = prepared(export(tmp_path))
    discard_import(fresh)
    run = waiting(export(tmp_path))
    discard_import(run)
    assert len(uploads()) == 1  # it waits
    stop_import(run)
    run.refresh_from_db()
    discard_import(run)
    assert (uploads(), ImportRun.objects.count()) == ([], 1)
    assert not run.can_go_on


def test_what_nobody_imported_is_forgotten_after_two_weeks(tmp_path):
    left, going = prepared(export(tmp_path)), waiting(export(tmp_path))
    stray = uploads_folder() / "arriving-x"
    stray.write_bytes(b"half")
    forget_old_uploads()
    assert len(uploads()) == 3
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        forget_old_uploads()
    assert uploads() == paths_of(going)
    left.refresh_from_db()
    assert left.files == []


# --- every source -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["drupal7", "wordpress", "wordpress-comments", "disqus", "isso", "lines"])
def test_every_source_can_be_used(tmp_path, name):
    (tmp_path / "disqus.xml").write_text(DISQUS.format(posts=""), encoding="utf-8")
    paths = {
        "drupal7": drupal(tmp_path),
        "disqus": tmp_path / "disqus.xml",
        "isso": isso(tmp_path),
        "lines": lines(tmp_path),
    }
    assert set(offered_sources()) >= {name}
    assert ran(waiting(paths.get(name) or export(tmp_path), source=name)).state == State.DONE


def test_a_view_in_an_uploaded_database_can_call_nothing_dangerous(tmp_path):
    path = altered(
        isso(tmp_path),
        "ALTER TABLE threads RENAME TO own",
        "CREATE VIEW threads AS SELECT id, load_extension('evil') AS uri FROM own",
    )
    assert "no database of Isso" in ran(waiting(path, source="isso")).error


class Folder:
    name, summary = "folder", "a folder"

    def offer(self, parser):
        parser.add_argument("folder")

    def open(self, options):
        raise AssertionError(options)


def test_a_source_that_wants_something_else_is_for_the_command_alone(settings):
    settings.TRIBUNA_IMPORT_SOURCES = [f"{__name__}.Folder"]
    assert plug(f"{__name__}.Folder").name == "folder"
    assert offered_sources() == {}
