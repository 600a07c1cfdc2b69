from __future__ import annotations

import pytest

from tribuna.moderation.templatetags.desk import judge_word, language_word, state_word


@pytest.mark.parametrize(
    ("state", "word"),
    [("held", "Waiting"), ("published", "Published"), ("rejected", "Rejected"), ("spam", "Spam"), ("", "")],
)
def test_states_have_words(state: str, word: str) -> None:
    assert state_word(state) == word


def test_judges_have_titles() -> None:
    assert judge_word("links") == "Links"
    assert judge_word("") == ""


@pytest.mark.parametrize(("code", "word"), [("es", "Spanish"), ("pt-br", "Brazilian Portuguese"), ("tlh", "tlh")])
def test_languages_have_names_or_keep_their_code(code: str, word: str) -> None:
    assert language_word(code) == word
