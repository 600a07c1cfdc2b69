"""What templates ask with: languages, names, pictures, and what the rooms below know of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.images.models import Picture
from wagtail.images.shortcuts import get_renditions_or_not_found
from wagtail.models import Page

from tribuna.comments import queries as comments
from tribuna.newsroom import queries as newsroom
from tribuna.newsroom.models import ArticlePage, AuthorPage, NewsImage
from tribuna.newsroom.models.images import picture_specs
from tribuna.theme.queries import Chrome, chrome_of, pages_above

register = template.Library()


# --- languages --------------------------------------------------------------------------------------------------------
@register.filter
def direction(code: str) -> str:
    """Return ``rtl`` or ``ltr``, as a value of ``dir``."""
    return "rtl" if translation.get_language_info(code)["bidi"] else "ltr"


@register.simple_tag
def lang_of(code: str) -> str:
    """Return `` lang="…" dir="…"`` for text in *code* among words of the interface; nothing if they agree."""
    return lang_within(code, translation.get_language())


@register.simple_tag
def lang_back(code: str) -> str:
    """Return the attributes for words of the interface that stand in text in *code*; nothing if they agree."""
    return lang_within(translation.get_language(), code)


@register.simple_tag
def lang_within(code: str | None, around: str | None) -> str:
    """Return the attributes for text in *code* that stands in text in *around*; nothing if they agree."""
    if not code or code == around:
        return ""
    return format_html(' lang="{}" dir="{}"', code, direction(code))


class InStoryNode(template.Node):
    """What stands between ``{% instory code %}`` and ``{% endinstory %}``, translated into the story's language."""

    def __init__(self, code: FilterExpression, nodelist: NodeList) -> None:
        self.code = code
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """Return the words in the language that the expression names, or in the active one if it names none."""
        with translation.override(self.code.resolve(context) or translation.get_language()):
            return self.nodelist.render(context)


@register.tag
def instory(parser: Parser, token: Token) -> InStoryNode:
    """Parse ``{% instory code %}``: the one argument is the story's language."""
    (_name, code) = token.split_contents()
    nodelist = parser.parse(("endinstory",))
    parser.delete_first_token()
    return InStoryNode(parser.compile_filter(code), nodelist)


# --- times, names and pictures ----------------------------------------------------------------------------------------
@register.simple_tag
def time(value: date, style: str = "DATE_FORMAT") -> SafeString:
    """Return a <time> for machines and readers; *style* is one of Django's named formats."""
    here = localtime(value) if isinstance(value, datetime) else value
    stamp = here.isoformat(timespec="seconds") if isinstance(here, datetime) else here.isoformat()
    return format_html('<time datetime="{}">{}</time>', stamp, date_format(here, style))


@register.simple_tag(takes_context=True)
def byline(context: Context, authors: Sequence[AuthorPage], *, links: bool = True) -> str:
    """Return "By A, B and C", each name a link to the author's page if *links*; of nobody, nothing."""
    if not authors:
        return ""
    names: list[str] = [_author(context, author) if links else conditional_escape(author.title) for author in authors]
    *others, last = names
    if others:
        last = format_html(_("{names} and {last}"), names=SafeString(", ".join(others)), last=last)  # each is escaped
    return format_html(_("By {names}"), names=last)


def _author(context: Context, author: AuthorPage) -> SafeString:
    return format_html('<a rel="author" href="{}">{}</a>', author.get_url(context.get("request")), author.title)


@register.simple_tag
def picture(image: NewsImage, shape: str, **attributes: str) -> SafeString:
    """Return a <picture> in every format and size of *shape*, one of the newsroom's ``SHAPES``.

    *attributes* are those of its <img>; an empty ``alt`` says that the picture says nothing the words don't.
    """
    renditions = get_renditions_or_not_found(image, picture_specs(shape))
    kept = _of_different_sizes(renditions)
    if len({rendition.width for rendition in kept.values()}) == 1:
        attributes.pop("sizes", None)  # with one size there is nothing to choose, and HTML forbids to say so
    drawn: SafeString = Picture(kept, attributes).__html__()
    return drawn


def _of_different_sizes(renditions: dict[str, Any]) -> dict[str, Any]:
    """Return *renditions* less those as wide as one before: a small picture isn't blown up, and HTML bans repeats."""
    first: dict[tuple[str, int], str] = {}
    for spec, rendition in renditions.items():
        first.setdefault((rendition.file.name.rpartition(".")[2], rendition.width), spec)
    return {spec: renditions[spec] for spec in first.values()}


# --- what the rooms below know ----------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def chrome(context: Context) -> Chrome:
    """Return what stands around the page that the context shows."""
    page = context.get("page")
    return chrome_of(context.get("request"), page if isinstance(page, Page) else None)


@register.simple_tag
def steps_to(page: Page) -> list[Page]:
    """Return the pages between the front page and *page*."""
    return pages_above(page)


@register.simple_tag
def comment_counts(*stories: Any) -> dict[int, int]:
    """Return the number of comments of each story, by its id, in one query. The arguments may be nested lists."""
    return comments.comment_counts(_ids(stories))


def _ids(stories: Any) -> Iterator[int]:
    if isinstance(stories, Page):
        yield stories.pk
    elif isinstance(stories, Iterable):
        for story in stories:
            yield from _ids(story)


@register.filter
def get(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """Return the value under *key*, or None."""
    return mapping.get(key) if mapping else None


@register.simple_tag
def thread(page: ArticlePage) -> comments.ThreadPage:
    """Return the first page of an article's comments."""
    return comments.thread_page(page.pk)


@register.simple_tag
def related(page: ArticlePage) -> list[ArticlePage]:
    """Return the stories that an article's reader may want next."""
    return list(newsroom.related_to(page))
