"""Languages that are told by their small words: against each other, and against all that Django speaks."""

import gettext
from functools import cache
from pathlib import Path

import django
import pytest

from tribuna.learning.folding import fold
from tribuna.learning.structure import words_of
from tribuna.learning.tongues import FUNCTION_WORDS, SHARE, is_plainly

CATALOGUES = Path(django.__file__).parent
RELATED = {  # languages whose small words are partly the same: nobody is harmed where one passes for the other
    "en": set(),
    "es": {"ast", "ca", "gl", "ia", "pt"},
    "fr": {"ca", "gl", "es"},
    "pt": {"ca", "es", "gl"},
}


@cache
def sentences() -> dict[str, list[str]]:
    """Return by language the longer sentences of Django's catalogues that have no place for a value."""
    found: dict[str, list[str]] = {}
    for path in sorted(CATALOGUES.glob("**/LC_MESSAGES/django.mo")):
        with path.open("rb") as stream:
            said = gettext.GNUTranslations(stream)._catalog
        texts = [text for of, text in said.items() if isinstance(of, str) and of and text != of]
        plain = [text for text in texts if len(text) >= 80 and not set("%{<") & set(text)]
        found.setdefault(path.parts[-3].split("_")[0], []).extend(plain)
    return found


def words(text: str) -> tuple[str, ...]:
    return words_of(fold(text).text)


@pytest.mark.parametrize("language", FUNCTION_WORDS)
def test_no_other_language_is_taken_for_it(language):
    others = sentences().keys() - {language, *RELATED[language]}
    assert len(others) > 60
    wrong = [(other, text) for other in others for text in sentences()[other] if is_plainly(words(text), {language})]
    assert wrong == []


@pytest.mark.parametrize("language", ["es", "fr", "pt"])
def test_much_of_what_is_said_in_it_is_known_at_once(language):
    said = [is_plainly(words(text), {language}) for text in sentences()[language]]
    assert sum(said) > 0.4 * len(said)  # of computers, in few and long words


def test_a_remark_in_english_is_known_at_once():
    assert is_plainly(words("I don't think that the mayor has read what was in the paper about this."), {"en"})


def test_nothing_is_plain_of_no_words_or_of_a_language_that_is_not_known_here():
    assert not is_plainly((), FUNCTION_WORDS)
    assert not is_plainly(("det", "er", "ikke"), {"da"})


def test_a_run_without_blanks_outweighs_the_small_words_beside_it():
    text = "This is the best of all that I have seen " + "\u5927\u53a6\u4ef7\u683c\u8054\u7cfb\u6211\u4eec" * 20
    assert words(text)[-1].startswith("\u5927")
    assert not is_plainly(words(text), {"en"})


def test_words_are_kept_as_texts_are_taken_apart():
    for language, known in FUNCTION_WORDS.items():
        assert all(words(word) == (word,) for word in known), language
    assert 0 < SHARE < 1
