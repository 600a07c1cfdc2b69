"""What strangers type, cleaned and rendered."""

from __future__ import annotations

import time
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribuna.core.text import MAX_DIGITS, MAX_MARKS, _cleaned_once, clean_line, clean_text, render_text, whole_number

# Text of the kind that breaks things, and any other.
NASTY = st.text(
    st.one_of(
        st.characters(codec=None, exclude_categories=()),
        st.sampled_from(
            "ab \n\r\t\x00\x85\u2028\u2029\u200b\u200c\u200d\u200e\u200f\u202e\u2066\ufeff\u0301\u0336\ufe0f"
        ),
        st.sampled_from("کמने၏❤\U0001f468\U0001f3f4\U000e0067\U000e007fᄀ각\u1160\u0f71\u3164\u2800<>&\"'/:.@h"),
    )
)


@given(NASTY)
def test_cleaning_twice_changes_nothing_more(raw):
    once = clean_text(raw)
    assert clean_text(once) == once
    assert clean_line(clean_line(raw)) == clean_line(raw)


@given(
    st.text(st.one_of(st.characters(max_codepoint=0x24F), st.characters(max_codepoint=0x20CF), st.sampled_from(" \n")))
)
def test_what_is_plain_is_cleaned_as_everything_else_is(raw):
    assert clean_text(raw) == clean_text(f"\u202e{raw}")  # which is dropped, and not plain


@given(NASTY)
def test_clean_text_can_be_stored_and_turns_no_text_around(raw):
    cleaned = clean_text(raw)
    cleaned.encode()  # no lone surrogates
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not {char for char in cleaned if unicodedata.category(char) in {"Cc", "Cs", "Co"}} - {"\n"}
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u2060\xad") & set(cleaned)
    assert "\n\n\n" not in cleaned
    assert cleaned == cleaned.strip()


@given(NASTY)
def test_a_clean_line_is_one_line(raw):
    assert len(clean_line(raw).splitlines()) <= 1


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen, self.text, self.hrefs = set(), [], []

    def handle_starttag(self, tag, attrs):
        self.seen.add((tag, *(name for name, _ in attrs)))
        self.hrefs += [value for name, value in attrs if name == "href"]

    def handle_data(self, data):
        self.text.append(data)


@given(
    st.one_of(NASTY, NASTY.map(lambda text: f"see https://{text}"), st.from_regex(r"(https?://[a-z.<>\"'&;:@?#]*\s?)+"))
)
def test_rendered_text_has_no_other_tags_than_ours_and_loses_nothing(raw):
    parser = _Tags()
    parser.feed(render_text(clean_text(raw)))
    parser.close()
    assert parser.seen <= {("p",), ("br",), ("a", "href", "rel")}
    assert all(
        href.startswith(("http://", "https://")) or href[:8].casefold().startswith("http") for href in parser.hrefs
    )
    assert "".join(parser.text) == clean_text(raw).replace("\n", "")


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("one\u2029two", "one\n\ntwo"),
        ("one\n\n \t\n\n\ntwo\n", "one\n\ntwo"),
        ("  left \n  right  ", "left\nright"),
        ("nul\x00 bell\x07 escape\x1b[31m c1\x9b", "nul bell escape[31m c1"),
        (
            "lone \ud800 surrogate, noncharacter \ufffe\ufdd0\U0001ffff, private \ue000",
            "lone  surrogate, noncharacter , private",
        ),
        ("evil\u202etxt.exe\u202c", "eviltxt.exe"),
        ("\u2067right\u2069 \u2068left\u2069", "right left"),
        ("v\u200bi\u200ca\u200dg\u2060r\ufeffa\xad", "viagra"),
        ("left\u200e to\u200f right\u061c", "left to right"),
        ("a\u034fb\u115f\u1160c", "abc"),
        ("blank\u3164letters\u2800and\uffa0braille\ttab", "blank letters and braille tab"),
        ("e\u0301\u0301", "é\u0301"),
        ("\u0301\u0301 begins with an accent", "begins with an accent"),
        ("a\ufe0f\ufe0e\ufe0fb", "a\ufe0fb"),
        ("\ufe0f", ""),
        ("\u0f71\u0f72\n\u200c\u200d", ""),
        ("tag\U000e0068\U000e0069", "tag"),
        ("unknown yet: \U0001fbfe\u0378", "unknown yet: \U0001fbfe\u0378"),
    ],
)
def test_clean_text_drops_what_can_not_be_seen(raw, cleaned):
    assert clean_text(raw) == cleaned


