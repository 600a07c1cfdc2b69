# ruff: noqa: RUF001 - disguises
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.prior import disguises
from tribuna.learning.folding import fold

PLAIN = "Please subscribe to my channel"


@pytest.mark.parametrize(
    ("kind", "disguised"),
    [
        ("lookalikes", "Рlеаsе subscribe tо mу сhаnnеl"),
        ("hidden", "Ple\u200base subscribe to my cha\u00adnnel"),
        ("hidden", "\u202eesaelP\u202c subscribe to my channel"),
        ("fancy", "𝐏𝐥𝐞𝐚𝐬𝐞 subscribe to my channel"),
        ("fancy", "Ｐｌｅａｓｅ subscribe to my channel"),
        ("marks", "P\u0336l\u0336ease subscribe to my channel"),
        ("spaced", "P l e a s e subscribe to my channel"),
        ("spaced", "P.l.e.a.s.e subscribe to my channel"),
        ("spaced", "P l e a s e  s u b s c r i b e  t o  m y  c h a n n e l"),
        ("leet", "Pl34s3 subscribe to my channel"),
    ],
)
def test_a_disguise_is_taken_off_and_counted(kind: str, disguised: str) -> None:
    folded = fold(disguised)
    assert folded.text == PLAIN
    assert getattr(folded, kind) == folded.total > 0


def test_where_words_are_surely_leet_the_others_are_too() -> None:
    assert fold("Pl3453 subscribe t0 th15 ch4nn3l, my v1d30").text == "Please subscribe to this channel, my video"
    assert fold("Pl3453 take th15 to B2B and the 4th").total == 0


@pytest.mark.parametrize("text", ["4000dollars", "AWESOME!!!She sings", "Gate 12b4x"])
def test_figures_before_words_and_exclamations_are_no_letters(text: str) -> None:
    assert (fold(text).text, fold(text).total) == (text, 0)


def test_letters_in_boxes_are_letters_and_flags_are_none() -> None:
    assert fold("🅵🆁🅴🅴 stuff").text == "FREE stuff"
    assert fold("🇫🇷🇪🇪 🇨🇦🇸🇭").text == "FREE CASH"
    flag = fold("Allez 🇫🇷 !")
    assert (flag.text, flag.total) == ("Allez 🇫🇷 !", 0)


@pytest.mark.parametrize(
    "text", [PLAIN, "Ann (at) example.org", "Tarde o mañana, ¿qué más da?", "Привет, как дела сегодня?"]
)
def test_what_is_not_disguised_stays_as_it_is(text: str) -> None:
    assert (fold(text).text, fold(text).total) == (text, 0)


@pytest.mark.parametrize(
    "text",
    [
        "The 2nd of 10 mp3 files, covid19, B2B",
        "ann@example.org, @anna12 and http://a1b.example/x0y",
        "6 1 2 3 4 5",
        "f-r.e e d",
        "1 a 2 b 3",
        "The fault code is e000714x, in the row c000004x",
    ],
)
def test_figures_and_addresses_are_no_disguise(text: str) -> None:
    assert fold(text).text == text


@pytest.mark.parametrize("name", sorted(disguises.DISGUISES))
def test_whatever_the_prior_learned_to_expect_is_seen(name: str) -> None:
    folded = fold(disguises.DISGUISES[name]("Please visit my new site and earn cash at home"))
    assert folded.total >= 6


@given(st.text(max_size=200))
def test_it_takes_any_text(text: str) -> None:
    assert fold(text).total >= 0
