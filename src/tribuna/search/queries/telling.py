"""What stories say, for the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, TextField, Value
from django.db.models.functions import Cast, Coalesce, NullIf

from tribuna.newsroom.models import ArticleAuthor, ArticlePage

type Name = tuple[str, UUID]  # of an author or a topic: the title, and what its translations share

_OWN = ("pk", "title", "kicker", "standfirst", "published_at", "page_above_id", "locale_id")


@dataclass(slots=True)
class Told:
    """A story that readers may see, with all that it is found by."""

    pk: int
    title: str
    kicker: str
    standfirst: str
    published_at: datetime
    page_above_id: int
    locale_id: int
    body: str  # as it is stored
    language: str
    authors: list[Name] = field(default_factory=list)
    topics: list[Name] = field(default_factory=list)


def stories_told(stories: list[int]) -> list[Told]:
    """Return those of *stories*, by primary key, that readers may see; three queries."""
    language = Coalesce(
        NullIf(F("story_language"), Value("")), F("alias_of__locale__language_code"), F("locale__language_code")
    )
    shown = ArticlePage.objects.for_readers().filter(pk__in=stories).order_by()
    rows = shown.annotate(text=Cast("body", TextField()), speaks=language).values_list(*_OWN, "text", "speaks")
    told = {row[0]: Told(*row) for row in rows}
    if told:
        authors, topics = _authors(list(told)), _topics(list(told))
        for pk, story in told.items():
            story.authors, story.topics = authors[pk], topics[pk]
    return list(told.values())


def _authors(stories: list[int]) -> dict[int, list[Name]]:
    lines = ArticleAuthor.objects.filter(article__in=stories).order_by("sort_order", "pk")
    return _by_story(lines.values_list("article", "author__title", "author__translation_key"))


def _topics(stories: list[int]) -> dict[int, list[Name]]:
    chosen = ArticlePage.topics.through.objects.filter(articlepage__in=stories).order_by("pk")
    return _by_story(chosen.values_list("articlepage", "topicpage__title", "topicpage__translation_key"))


def _by_story(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Name]]:
    names: dict[int, list[Name]] = defaultdict(list)
    for story, title, key in rows:
        names[story].append((title, key))
    return names
