"""What the shelves say to their databases, as text."""

from __future__ import annotations

import pytest
from django.db import connection

from tribuna.search.base import Question, Row
from tribuna.search.stores import postgresql, shelf_in, sqlite

QUESTION = Question(groups=((("ferri",), ("ferry",)), (("new", "harbour"),)), facets=("e1", "s2"))
ROW = Row(id=1, story=2, title="ferri ferri", head="harbour", body="", facets="e1 len")


def test_every_database_has_a_shelf_of_its_own():
    kind = postgresql.Vectors if connection.vendor == "postgresql" else sqlite.Pages
    assert isinstance(shelf_in(connection), kind)


@pytest.mark.parametrize(
    ("suffix", "is_any", "expected"),
    [
        ("", False, "(('ferri') | ('ferry')) & (('new' <-> 'harbour'))"),
        (":AB", True, "(('ferri':AB) | ('ferry':AB)) | (('new':AB <-> 'harbour':AB))"),
    ],
)
def test_a_question_for_postgresql(suffix, is_any, expected):
    question = Question(QUESTION.groups, is_any=is_any)
    assert postgresql._query(question, suffix=suffix) == expected


def test_the_words_of_a_story_for_postgresql():
    assert postgresql._vector(ROW) == "'ferri':1A,2A 'harbour':4B '=e1' '=len'"


def test_no_place_is_further_than_a_vector_knows():
    assert postgresql._vector(ROW._replace(title="a " * 17_000)).split()[0].endswith(",16383A")


def test_a_question_for_sqlite():
    assert sqlite._match(QUESTION) == (
        '(facets : "e1") AND (facets : "s2") AND ({title head body} : (("ferri" OR "ferry") AND ("new harbour")))'
    )
    assert sqlite._match(Question(facets=("e1",))) == '(facets : "e1")'
    assert '{facets} : (("0tferri" OR "0tferry") AND ("0tnew 0tharbour"))' in sqlite._match(
        QUESTION, columns="facets", prefix="0t"
    )
