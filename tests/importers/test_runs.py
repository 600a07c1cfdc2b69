"""Imports that an editor asks for: put in line, carried out, stopped, broken off, continued, forgotten."""

from __future__ import annotations

import socket
import stat
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as site_settings
from django.utils import timezone

from tests.importers.editing import export, prepared, ran, uploads, waiting
from tests.importers.factories import everything
from tests.importers.samples import item, wxr
from tribuna.importers.actions import (
    break_off_runs,
    carry_out_next,
    continue_import,
    import_for_good,
    stop_import,
)
from tribuna.importers.actions.uploads import paths_of
from tribuna.importers.models import ImportRun
from tribuna.newsroom.models import ArticlePage
from tribuna.search.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("newsroom", "private")]
State = ImportRun.State


# --- carried out ------------------------------------------------------------------------------------------------------
def test_an_upload_is_imported_reported_and_forgotten(tmp_path):
    run = ran(waiting(export(tmp_path)))
    assert (run.standing, run.error, run.node) == (State.DONE, "", socket.gethostname()[:64])
    assert run.report["counts"]["article"]["created"] == ArticlePage.objects.count() == 3
    assert run.done >= 3
    assert run.per_second > 0
    assert Entry.objects.count() == 3
    assert (run.files, uploads()) == ([], [])
    assert not carry_out_next()
    assert str(run) == "old (wordpress)"


def test_what_is_uploaded_is_private_and_its_name_is_only_shown(tmp_path):
    run = prepared(export(tmp_path))
    (path,) = paths_of(run)
    assert not path.is_relative_to(site_settings.MEDIA_ROOT)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert "export" not in path.name
    assert run.files[0]["name"] == "export.xml"


def test_a_dry_run_stores_nothing_and_can_be_made_good(tmp_path):
    trial = ran(waiting(export(tmp_path), is_dry=True))
    assert (trial.state, trial.report["dry"], ArticlePage.objects.count()) == (State.DONE, True, 0)
    run = import_for_good(trial)
    assert import_for_good(trial) is None
    assert not trial.has_source
    assert ran(run).report["dry"] is False
    assert ArticlePage.objects.count() == 3
    assert uploads() == []
    trial.refresh_from_db()
    assert trial.report["dry"] is True


def test_a_second_import_changes_nothing(tmp_path):
    ran(waiting(export(tmp_path)))
    before = everything()
    ran(waiting(export(tmp_path)))
    assert everything() == before


def test_wishes_and_answers_reach_the_source(tmp_path, settings):
    pictures = settings.TRIBUNA_IMPORTS_FOLDER / "files" / "old"
    pictures.mkdir(parents=True)
    path = wxr(tmp_path, item("1"), item("2", kind="event"))
    wishes = {"section": "Archive", "language": "es", "folder": "old", "fetch": True}
    ran(waiting(path, wishes=wishes, options={"types": ["event"]}))
    assert [page.section.title for page in ArticlePage.objects.all()] == ["Archive"]


def test_what_can_not_be_fetched_is_told(tmp_path):
    address = "<wp:attachment_url>ftp://old.example/a.jpg</wp:attachment_url>"
    run = ran(waiting(wxr(tmp_path, item("1", more=address, kind="attachment")), wishes={"fetch": True}))
    told = {finding["about"]: finding["samples"] for finding in run.report["findings"]}
    assert "no address of the web" in told["The file could not be fetched."][0]["detail"]


# --- how far it is ----------------------------------------------------------------------------------------------------
def test_how_far_it_is_can_be_seen_meanwhile(tmp_path, heard):
    run = waiting(export(tmp_path))
    seen = []

    def listen(_number):
        seen.append(ImportRun.objects.values_list("state", "phase", "done", "total").get(pk=run.pk))

    heard.listen = listen
    ran(run)
    assert {state for state, *_rest in seen} == {"running"}
    assert seen[0][1] == "opening"
    assert {"author", "term", "article"} <= {phase for _state, phase, *_rest in seen}
    assert [done for *_rest, done, _total in seen] == sorted(done for *_rest, done, _total in seen)
    assert {total for *_rest, total in seen} == {run.total}


def test_it_is_not_written_more_often_than_twice_a_second(tmp_path, heard, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("tribuna.importers.actions.carrying.TELL_SECONDS", 3600)
    run = waiting(export(tmp_path, 9))
    done = []
    heard.listen = lambda _number: done.append(ImportRun.objects.values_list("phase", "done").get(pk=run.pk))
    ran(run)
    assert len(set(done)) <= len({phase for phase, _done in done})


# --- stopped, broken off, continued -----------------------------------------------------------------------------------
def test_a_stopped_import_goes_on_where_it_was(tmp_path, heard):
    run = waiting(export(tmp_path, 6))

    def listen(_number):
        if ArticlePage.objects.count() == 2:
            stop_import(run)

    heard.listen = listen
    ran(run)
    assert (run.state, run.is_stopping) == (State.STOPPED, False)
    assert 2 <= ArticlePage.objects.count() < 6
    heard.listen = lambda _number: None
    assert continue_import(run)
    assert not continue_import(ImportRun.objects.get())
    assert ran(run).state == State.DONE
    assert ArticlePage.objects.count() == 6
    assert run.report["counts"]["article"]["same"] >= 2


def test_one_that_waits_is_taken_out_of_the_line(tmp_path):
    run = waiting(export(tmp_path))
    stop_import(run)
    assert not carry_out_next()
    run.refresh_from_db()
    assert run.state == State.STOPPED


def test_it_waits_for_the_next_when_whoever_carries_it_out_must_end(tmp_path, heard):
    run = waiting(export(tmp_path))
    assert carry_out_next(is_called_off=lambda: ArticlePage.objects.exists())
    run.refresh_from_db()
    assert (run.state, ArticlePage.objects.count()) == (State.WAITING, 1)
    assert ran(run).state == State.DONE
    assert ArticlePage.objects.count() == 3


class Killed(BaseException):
    """What a signal leaves: nothing is written any more."""


def test_one_whose_worker_was_killed_is_broken_off_and_goes_on(tmp_path, heard):
    run = waiting(export(tmp_path, 6))

    def listen(_number):
        if ArticlePage.objects.count() == 2:
            raise Killed

    heard.listen = listen
    with pytest.raises(Killed):
        carry_out_next()
    run.refresh_from_db()
    assert run.standing == State.RUNNING
    heard.listen = lambda _number: None
    break_off_runs()
    run.refresh_from_db()
    assert run.standing == State.BROKEN_OFF
    assert continue_import(run)
    assert ran(run).state == State.DONE
    assert ArticlePage.objects.count() == 6


def test_one_that_tells_nothing_for_long_is_taken_for_broken_off(tmp_path):
    run = waiting(export(tmp_path))
    ImportRun.objects.update(state=State.RUNNING, node="elsewhere", seen_at=timezone.now(), began_at=timezone.now())
    break_off_runs()
    run.refresh_from_db()
    assert (run.standing, run.can_go_on) == (State.RUNNING, False)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert run.standing == State.BROKEN_OFF
        assert continue_import(run)
    assert ran(run).state == State.DONE


def test_one_that_another_took_over_does_not_overwrite_it(tmp_path, heard):
    run = waiting(export(tmp_path))
    heard.listen = lambda _number: ImportRun.objects.update(state=State.WAITING)
    ran(run)
    assert run.state == State.WAITING


def test_what_lies_on_another_machine_is_left_to_that(tmp_path):
    run = waiting(export(tmp_path))
    paths_of(run)[0].unlink()
    assert not carry_out_next()
