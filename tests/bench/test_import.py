"""The benchmark of imports: its rows, the site that it makes, and a whole run of it, small."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib import import_module

import pytest

from bench.comments_room import SQLITE
from bench.drupal import SECTIONS, TAGS, USERS, make_site
from bench.harness import Goal, Result
from bench.load import Rounds

imports = import_module("bench.import")
NODES, COMMENTS = 10, 60


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    path = tmp_path_factory.mktemp("drupal") / "site.sqlite"
    make_site(path, nodes=NODES, comments=COMMENTS)
    return path


@pytest.fixture
def asked(site):
    """Return what a question in SQL is answered."""
    with closing(sqlite3.connect(site)) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


@pytest.mark.parametrize("quick", [True, False])
def test_every_row_has_a_goal_and_a_name_of_its_own(quick):
    size = imports.QUICK if quick else imports.FULL
    plans = [plan for vendor in imports.VENDORS.values() for plan in imports.plans(*size, vendor)]
    assert len({plan.name for plan in plans}) == len(plans) == 14
    assert all(str(Goal.of_text(plan.goal)) == plan.goal for plan in plans)
    assert any(f"{size[0]:,} articles, {size[1]:,} comments" in plan.name for plan in plans)


def test_the_goals_are_those_of_a_quarter_of_an_hour():
    goals = {plan.key: plan.goal for plan in imports.plans(*imports.FULL)}
    assert goals["seconds"] == "ours <= 900"
    assert (goals["articles"], goals["comments"]) == ("ours >= 111", "ours >= 1111")
    assert goals["memory"] == "ours <= 1024"


def test_a_run_that_brought_less_has_a_flaw():
    said = "article: 10 read, 10 created\ncomment: 60 read, 59 created\n"
    assert imports._flaw(said, "10 created", "59 created") == ""
    assert imports._flaw(said, "10 created", "60 created") == "the run did not say 60 created"


def test_the_same_site_is_made_at_every_run(site, tmp_path):
    make_site(tmp_path / "again.sqlite", nodes=NODES, comments=COMMENTS)
    with closing(sqlite3.connect(site)) as one, closing(sqlite3.connect(tmp_path / "again.sqlite")) as other:
        assert list(one.iterdump()) == list(other.iterdump())


def test_a_site_has_all_that_was_asked_for(asked):
    counts = {
        table: asked(f"SELECT count(*) FROM {table}")[0][0]
        for table in ("node", "comment", "url_alias", "field_data_body", "field_data_comment_body", "users")
    }
    assert counts == {
        **dict.fromkeys(("node", "url_alias", "field_data_body"), NODES),
        **dict.fromkeys(("comment", "field_data_comment_body"), COMMENTS),
        "users": USERS,
    }
    assert asked("SELECT count(*) FROM taxonomy_term_data") == [(SECTIONS + TAGS,)]
    assert asked("SELECT count(DISTINCT alias), min(alias) FROM url_alias") == [(NODES, "news/story-1")]


def test_every_node_has_a_section_and_three_tags_that_are_there(asked):
    vocabularies = "SELECT entity_id, count(*), min(vid), max(vid) FROM {} JOIN taxonomy_term_data ON tid = {}_tid"
    for field, number, vocabulary in (("field_section", 1, 1), ("field_tags", 3, 2)):
        rows = asked(f"{vocabularies.format(f'field_data_{field}', field)} GROUP BY entity_id")
        assert [row[1:] for row in rows] == [(number, vocabulary, vocabulary)] * NODES


def test_an_answer_stands_below_an_earlier_comment_of_the_same_node(asked):
    answers = asked("SELECT c.cid, c.nid, p.cid, p.nid FROM comment c LEFT JOIN comment p ON p.cid = c.pid WHERE c.pid")
    assert len(answers) > COMMENTS / 3
    assert all(parent < cid and above == nid for cid, nid, parent, above in answers)
    assert asked("SELECT nid, count(*) FROM comment GROUP BY nid") == [(n, COMMENTS // NODES) for n in range(1, 11)]
    assert asked("SELECT cid FROM comment WHERE NOT status") == [(50,)]


@pytest.mark.slow
def test_a_small_site_is_brought_twice_and_says_so(site):
    found = dict(imports.work(site, NODES, COMMENTS, SQLITE, Rounds(1, 1)))
    assert list(found) == [plan.key for plan in imports.plans(NODES, COMMENTS)]
    assert all(isinstance(result, Result) and not result.flaw and result.ours > 0 for result in found.values())
    assert "of one CPU" in found["seconds"].note
