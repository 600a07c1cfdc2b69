"""What templates ask with: languages, names, pictures, and what the rooms below know of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils import translation
from django.utils.safestring import SafeString
from wagtail.models import Page

from tribuna.comments import queries as comments
from tribuna.newsroom.models import ArticlePage, AuthorPage, LivePost, NewsImage
from tribuna.search.queries import Hit
from tribuna.theme import cards, metadata, words
from tribuna.theme.dates import time_writer
from tribuna.theme.live import post_list
from tribuna.theme.metadata import json_ld, page_things
from tribuna.theme.pictures import picture_element
from tribuna.theme.queries import Chrome, chrome_of
from tribuna.theme.stories import story_page
from tribuna.theme.threads import comment_list

register = template.Library()


# --- languages --------------------------------------------------------------------------------------------------------
@register.filter
def direction(code: str) -> str:
    """Return ``rtl`` or ``ltr``, as a value of ``dir``."""
    return words.direction(code)


@register.filter
def open_graph_locale(code: str) -> str:
    """Return a language code as OpenGraph has it: ``en_US``."""
    return metadata.open_graph_locale(code)


@register.simple_tag
def lang_of(code: str) -> SafeString:
    """Return `` lang="…" dir="…"`` for text in *code* among words of the interface; nothing if they agree."""
    return words.lang_within(code, translation.get_language())


@register.simple_tag
def lang_back(code: str) -> SafeString:
    """Return the attributes for words of the interface that stand in text in *code*; nothing if they agree."""
    return words.lang_within(translation.get_language(), code)


@register.simple_tag
def lang_within(code: str | None, around: str | None) -> SafeString:
    """Return the attributes for text in *code* that stands in text in *around*; nothing if they agree."""
    return words.lang_within(code, around)


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


# --- what is the same on many pages -----------------------------------------------------------------------------------
class KeptNode(template.Node):
    """What stands between ``{% kept name=value %}`` and ``{% endkept %}``, printed once for each set of values."""

    def __init__(self, values: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.values = values
        self.nodelist = nodelist
        # By type too: text that is safe equals the same text that has to be escaped.
        self.printed = lru_cache(maxsize=256, typed=True)(self._printed)

    def render(self, context: Context) -> SafeString:
        """Return it in the active language. The values must be hashable; nothing else is seen inside."""
        values = [value.resolve(context) for value in self.values.values()]
        return self.printed(context.template, translation.get_language(), *values)

    def _printed(self, around: template.Template, language: str | None, *values: Any) -> SafeString:
        inside = Context(dict(zip(self.values, values, strict=True)))
        with inside.bind_template(around):
            return self.nodelist.render(inside)


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """Parse ``{% kept name=value … %}``: the values are all that what stands inside depends on."""
    _name, *given = token.split_contents()
    values = token_kwargs(given, parser)
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(values, nodelist)


# --- times, names and pictures ----------------------------------------------------------------------------------------
@register.simple_tag
def time(value: date, style: str = "DATE_FORMAT") -> SafeString:
    """Return a <time> for machines and readers; *style* is one of Django's named formats."""
    return time_writer(style)(value)


@register.simple_tag(takes_context=True)
def byline(context: Context, authors: Sequence[AuthorPage], *, links: bool = True) -> SafeString:
    """Return "By A, B and C", each name a link to the author's page if *links*; of nobody, nothing."""
    return words.byline(authors, links=links, request=context.get("request"))


@register.simple_tag
def comment_count(number: int) -> str:
    """Return "3 comments"."""
    return words.comment_count(number)


@register.simple_tag(takes_context=True)
def card(
    context: Context, story: ArticlePage, *, counts: Mapping[int, int] | None = None, eager: bool = False, **look: str
) -> SafeString:
    """Return *story* as it stands in a list; *counts* are those of ``comment_counts``, *look* the fields of a Look.

    One that is *eager* is in the first screen, so its picture is fetched at once.
    """
    count = counts.get(story.pk, 0) if counts else 0
    return cards.card(story, cards.Look(is_first=eager, **look), count=count, request=context.get("request"))


@register.simple_tag(takes_context=True)
def hit(context: Context, found: Hit, *, counts: Mapping[int, int] | None = None, **look: Any) -> SafeString:
    """Return the story of what a search *found* as a card, with its words marked; the rest is as for ``card``."""
    count = counts.get(found.story.pk, 0) if counts else 0
    said = {"title": found.title, "standfirst": found.text}
    return cards.card(found.story, cards.Look(**look), count=count, request=context.get("request"), said=said)


@register.simple_tag
def picture(image: NewsImage, shape: str, **attributes: str) -> SafeString:
    """Return a <picture> in every format and size of *shape*, one of the newsroom's ``SHAPES``.

    *attributes* are those of its <img>; an empty ``alt`` says that the picture says nothing the words don't.
    """
    return picture_element(image, shape, attributes)


# --- what the rooms below know ----------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def chrome(context: Context) -> Chrome:
    """Return what stands around the page that the context shows."""
    page = context.get("page")
    return chrome_of(context["request"], page if isinstance(page, Page) else None)


@register.simple_tag(takes_context=True, name="json_ld")
def json_ld_of(context: Context, address: str) -> SafeString:
    """Return what the page that the context shows, at its canonical *address*, tells machines in schema.org's words."""
    return json_ld(*page_things(context["page"], context["chrome"], address))


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


@register.simple_tag(name="comments")
def comments_of(thread: comments.ThreadPage | comments.BranchPage, page: ArticlePage, level: str) -> SafeString:
    """Return the comments of a page of a thread, nested; *level* is the element of their headings."""
    takes_replies = comments.rules_of(page).is_open
    return comment_list(thread.nodes, page_pk=page.pk, level=level, takes_replies=takes_replies)


@register.simple_tag(name="posts", takes_context=True)
def posts_of(context: Context, story: ArticlePage, posts: Sequence[LivePost]) -> SafeString:
    """Return the *posts* of the live blog of *story* as a list."""
    return post_list(posts, language=story.language, context=context)


@register.simple_tag(takes_context=True)
def story(context: Context) -> SafeString:
    """Return the whole page of the article that the context shows."""
    return story_page(context)
