"""Words of a text, as the index has them: folded (no case, no accent) and then cut down to their stem.

Folding comes first, so that a word with a wrong accent has the same stem as the right one.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from typing import Any
from unicodedata import category, normalize

import Stemmer

WORDS_MAXIMUM = 20_000  # of one text
LETTERS_MAXIMUM = 64  # of one word
QUESTION_WORDS = 16

# A word is letters and digits with the marks on them; of scripts written without spaces, every sign is one.
_SIGNS = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0002fa1f"
WORD = re.compile(rf"[{_SIGNS}]|(?:(?![{_SIGNS}])[^\W_]|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670])+")
_OTHER_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "\u0131": "i"})

_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hu": "hungarian",
    "it": "italian",
    "lt": "lithuanian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
_stemming = threading.Lock()  # a stemmer has a memory of its own, and no thread may meet another in it

# Words that say nothing by themselves: they are not asked for where a question has others.
_SMALL = """
    a an and are as at be by for from has he in is it its of on or she that the their they this to was were will with
    al como con de del el en ella es esta este la las lo los mas no o para pero por que se su sus un una uno y
    au aux avec ce ces cette dans des du et il elle je le les leur ne nous ou par pas plus pour qui sa ses son sur une
    ao aos com da das do dos e ele em essa esse isto mais na nas nos os ou pela pelo sao sem um uma
"""
_SMALL_WORDS = frozenset(_SMALL.split())

_BETWEEN_WORDS = re.compile(r"<(?:/?(?:p|li|ul|ol|h\d)\b|br\b|hr\b)[^>]*>")
_INSIDE_WORDS = re.compile(r"<[^>]*>")
_NO_TEXT = frozenset({"id", "type", "url"})


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """Return *word* in small letters and without marks: Camión and camion are the same."""
    parts = normalize("NFKD", word.casefold()).translate(_OTHER_LETTERS)
    return "".join(char for char in parts if category(char) not in {"Mn", "Cf"})[:LETTERS_MAXIMUM]


@lru_cache(maxsize=262_144)
def stem(word: str, language: str) -> str:
    """Return what *word* and its other forms have in common in *language* (a Django code), folded."""
    plain = folded(word)
    stemmer = _stemmer(language.partition("-")[0])
    if stemmer is None:
        return plain
    with _stemming:
        cut: str = stemmer.stemWord(plain)
    return folded(cut)  # some put an accent back


@lru_cache
def _stemmer(language: str) -> Any:
    name = _STEMMERS.get(language)
    return Stemmer.Stemmer(name) if name else None


def words_of(text: str, language: str) -> list[str]:
    """Return the stems of *text*, in its order; of what is endless, the beginning."""
    found = (stem(word[0], language) for word in WORD.finditer(normalize("NFC", text)))
    return [word for _number, word in zip(range(WORDS_MAXIMUM), found, strict=False) if word]


def alternatives(text: str, languages: Iterable[str]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return what *text*, typed by a reader, asks for: groups, all of them wanted; of each group one phrase will do.

    A phrase is the stems, in one of *languages*, of a word, or of the words between two quotation marks.
    """
    languages = tuple(languages)
    groups: dict[tuple[tuple[str, ...], ...], None] = {}
    for phrase in _phrases(normalize("NFC", text))[:QUESTION_WORDS]:
        forms = dict.fromkeys(tuple(filter(None, (stem(word, code) for word in phrase))) for code in languages)
        forms.pop((), None)
        if forms:
            groups[tuple(forms)] = None
    return tuple(groups)


def _phrases(text: str) -> list[list[str]]:
    """Return the words of *text* one by one, quoted ones together; small ones only if there is no other."""
    phrases: list[list[str]] = []
    for place, part in enumerate(re.split(r"[\"“”„«»]", text)):
        found = WORD.findall(part)
        phrases += [found] if place % 2 else [[word] for word in found]
    telling = [phrase for phrase in phrases if len(phrase) > 1 or (phrase and folded(phrase[0]) not in _SMALL_WORDS)]
    return telling or [phrase for phrase in phrases if phrase]


def story_text(raw: str | None) -> str:
    """Return what is said in a body as it is stored (the JSON of a StreamField), as plain text."""
    return " ".join(_texts(json.loads(raw or "[]")))


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in *value*, but names of kinds, numbers of blocks, and addresses."""
    if isinstance(value, str):
        yield unescape(_INSIDE_WORDS.sub("", _BETWEEN_WORDS.sub(" ", value)))
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in _NO_TEXT:
                yield from _texts(each)
