"""What a reader's question finds: the best first, a page of them, with the hits marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.safestring import SafeString
from wagtail.models import Locale

from tribuna.core.prepared import prepared
from tribuna.newsroom.models import ArticlePage, AuthorPage, SectionPage, TopicPage
from tribuna.newsroom.queries.cards import bare_cards, filled_cards
from tribuna.search.base import CEILING, Question, alternatives, marked, place_of, snippet, story_text
from tribuna.search.base.facets import author_facet, edition_facet, language_facet, section_facet, topic_facet
from tribuna.search.models import Entry
from tribuna.search.stores import shelf_in

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks for: words, and what they are narrowed down by."""

    text: str = ""
    section: SectionPage | None = None
    topic: TopicPage | None = None
    author: AuthorPage | None = None
    language: str = ""
    first_day: date | None = None
    last_day: date | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether anything but words is asked for."""
        return any((self.section, self.topic, self.author, self.language, self.first_day, self.last_day))

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is."""
        return not self.text and not self.is_narrow


@dataclass(frozen=True, slots=True)
class Hit:
    """A story that was found. Title and text are HTML with marks; the text is nothing where no word of it is meant."""

    story: ArticlePage
    title: SafeString
    text: SafeString


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits."""

    hits: Sequence[Hit] = ()
    total: int = 0
    is_cut: bool = False  # there are more than can be leafed through
    is_any: bool = False  # nothing has all the words: these have some of them
    first_number: int = 1  # of the first hit on this page, counted from 1

    @property
    def stories(self) -> list[ArticlePage]:
        """The stories of the hits."""
        return [hit.story for hit in self.hits]

    def has_more_than(self, pages: int) -> bool:
        """Say whether there are more hits than stand on so many *pages*."""
        return self.total > pages * PAGE_SIZE


def find_stories(locale: Locale, asked: Asked, *, page: int = 1, size: int = PAGE_SIZE) -> Found:
    """Return page *page*, from 1, of the stories in the tree of *locale* that are *asked* for, best first.

    Where none has all the words, those that have some of them; beyond the last page, nothing.
    """
    question = _question(locale, asked)
    if question is None:
        return Found()
    ranked = _ranked(question)
    if not ranked and len(question.groups) > 1:
        question = replace(question, is_any=True)
        ranked = _ranked(question)
    shown = ranked[:CEILING][(page - 1) * size : page * size]
    hits = _hits(shown, question.stems) if shown else []
    is_cut = len(ranked) > CEILING
    is_any = question.is_any and bool(ranked)
    return Found(hits, min(len(ranked), CEILING), is_cut=is_cut, is_any=is_any, first_number=(page - 1) * size + 1)


def _question(locale: Locale, asked: Asked) -> Question | None:
    """Return what is *asked* as stores understand it; None where nothing is."""
    languages = [asked.language] if asked.language else settings.TRIBUNA_STORY_LANGUAGES
    groups = alternatives(asked.text, languages)
    if not groups and (asked.text or not asked.is_narrow):
        return None
    facets = [edition_facet(locale.pk)]
    facets += [section_facet(asked.section.pk)] if asked.section else []
    facets += [topic_facet(asked.topic.translation_key)] if asked.topic else []
    facets += [author_facet(asked.author.translation_key)] if asked.author else []
    facets += [language_facet(asked.language)] if asked.language else []
    question = Question(groups, tuple(facets))
    if asked.first_day:
        question = replace(question, first=place_of(_begin_of(asked.first_day)))
    if asked.last_day and asked.last_day < date.max:
        question = replace(question, last=place_of(_begin_of(asked.last_day + timedelta(days=1))) - 1)
    return question


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_current_timezone())


def _ranked(question: Question) -> list[int]:
    """Return the ids of the entries that are asked for, the best first; of equals, the newest."""
    shelf = shelf_in(connection)
    found = dict(shelf.newest(question))
    if len(found) > CEILING and question.groups:
        found |= dict(shelf.heads(question))
    return sorted(found, key=lambda entry: (-float(f"{found[entry]:.2g}"), -entry))


def _hits(entries: Sequence[int], stems: frozenset[str]) -> list[Hit]:
    """Return what readers may see of *entries*, in that order, marked; three queries, and one more for pictures."""
    places = {entry: place for place, entry in enumerate(entries)}
    stories: list[Any] = sorted(_stories(list(entries)), key=lambda story: places[story.entry])
    return [_hit(story, stems) for story in filled_cards(stories)]


@prepared
def _stories(entries: list[int]) -> QuerySet[ArticlePage]:
    """Return the stories of *entries* as cards, each with the id of its entry and its body as it is stored."""
    chosen = Entry.objects.filter(id__in=entries)
    shown = bare_cards(ArticlePage.objects.for_readers().filter(pk__in=chosen.values("story")))
    own = Subquery(Entry.objects.filter(story=OuterRef("pk")).values("id"))
    stories: QuerySet[ArticlePage] = shown.annotate(entry=own, text=Cast("body", TextField())).order_by()
    return stories


def _hit(story: Any, stems: frozenset[str]) -> Hit:
    language = story.language
    title, standfirst = (marked(text, stems, language) for text in (story.title, story.standfirst))
    if "<mark>" not in standfirst and stems:
        standfirst = snippet(story_text(story.text), stems, language) or standfirst
    return Hit(story, title, standfirst)
