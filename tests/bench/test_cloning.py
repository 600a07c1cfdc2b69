"""Copying stories in bulk: places in the tree, threads, and the tables that come along."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import pytest
from wagtail.models import Page

from bench import cloning
from bench.inside import MODELS, SECTIONS
from bench.newsrooms import Size

TABLES = """
CREATE TABLE wagtailcore_page (id INTEGER PRIMARY KEY, path TEXT UNIQUE, url_path TEXT, slug TEXT, title TEXT,
    draft_title TEXT, translation_key TEXT, first_published_at TEXT, last_published_at TEXT,
    latest_revision_created_at TEXT, numchild INTEGER);
CREATE TABLE newsroom_articlepage (page_above_id INTEGER REFERENCES wagtailcore_page,
    page_ptr_id INTEGER PRIMARY KEY REFERENCES wagtailcore_page, published_at TEXT, kicker TEXT);
CREATE TABLE newsroom_relatedstory (id INTEGER PRIMARY KEY, article_id INTEGER REFERENCES newsroom_articlepage,
    story_id INTEGER REFERENCES newsroom_articlepage);
CREATE TABLE comments_comment (id INTEGER PRIMARY KEY, page_id INTEGER REFERENCES wagtailcore_page, parent_id INTEGER,
    reply_to_id INTEGER, root_id INTEGER, path BLOB, state TEXT,
    visible INTEGER GENERATED ALWAYS AS (state = 'published') STORED);
INSERT INTO wagtailcore_page VALUES (1, '00010001', '/en/city/', 'city', 'City', '', 'a', '', '', '', 2);
INSERT INTO wagtailcore_page VALUES (2, '00010002', '/en/sport/', 'sport', 'Sport', '', 'b', '', '', '', 0);
INSERT INTO wagtailcore_page VALUES (3, '000100010001', '/en/city/a/', 'a', 'A', 'A', 'c', '', '', '', 0);
INSERT INTO wagtailcore_page VALUES (4, '000100010002', '/en/city/b/', 'b', 'B', 'B', 'd', '', '', '', 0);
INSERT INTO newsroom_articlepage VALUES (1, 3, '', 'Report'), (1, 4, '', '');
INSERT INTO newsroom_relatedstory VALUES (1, 3, 4);
INSERT INTO comments_comment (id, page_id, parent_id, reply_to_id, root_id, path, state)
    VALUES (7, 3, NULL, NULL, NULL, x'0000000000000007', 'published'),
           (9, 3, 7, 7, 7, x'00000000000000070000000000000009', 'published');
"""
NEWEST = datetime(2022, 12, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def filled(tmp_path):
    """Return a connection to a tiny newsroom with six copies of two stories in two sections."""
    database = str(tmp_path / "tiny.sqlite3")
    connection = sqlite3.connect(database)
    connection.executescript(TABLES)
    cloning.fill(database, models=[3, 4], sections=[1, 2], stories=6, newest=NEWEST)
    yield connection
    connection.close()


def test_copies_stand_at_the_end_of_their_sections(filled):
    found = filled.execute("SELECT path, url_path, title FROM wagtailcore_page WHERE id > 4 ORDER BY id").fetchall()
    assert found == [
        ("000100010003", "/en/city/story-0000000/", "A 0"),
        ("000100010004", "/en/city/story-0000001/", "B 1"),
        ("000100020001", "/en/sport/story-0000002/", "A 2"),
        ("000100020002", "/en/sport/story-0000003/", "B 3"),
        ("000100010005", "/en/city/story-0000004/", "A 4"),
        ("000100010006", "/en/city/story-0000005/", "B 5"),
    ]


def test_sections_know_how_many_stand_below(filled):
    assert filled.execute("SELECT numchild FROM wagtailcore_page WHERE id < 3").fetchall() == [(6,), (2,)]


def test_what_belongs_to_a_story_comes_along(filled):
    found = filled.execute("SELECT * FROM newsroom_articlepage WHERE page_ptr_id > 4").fetchall()
    assert [(above, page, kicker) for above, page, _date, kicker in found] == [
        (1, 5, "Report"),
        (1, 6, ""),
        (2, 7, "Report"),
        (2, 8, ""),
        (1, 9, "Report"),
        (1, 10, ""),
    ]
    assert [row[2] for row in found[:2]] == ["2022-12-02 09:00:00", "2022-12-02 08:53:00"]


def test_recommended_are_copies_nearby(filled):
    found = filled.execute("SELECT article_id, story_id FROM newsroom_relatedstory WHERE id > 1").fetchall()
    assert all(5 <= story <= 10 and story != article for article, story in found)


def test_threads_keep_their_shape_under_new_ids(filled):
    found = filled.execute(
        "SELECT page_id, id, parent_id, root_id, path, visible FROM comments_comment WHERE page_id > 4"
    ).fetchall()
    assert [row[:4] for row in found] == [
        (5, 10, None, None),
        (5, 11, 10, 10),
        (7, 12, None, None),
        (7, 13, 12, 12),
        (9, 14, None, None),
        (9, 15, 14, 14),
    ]
    assert found[1][4] == (10).to_bytes(8) + (11).to_bytes(8)
    assert all(row[5] == 1 for row in found)


@pytest.mark.parametrize("number", [1, 35, 36, 46_656, 1_679_615])
def test_places_are_written_as_the_tree_writes_them(number):
    assert cloning._step(number) == Page._get_path("", 1, number)


def test_a_newsroom_knows_where_its_comments_are():
    size = Size(12 * MODELS)
    assert size.comments == 12 * 50
    assert size.paths()[:2] == ["/en/city/story-0000000/", "/en/culture/story-0000005/"]
    assert size.paths()[len(SECTIONS)] == f"/en/city/story-{len(SECTIONS) * MODELS:07}/"
    assert str(size) == "60 articles, 600 comments"
