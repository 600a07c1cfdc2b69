"""Whether every language says what it has to say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from tests.house.rules.tree import PACKAGE, said, texts
from tests.house.speech import letters, sayings
from tools.messages import (
    PLACEHOLDER,
    STORY_ONLY,
    WHOLE,
    as_mo,
    as_po,
    brought_up_to_date,
    catalogue,
    catalogue_path,
    key,
    untranslated,
    words_in,
)

_TAG = re.compile(r"</?\w+")
_SPOKEN_BY_TAGS = re.compile(
    r"{% blocktranslate.*?{% endblocktranslate %}|{% comment.*?{% endcomment %}|{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL
)
_NAME_OF_AN_ELEMENT = re.compile(r"(</?){{.*?}}")
_ATTRIBUTES_IN_A_BLOCK = re.compile(r'(?<=%})(?: [\w-]+="[^"]*")+(?={%)')


def _forms(message: Message) -> Iterator[tuple[str, str]]:
    """Each translated form beside the original that it stands for."""
    if isinstance(message.id, str):
        yield message.id, str(message.string or "")
    else:
        yield from ((message.id[1], form) for form in message.string[1:])


def _shape(text: str) -> tuple[list[str], list[str]]:
    return sorted(found.group() for found in PLACEHOLDER.finditer(text)), sorted(_TAG.findall(text))


def _problems(words: Catalog, book: Catalog) -> Iterator[str]:
    known, asked = {key(m): m for m in book if m.id}, {key(m) for m in words if m.id}
    yield from (f"not in the catalogue: {text!r}" for _context, text in sorted(asked - set(known), key=str))
    yield from (f"nobody says any more: {text!r}" for _context, text in sorted(set(known) - asked, key=str))
    yield from (f"no translation: {text!r}" for text in untranslated(book))
    for message in known.values():
        if message.fuzzy:
            yield f"fuzzy: {message.id!r}"
        yield from (
            f"other placeholders or tags: {original!r}, {form!r}"
            for original, form in _forms(message)
            if form and _shape(original) != _shape(form)
        )


def languages_are_complete(root: Path) -> list[str]:
    """Every message has its translation, none is fuzzy, left over or short of a placeholder; the .mo is in step."""
    problems = []
    for language in (*WHOLE, *STORY_ONLY):
        path, book, words = catalogue_path(root, language), catalogue(root, language), words_in(root, language)
        found = [*_problems(words, book)]
        if book.obsolete:
            found.append("obsolete entries")
        fresh = brought_up_to_date(words, book)
        if not found and path.read_bytes() != as_po(fresh):
            found.append("not as ./dev messages writes it")
        if not found and path.with_suffix(".mo").read_bytes() != as_mo(fresh):
            found.append("the .mo is not in step with the .po")
        problems += [f"{language}: {problem}" for problem in found]
    return problems


def _without_tags(template: str) -> str:
    return _SPOKEN_BY_TAGS.sub(" ", _ATTRIBUTES_IN_A_BLOCK.sub("", _NAME_OF_AN_ELEMENT.sub(r"\1x", template)))


def templates_hold_no_bare_words(root: Path) -> list[str]:
    """No template, for readers or for staff, says a word that never meets translation."""
    return [
        f"{said(root, path)}: {saying.text!r}"
        for path, text in texts(root / PACKAGE)
        if path.suffix == ".html"
        for saying in sayings(_without_tags(text))
        if letters(saying.text)
    ]
