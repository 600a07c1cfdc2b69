"""Words of the interface that several templates say: who wrote it, how many answered, in which language it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, ngettext
from django.utils.translation import gettext as _

from tribuna.newsroom.models import AuthorPage, TopicPage


def direction(code: str) -> str:
    """Return ``rtl`` or ``ltr``, as a value of ``dir``."""
    return "rtl" if get_language_info(code)["bidi"] else "ltr"


def lang_within(code: str | None, around: str | None) -> SafeString:
    """Return the attributes for text in *code* that stands in text in *around*; nothing if they agree."""
    if not code or code == around:
        return SafeString("")
    return SafeString(f' lang="{escape(code)}" dir="{direction(code)}"')


def byline(authors: Sequence[AuthorPage], *, links: bool = False, request: HttpRequest | None = None) -> SafeString:
    """Return "By A, B and C", each name a link to the author's page if *links*; of nobody, nothing."""
    if not authors:
        return SafeString("")
    *others, last = [_name(author, links=links, request=request) for author in authors]
    if others:
        last = _("{names} and {last}").format(names=", ".join(others), last=last)
    return SafeString(_("By {names}").format(names=last))  # each name is escaped


def _name(author: AuthorPage, *, links: bool, request: HttpRequest | None) -> str:
    name = escape(author.title)
    return f'<a rel="author" href="{escape(author.get_url(request) or "")}">{name}</a>' if links else name


def topic(page: TopicPage, *, request: HttpRequest) -> SafeString:
    """Return the title of a topic as a link to its page."""
    return SafeString(f'<a href="{escape(page.get_url(request) or "")}">{escape(page.title)}</a>')


def comment_count(number: int) -> str:
    """Return "3 comments"."""
    return _comment_count(get_language(), number)


@lru_cache(maxsize=1024)
def _comment_count(language: str | None, number: int) -> str:
    """Return the words for the active *language*, which tells them apart in the cache."""
    words = ngettext("%(number)s comment", "%(number)s comments", number)
    return words % {"number": intcomma(number)}
