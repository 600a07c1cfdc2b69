import sqlite3

import pytest
from django.core.signals import request_started
from django.db import OperationalError, close_old_connections, connections
from django.db.backends.signals import connection_created

from tribuna.site import files


@pytest.fixture
def paper(tmp_path, monkeypatch, django_db_blocker):
    """The file of a newsroom's database that is about to be served."""
    path = tmp_path / "a paper, 100 %.sqlite3"
    former = connections["default"]  # made, if there was none, while the settings are those of the tests
    own = {**connections.settings["default"], "NAME": str(path), "ENGINE": "django.db.backends.sqlite3"}
    monkeypatch.setattr(connections, "settings", {"default": own})
    del connections["default"]
    request_started.disconnect(close_old_connections)
    with django_db_blocker.unblock():
        rows("CREATE TABLE comment (text)")
        yield path
        connections["default"].close()
    connection_created.disconnect(files._note_file)
    request_started.disconnect(files.let_go_of_lost_files)
    request_started.connect(close_old_connections)
    files._paths.clear()
    connections["default"] = former


def rows(sql):
    with connections["default"].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if sql.startswith("SELECT") else None


def request_begins():
    request_started.send(None, environ={})


def test_a_missing_file_is_refused_by_name(paper):
    files.refuse_missing_files()
    paper.unlink()
    with pytest.raises(FileNotFoundError, match=r"paper, 100 %\.sqlite3 is not there"):
        files.refuse_missing_files()


def test_while_it_is_served_no_file_is_made(paper):
    files.hold_to_files()
    assert rows("SELECT * FROM comment") == []
    connections["default"].close()
    paper.rename(paper.with_suffix(".away"))
    with pytest.raises(OperationalError, match="unable to open"):
        rows("SELECT 1")
    assert not paper.exists()


def test_a_file_that_was_moved_away_is_let_go_and_found_again_when_it_is_back(paper):
    files.hold_to_files()
    request_begins()
    rows("INSERT INTO comment VALUES ('before')")
    away = paper.rename(paper.with_suffix(".away"))
    request_begins()
    with pytest.raises(OperationalError, match="unable to open"):
        rows("INSERT INTO comment VALUES ('lost')")
    away.rename(paper)
    request_begins()
    assert rows("SELECT * FROM comment") == [("before",)]


def test_another_file_in_its_place_is_the_database_from_the_next_request_on(paper):
    files.hold_to_files()
    rows("INSERT INTO comment VALUES ('before')")
    connections["default"].close()
    other = paper.with_suffix(".other")
    with sqlite3.connect(other) as restored:
        restored.execute("CREATE TABLE comment (text)")
        restored.execute("INSERT INTO comment VALUES ('restored')")
    restored.close()
    assert rows("SELECT * FROM comment") == [("before",)]
    other.replace(paper)
    request_begins()
    assert rows("SELECT * FROM comment") == [("restored",)]


def test_a_database_that_is_no_file_of_ours_is_not_watched(paper):
    files.hold_to_files()
    files._paths.clear()
    rows("SELECT 1")
    paper.unlink()
    request_begins()
    assert rows("SELECT * FROM comment") == []


def test_a_connection_is_kept_while_its_file_stays(paper):
    files.hold_to_files()
    rows("SELECT 1")
    kept = connections["default"].connection
    request_begins()
    assert connections["default"].connection is kept


@pytest.mark.parametrize(
    "database",
    [
        {"ENGINE": "django.db.backends.postgresql", "NAME": "news"},
        {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"},
        {"ENGINE": "django.db.backends.sqlite3", "NAME": "file:news?mode=rw"},
    ],
)
def test_what_is_no_file_is_left_alone(paper, monkeypatch, database):
    monkeypatch.setattr(connections, "settings", {"default": {**connections.settings["default"], **database}})
    assert files.sqlite_files() == {}
