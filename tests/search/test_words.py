"""Words as the index has them, and what is marked of them."""

from __future__ import annotations

import json

import pytest

from tribuna.search.base import alternatives, marked, snippet, stem, story_text, words_of
from tribuna.search.base.marks import SNIPPET_WORDS


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("camión", "CAMIONES", "es"),
        ("camion", "camión", "es"),
        ("ferry", "ferries", "en"),
        ("niño", "ninos", "es"),
        ("Straße", "STRASSE", "de"),
        ("Øresund", "oresund", "da"),
        ("كِتَاب", "كتاب", "ar"),
        ("élection", "elections", "fr-ca"),
        ("ĉapelo", "CAPELO", "eo"),
        ("e\u0301te\u0301", "été", "fr"),
    ],
)
def test_a_word_and_its_other_forms_have_one_stem(one, other, language):
    assert stem(one, language) == stem(other, language)


def test_a_text_is_cut_into_words():
    assert words_of("The ferry's back: 12.5 km/h, x_y!", "xx") == [
        "the",
        "ferry",
        "s",
        "back",
        "12",
        "5",
        "km",
        "h",
        "x",
        "y",
    ]
    assert words_of("東京 tower", "en") == ["東", "京", "tower"]
    assert words_of("a" * 500, "xx") == ["a" * 64]
    assert words_of("\u0301 \u200b …", "en") == []


def test_all_words_are_wanted_in_any_of_the_languages():
    assert alternatives("camiones ferries", ["es", "en"]) == ((("camion",),), (("ferri",),))
    assert alternatives("harbours", ["es", "en"]) == ((("harbours",), ("harbour",)),)


def test_what_stands_in_quotation_marks_belongs_together():
    assert alternatives('old “new harbour" ferry', ["xx"]) == ((("old",),), (("new", "harbour"),), (("ferry",),))
    assert alternatives('"', ["en"]) == alternatives('" "', ["en"]) == ()


def test_small_words_are_asked_for_only_by_themselves():
    assert alternatives("el camión de la isla", ["es"]) == ((("camion",),), (("isla",),))
    assert alternatives("to be", ["xx"]) == ((("to",),), (("be",),))
    assert alternatives('"the who"', ["xx"]) == ((("the", "who"),),)


def test_a_question_has_so_many_words_and_no_more():
    assert len(alternatives(" ".join(f"word{number}" for number in range(200)), ["xx"])) == 16
    assert alternatives("\u0301 ferry ferry", ["xx"]) == ((("ferry",),),)


def test_a_body_is_read_without_its_blocks():
    body = [
        {"type": "paragraph", "id": "p", "value": "<p>One<b>word</b></p><ul><li>two &amp; 3</li></ul>"},
        {"type": "embed", "id": "e", "value": {"url": "https://example.org", "title": "A film"}},
        {"type": "table", "id": "t", "value": {"rows": [{"values": ["January", None, 4]}]}},
        {"type": "image", "id": "i", "value": {"image": 3, "caption": "Gulls"}},
    ]
    assert story_text(json.dumps(body)).split() == ["Oneword", "two", "&", "3", "A", "film", "January", "Gulls"]
    assert story_text(None) == ""


def test_hits_are_marked_and_all_else_is_escaped():
    stems = frozenset({"camion"})
    assert marked('<b>Camiónes & "camiones"', stems, "es") == (
        "&lt;b&gt;<mark>Camiónes</mark> &amp; &quot;<mark>camiones</mark>&quot;"
    )


def test_a_snippet_is_where_most_of_it_is_found():
    text = " ".join(["ferry", *["far"] * 100, "a", "ferry", "in", "the", "harbour", *["on"] * 100])
    found = snippet(text, {"ferri", "harbour"}, "en")
    assert found.startswith("…far")
    assert found.endswith("on…")
    assert "<mark>ferry</mark> in the <mark>harbour</mark>" in found
    assert len(found.split()) == SNIPPET_WORDS


def test_a_short_text_is_its_own_snippet():
    assert snippet("The ferry returns.”", {"ferri"}, "en") == "The <mark>ferry</mark> returns.”"
    assert snippet("The <ferry> returns", {"ferri"}, "en") == "The &lt;<mark>ferry</mark>&gt; returns"
    assert snippet("Nothing", {"ferri"}, "en") == ""