@pytest.mark.parametrize(
    "written",
    [
        "می\u200cخواهم",  # noqa: RUF001 - Persian: the non-joiner is spelling
        "श्री क्\u200dष क्\u200cष",  # Hindi: both joiners
        "ශ්\u200dරී ලංකා",  # Sinhala
        "ബാക്\u200cടീരിയ",  # Malayalam
        "שָׁ֑לוֹם \u200f(שלום)\u200e, עולם",  # Hebrew with points and cantillation, and a direction mark
        "اللُّغَةُ العَرَبِيَّةُ",  # Arabic with vowel signs
        "ភាសា\u200bខ្មែរ",  # Khmer: lines may end there
        "ที่นี่ น้ำ",  # Thai: vowel and tone above
        "မြို့ ကြောင့်",  # Burmese
        "Tiếng Việt: ếệộở",
        "ཧཱུྃ བརྒྱད",  # Tibetan stacks
        "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ ᠨᠠᠭ\u180eᠠ",  # Mongolian: the vowel separator
        "👨\u200d👩\u200d👧 👩🏽\u200d🚒 🏳\ufe0f\u200d🌈 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # the flag of Scotland
        "葛\U000e0100飾区",  # a chosen form of an ideograph
        "\u0600١٢٣ \u06dd",  # noqa: RUF001 - Arabic signs that span numbers
        "Ünïcödé, señor: ¿qué? “Déjà vu” — 1 000 €",
    ],
)
def test_no_language_loses_a_stroke(written):
    assert clean_text(written) == unicodedata.normalize("NFC", written)


def test_a_heap_of_accents_is_cut_to_what_a_language_may_need():
    heap = "Z" + "\u0300" * 40 + "\u20dd" * 3 + "algo"
    assert clean_text(heap) == "Z" + "\u0300" * MAX_MARKS + "algo"


def test_a_joiner_does_not_let_the_heap_begin_anew():
    heap = "ک" + ("\u0650" * MAX_MARKS + "\u200c") * 3 + "ک"
    assert clean_text(heap).count("\u0650") == MAX_MARKS


def test_a_flag_carries_no_hidden_letter():
    hidden = "".join(chr(0xE0000 + ord(char)) for char in "gbsct\x7fand a secret message")
    assert clean_text(f"🏴{hidden}") == f"🏴{hidden[:6]}"


def test_a_joiner_between_a_picture_and_a_letter_goes():
    assert clean_text("👨\u200da 👨\u200d") == "👨a 👨"


def test_a_line_has_single_spaces():
    assert clean_line("  Ana\u00a0 María\n\nde\tla Cruz ") == "Ana María de la Cruz"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"),
        ("<script>alert(1)</script> & so", "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; so</p>"),
        (
            "see https://example.org/a?b=1&c=2.",
            '<p>see <a href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener">https://example.org/a?b=1&amp;c=2</a>.</p>',
        ),
        ("javascript:alert(1) data:text/html,x", "<p>javascript:alert(1) data:text/html,x</p>"),
        (
            "ftp://example.org ana@example.org www.example.org",
            "<p>ftp://example.org ana@example.org www.example.org</p>",
        ),
    ],
)
def test_text_becomes_paragraphs_and_nothing_else(text, html):
    assert render_text(text) == html


@pytest.mark.parametrize(
    ("text", "hrefs"),
    [
        ("http://example.org HTTPS://Example.org/x", ["http://example.org", "HTTPS://Example.org/x"]),
        ("(https://example.org/a_(b)) https://example.org/).", ["https://example.org/a_(b)", "https://example.org/"]),
        ("“https://example.org/” https://example.org/?!… https://example.org/\u3002", ["https://example.org/"] * 3),
        ("https://ñandú.example/ñ", ["https://ñandú.example/ñ"]),
        ("https://example.org/[x]{y}|50%|%41", ["https://example.org/%5Bx%5D%7By%7D%7C50%25%7C%41"]),
        ('https://example.org/"onclick=x', ["https://example.org/"]),
        ("https://bank.example@evil.example/ http://user:pass@example.org", []),
        ("https:// http://... https://localhost/ https://[::1 https://\u2100.org", []),
    ],
)
def test_only_addresses_that_lead_somewhere_become_links(text, hrefs):
    parser = _Tags()
    parser.feed(render_text(text))
    assert parser.hrefs == hrefs


@pytest.mark.parametrize(
    "piece", ["https://a.b/", ")", "(", ".", "http://", "https://a.b/)", "a\u0301\u0301", "\u200d", "\n"]
)
def test_long_text_takes_no_long_time(piece):
    began = time.process_time()
    render_text(clean_text("https://a.b/" + piece * (20_000 // len(piece))))
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("7", 7), ("0007", 7), ("9" * MAX_DIGITS, 10**MAX_DIGITS - 1), ("0" * 17 + "1", 1)]
)
def test_digits_are_a_number(text, number):
    assert whole_number(text) == number < 2**63


@pytest.mark.parametrize(
    "text",
    ["", " 1", "1\n", "-1", "+1", "1.5", "1_0", "x", "٣", "²", "\x00", "9" * (MAX_DIGITS + 1), "0" * 5000, "9" * 5000],
)
def test_what_no_database_counts_to_is_no_number(text):
    assert whole_number(text) is None


@given(st.text(alphabet=st.sampled_from("aZ9 .,\n\téñÿĀž“”’–…€¿\xad\u0301\u200b\x7f"), max_size=40))
def test_what_needs_no_look_comes_out_as_if_it_had_had_one(text):
    slowly, before = text, ""
    while slowly != before:
        slowly, before = _cleaned_once(slowly), slowly
    assert clean_text(text) == slowly
