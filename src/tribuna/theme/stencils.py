"""Templates for things of which there are many, such as stories, comments and cards.

Django's template takes most of the time that such a thing takes. So a stencil is printed once for each kind of thing,
with marks where a thing's own words belong, and of each thing only the words are filled in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from hashlib import blake2b
from operator import itemgetter
from secrets import randbelow, token_hex
from typing import Any

from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tribuna import __version__

type Words = Mapping[str, Any]
type Pattern = tuple[str, Callable[[Words], tuple[Any, ...]]]

# What no text on a page has in it, even where an editor would like it to.
_SIGN = token_hex(8)
_FIRST_NUMBER = (10**15 + randbelow(10**15)) * 100
_MARK = re.compile(rf"\x02{_SIGN}([\w-]+)\x03|{_FIRST_NUMBER // 100}(\d\d)")
_BETWEEN_TAGS = re.compile(r"\s*\n\s*")


def word(name: str) -> SafeString:
    """Return what stands for the word *name* inside a fact of a stencil: for the address of a link in a menu."""
    return SafeString(f"\x02{_SIGN}{name}\x03")


def stencil(name: str, **facts: Hashable) -> Callable[[Words], SafeString]:
    """Return what fills words into the template *name*, in the active language.

    In the template a word that is there is true and one that isn't is empty, and no more may be asked of it than to be
    printed; the *facts* are ordinary values. Words come as HTML, always the same ones in the same order; those that
    are whole numbers may go through ``{% url %}``. Lines of the template are indented for its readers alone.
    """
    template: Template = get_template(name).template  # type: ignore[attr-defined]  # the engine is Django's own
    language = get_language()
    patterns: dict[tuple[bool, ...], Pattern] = {}

    def filled(words: Words) -> SafeString:
        there = tuple(map(bool, words.values()))
        pattern = patterns.get(there)
        if pattern is None:
            kinds = tuple((name, type(word) is int) for name, word in words.items() if word)
            pattern = patterns[there] = _cut(template, language, kinds, tuple(facts.items()))
        html, chosen = pattern
        return SafeString(html % chosen(words))

    return filled


def look(*names: str) -> str:
    """Return what is another one when things look otherwise that are printed with the templates *names*.

    It belongs to the name of whatever is stored printed: the language, and what an upgrade, another theme or another
    time zone changes.
    """
    sources = [get_template(name).template.source for name in names]  # type: ignore[attr-defined]  # Django's engine
    return f"{get_language()} {_digest(__version__, settings.TIME_ZONE, *sources)}"


@lru_cache
def _digest(*facts: str) -> str:
    return blake2b(repr(facts).encode(), digest_size=8).hexdigest()


@lru_cache(maxsize=1024)
def _cut(
    template: Template,
    language: str | None,
    there: tuple[tuple[str, bool], ...],
    facts: tuple[tuple[str, Hashable], ...],
) -> Pattern:
    """Return the template with ``%s`` where the words belong that are *there* (name, is a number), and what picks them.

    The *language*, which tells the same template in two languages apart, is the active one.
    """
    names = [name for name, _is_number in there]
    marks = [_FIRST_NUMBER + place if is_number else word(name) for place, (name, is_number) in enumerate(there)]
    context = Context({**dict(zip(names, marks, strict=True)), **dict(facts)})
    html = _BETWEEN_TAGS.sub("\n", template.render(context).strip()).replace("%", "%%")
    order = [mark[1] or names[int(mark[2])] for mark in _MARK.finditer(html)]
    # Two at least, for of one word itemgetter makes no tuple; of none, anything would do.
    chosen = itemgetter(*order) if len(order) > 1 else lambda words: tuple(words[name] for name in order)
    return _MARK.sub("%s", html), chosen
