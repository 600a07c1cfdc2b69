"""A stencil says of each thing what its template would."""

from __future__ import annotations

from html import escape

import pytest
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tribuna.theme.stencils import stencil

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
        assert stencil(COMMENT, **facts)(words) == expected


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
