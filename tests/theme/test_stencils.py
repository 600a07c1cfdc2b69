"""A stencil says of each thing what its template would."""

from __future__ import annotations

import re
from html import escape

import pytest
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tribuna.theme.queries import Chrome, Version
from tribuna.theme.stencils import stencil, word

COMMENT = "comments/_comment.html"
TEXT = st.text(alphabet=st.sampled_from("aé<>&\"'% \n{}()s\\01"), max_size=12).map(escape).map(SafeString)
WORDS = st.fixed_dictionaries(
    {
        "pk": st.integers(1, 10**12),
        "page_pk": st.integers(1, 10**12),
        "name": TEXT,
        "lang": TEXT,
        "text": TEXT,
        "time": TEXT,
        "answers_here": st.booleans(),
        "answered_pk": st.none() | st.integers(1, 10**12),
        "answered": st.none() | TEXT,
    }
).filter(lambda words: bool(words["answered"]) == bool(words["answered_pk"]))


def _tight(html):
    """Without the indentation, which is for who reads the template."""
    return re.sub(r"\s*\n\s*", "\n", html).strip()


@given(
    words=WORDS,
    level=st.sampled_from(["h2", "h3"]),
    takes_replies=st.booleans(),
    language=st.sampled_from(["en", "es"]),
)
def test_it_is_what_the_template_would_print(words, level, takes_replies, language):
    facts = {"level": level, "takes_replies": takes_replies}
    with override(language):
        expected = get_template(COMMENT).render({**facts, **{name: word or "" for name, word in words.items()}})
        assert _tight(stencil(COMMENT, **facts)(words)) == _tight(expected)


def test_it_is_as_short_as_it_may_be():
    words = dict.fromkeys(("pk", "page_pk"), 1) | {"name": "a\n  b", "lang": "en", "text": "x", "time": "now"}
    html = stencil(COMMENT, level="h3", takes_replies=False)(words)
    assert '<header class="comment-head">\n<h3' in html
    assert "a\n  b" in html


def test_a_fact_may_have_a_word_in_it():
    link = Version("pt-br", "Português", word("edition_pt-br"))
    chrome = Chrome("The Gazette", "/en/", editions=(link,))
    html = stencil("theme/_editions.html", chrome=chrome)({"edition_pt-br": "/pt-br/?a=1&amp;b=100%"})
    assert 'href="/pt-br/?a=1&amp;b=100%"' in html


@pytest.mark.parametrize("said", ["<b>100 %</b>", ""])
def test_one_word_is_enough_and_none_will_do(said):
    assert stencil("newsroom/blocks/heading.html")({"value": SafeString(said)}) == f"<h2>{said}</h2>"


def test_what_it_prints_is_html():
    words = dict.fromkeys(("pk", "page_pk"), 1) | dict.fromkeys(("name", "lang", "text", "time"), "x")
    assert isinstance(stencil(COMMENT, level="h3", takes_replies=False)(words), SafeString)


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_speaks_the_language_in_which_it_was_asked_for(language):
    words = dict.fromkeys(("pk", "page_pk", "answered_pk"), 1)
    words |= dict.fromkeys(("name", "lang", "text", "time", "answered"), "x")
    with override(language):
        html = stencil(COMMENT, level="h3", takes_replies=True)(words)
    assert ("in reply to" in html) == (language == "en")
