from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from tests.importers.samples import altered, of, options_of, records_of
from tribuna.importers.base import (
    PARENT_TERM,
    Article,
    Comment,
    Lost,
    Said,
    SourceBroken,
    Term,
)
from tribuna.importers.sources.drupal7 import Drupal7
from tribuna.importers.sources.drupal7.database import Database
from tribuna.importers.sources.drupal7.nodes import moment


def test_terms_keep_their_place_in_a_note(site):
    altered(
        site,
        "UPDATE taxonomy_term_hierarchy SET parent = 1 WHERE tid = 2",
        "INSERT INTO taxonomy_vocabulary VALUES (3, 'Forum', 'forums')",
        "INSERT INTO taxonomy_term_data VALUES (999, 3, 'Talk', NULL, 'es')",
        "INSERT INTO field_data_field_section VALUES ('node', 'article', 0, 1, 1, 'und', 1, 5)",
    )
    mapping = site.with_name("m.toml")
    said = Drupal7().open(options_of(Drupal7(), [f"sqlite:///{site}"])).proposal
    mapping.write_text(said.replace('"forums" = "topics"', '"forums" = "leave_out"'), encoding="utf-8")
    records = records_of(site, "--mapping", str(mapping))
    assert of(Term, records)[1].notes[0].about == PARENT_TERM
    lost = [(each.key, each.notes[0].original) for each in of(Lost, records)]
    assert [each for each in lost if each[0] != "users"] == [("term:999", "Talk")]
    assert [note.detail for note in of(Article, records)[0].notes] == ["section"]


def test_comments_have_names_states_and_subjects(site):
    altered(
        site,
        "UPDATE comment SET uid = 1, name = '', subject = 'A subject' WHERE cid = 1",
        "UPDATE comment SET status = 0, language = 'es', pid = 1 WHERE cid = 2",
        "UPDATE comment SET subject = (SELECT substr(comment_body_value, 1, 9) || '…' FROM field_data_comment_body"
        " WHERE entity_id = 3) WHERE cid = 3",
    )
    found = {comment.key: comment for comment in of(Comment, records_of(site))}
    assert (found["1"].name, found["1"].email) == ("Desk 1", "desk1@example.org")
    assert found["1"].text.startswith("A subject\n\n")
    assert "…" not in found["3"].text
    assert (found["2"].state, found["2"].language, found["2"].parent) == (Said.HELD, "es", "1")


def test_a_small_site_has_few_tables(site):
    altered(
        site,
        *(
            f"DROP TABLE {name}"
            for name in (
                "comment",
                "url_alias",
                "taxonomy_vocabulary",
                "taxonomy_term_data",
                "filter",
                "field_data_body",
            )
        ),
        "DELETE FROM variable",
        "UPDATE node SET language = 'und'",
    )
    first = of(Article, records_of(site))[0]
    assert (first.html, first.addresses, first.language, first.section) == ("", ("/node/1",), "", "")


def test_bytes_and_comments_without_bodies_are_read(site):
    altered(
        site,
        "DROP TABLE field_data_comment_body",
        "UPDATE comment SET subject = 'Only this'",
        "UPDATE variable SET value = CAST(value AS BLOB)",
    )
    records = records_of(site)
    assert {comment.text for comment in of(Comment, records)} == {"Only this"}
    assert of(Article, records)[0].language == "en"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("types = [", "can't be read"),
        ('[fields]\nbody = "nowhere"', "body = 'nowhere'; it may be"),
        ('[formats]\nx = "odd"', "x = 'odd'"),
    ],
)
def test_a_mapping_that_is_wrong_is_told(site, tmp_path, said, why):
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(said, encoding="utf-8")
    with pytest.raises(SourceBroken, match=why):
        records_of(site, "--mapping", str(mapping))


def test_a_database_of_something_else_is_told(tmp_path):
    other = altered(tmp_path / "x.sqlite", "CREATE TABLE a (b)")
    with pytest.raises(SourceBroken, match="no Drupal 7 site"):
        records_of(other)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("oracle://x", "'oracle' is no database"),
        ("nothing", "'nothing' is no database"),
        ("mysql://u:p@127.0.0.1:1/x", "can't be opened"),
        ("postgresql://u:p@127.0.0.1:1/x?connect_timeout=1", "can't be opened"),
    ],
)
@pytest.mark.enable_socket
def test_databases_that_are_not_there_are_told(url, why):
    with pytest.raises(SourceBroken, match=why):
        Database(url)


def test_a_driver_that_is_missing_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pymysql", None)
    with pytest.raises(SourceBroken, match=r"tribuna\[mysql"):
        Database("mysql://localhost/x")


@pytest.mark.parametrize(
    ("url", "driver", "schema"),
    [
        ("mysql://u%40:p@db.example:3307/old", "pymysql", "DATABASE()"),
        ("mariadb://db.example/old", "pymysql", "DATABASE()"),
        ("postgresql+psycopg://u:p@db.example/old", "psycopg", "current_schema()"),
    ],
)
def test_each_database_has_its_driver(monkeypatch, url, driver, schema):
    asked = {}

    def connect(*words, **options):
        asked.update(options, words=words)

    monkeypatch.setitem(sys.modules, driver, SimpleNamespace(connect=connect))
    database = Database(url)
    assert database._mark == "%s"
    assert schema in database._schema
    if driver == "pymysql":
        assert (asked["host"], asked["database"]) == ("db.example", "old")
    else:
        assert asked["words"] == ("postgresql://u:p@db.example/old",)


def test_other_databases_are_asked_in_their_own_signs(site):
    class Strange:
        def cursor(self):
            return self

        def execute(self, sql, values):
            self.sql, self.values, self.description = sql, values, [("N",)]

        def fetchall(self):
            return [(1,)]

    database = Database(f"sqlite:///{site}", prefix="d7_")
    database.close()
    database._connection, database._mark = Strange(), "%s"
    assert database.rows("SELECT 1 FROM {node} WHERE a LIKE '%' AND b = ?", 2) == [{"n": 1}]
    assert database._connection.sql == "SELECT 1 FROM d7_node WHERE a LIKE '%%' AND b = %s"


def test_tables_may_have_a_prefix(site):
    altered(site, *(f"ALTER TABLE {name} RENAME TO d7_{name}" for name in TABLES))
    assert len(of(Article, records_of(site, "--prefix", "d7_"))) == 3


TABLES = (
    *("node", "comment", "users", "variable", "url_alias", "taxonomy_vocabulary", "taxonomy_term_data"),
    *("taxonomy_term_hierarchy", "filter", "field_config", "field_config_instance", "field_data_body"),
    *("field_data_comment_body", "field_data_field_section", "field_data_field_tags"),
)


@pytest.mark.parametrize("seconds", [None, 0, "x", 10**20])
def test_moments_that_are_none(seconds):
    assert moment(seconds) is None
