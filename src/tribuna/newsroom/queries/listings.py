"""Lists of articles: the front page, sections, authors, topics, months."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Locale

from tribuna.core.prepared import prepared
from tribuna.newsroom.models import ArticleAuthor, ArticlePage, AuthorPage, HomePage, SectionPage, TopicPage
from tribuna.newsroom.models.articles import ArticleQuerySet
from tribuna.newsroom.queries.cards import bare_cards, filled_cards
from tribuna.newsroom.queries.cursors import cursor_after, read_cursor
from tribuna.newsroom.queries.pages import sections_of, show_list

type Narrow = Callable[..., ArticleQuerySet]

PAGE_SIZE = 20
FRONT_LEADS = 4
FRONT_PER_SECTION = 4


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list, the newest first; *older* is the cursor of the next one, None at the end."""

    items: list[ArticlePage]
    older: str | None = None


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The newest story, those after it, and then the newest of each section that are not among them."""

    lead: ArticlePage | None = None
    leads: list[ArticlePage] = field(default_factory=list)
    sections: list[tuple[SectionPage, list[ArticlePage]]] = field(default_factory=list)


def articles_in(section: SectionPage, before: str | None = None, size: int = PAGE_SIZE) -> Listing:
    """Return the articles of *section* after the cursor *before*. Raises CursorError."""
    show_list(f"list:{section.pk}")
    return _listing(_in_section, section.pk, before=before, size=size)


def articles_by(author: AuthorPage, before: str | None = None, size: int = PAGE_SIZE) -> Listing:
    """Return what *author*, on whichever language's page, wrote for this page's tree. Raises CursorError."""
    show_list(f"list:{author.pk}")
    return _listing(_by, author.translation_key, author.locale_id, before=before, size=size)


def articles_about(topic: TopicPage, before: str | None = None, size: int = PAGE_SIZE) -> Listing:
    """Return what this page's tree has about *topic*, on whichever language's page. Raises CursorError."""
    show_list(f"list:{topic.pk}")
    return _listing(_about, topic.translation_key, topic.locale_id, before=before, size=size)


def articles_of_month(
    locale: Locale, year: int, month: int, before: str | None = None, size: int = PAGE_SIZE
) -> Listing:
    """Return what was published in a month of the site's time zone. Raises CursorError, or ValueError for no month."""
    show_list(f"archive:{locale.pk}")
    begin, end = _month_begins(year, month), _month_begins(year + month // 12, month % 12 + 1)
    return _listing(_between, locale.pk, begin, end, before=before, size=size)


def articles_of(home: HomePage, language: str = "", size: int = PAGE_SIZE) -> Listing:
    """Return the newest articles under *home*, whatever their section; with a *language*, those written in it."""
    show_list(f"list:{home.pk}")
    narrow = _of_language if language else _of
    return _listing(narrow, home.locale_id, *([language] if language else []), before=None, size=size)


def _listing(narrow: Narrow, *values: Any, before: str | None, size: int) -> Listing:
    """Return *size* of the articles that *narrow* chooses by *values* and that come after the cursor *before*."""
    moment, number = read_cursor(before) if before else (timezone.now(), 0)  # nothing asks for those
    items = _newest(moment, number, *values, narrow=narrow, size=size + 1, goes_on=bool(before))
    return Listing(filled_cards(items[:size]), cursor_after(items[size - 1]) if len(items) > size else None)


@prepared
def _newest(
    moment: datetime, number: int, *values: Any, narrow: Narrow, size: int, goes_on: bool
) -> QuerySet[ArticlePage]:
    articles = narrow(ArticlePage.objects.for_readers(), *values)
    if goes_on:
        earlier = Q(published_at__lt=moment) | Q(pk__lt=number)
        articles = articles.filter(earlier, published_at__lte=moment)
    return bare_cards(articles).newest_first()[:size]


def _in_section(articles: ArticleQuerySet, section_id: int) -> ArticleQuerySet:
    return articles.filter(page_above=section_id)


def _by(articles: ArticleQuerySet, translation_key: UUID, locale_id: int) -> ArticleQuerySet:
    bylines = ArticleAuthor.objects.filter(author__translation_key=translation_key)
    return articles.filter(locale=locale_id, pk__in=bylines.values("article"))


def _about(articles: ArticleQuerySet, translation_key: UUID, locale_id: int) -> ArticleQuerySet:
    topics = TopicPage.objects.filter(translation_key=translation_key)
    return articles.filter(locale=locale_id, pk__in=topics.values("articles"))


def _of(articles: ArticleQuerySet, locale_id: int) -> ArticleQuerySet:
    # By the sections rather than the locale, for together with dates these have an index.
    return articles.filter(page_above__in=SectionPage.objects.filter(locale=locale_id).order_by().values("pk"))


def _of_language(articles: ArticleQuerySet, locale_id: int, language: str) -> ArticleQuerySet:
    written_for = Coalesce("alias_of__locale__language_code", "locale__language_code")
    is_own = Q(story_language="", written_for=language)
    return _of(articles, locale_id).alias(written_for=written_for).filter(Q(story_language=language) | is_own)


def _between(articles: ArticleQuerySet, locale_id: int, begin: datetime, end: datetime) -> ArticleQuerySet:
    return _of(articles, locale_id).filter(published_at__gte=begin, published_at__lt=end)


def _month_begins(year: int, month: int) -> datetime:
    return datetime(year, month, 1, tzinfo=timezone.get_current_timezone())


def archive_months(locale: Locale) -> list[date]:
    """Return the first day of every month in which something was published, the newest first; one query."""
    show_list(f"archive:{locale.pk}")
    months = ArticlePage.objects.for_readers().filter(locale=locale).datetimes("published_at", "month", order="DESC")
    return [month.date() for month in months]


def front_page(home: HomePage) -> FrontPage:
    """Return the front page of *home*'s language; a section without stories is left out."""
    show_list(f"list:{home.pk}")
    sections = sections_of(home)
    stories = filled_cards(_newest_of_each(*(section.pk for section in sections), count=len(sections)))
    if not stories:
        return FrontPage()
    shown = {story.pk for story in stories[: FRONT_LEADS + 1]}
    below = [
        (section, [story for story in stories if story.page_above_id == section.pk and story.pk not in shown])
        for section in sections
    ]
    return FrontPage(
        lead=stories[0],
        leads=stories[1 : FRONT_LEADS + 1],
        sections=[(section, few[:FRONT_PER_SECTION]) for section, few in below if few],
    )


@prepared
def _newest_of_each(*section_ids: int, count: int) -> QuerySet[ArticlePage]:
    """Return as many of the newest articles of *count* sections as a front page can use, the newest first."""
    articles = ArticlePage.objects.order_by()
    each = []
    for section_id in section_ids:
        newest = ArticlePage.objects.for_readers().filter(page_above=section_id).newest_first()
        few = newest.values("pk")[: 1 + FRONT_LEADS + FRONT_PER_SECTION]
        each.append(articles.filter(pk__in=few).values("pk"))  # a part of a union can't end after a few by itself
    chosen = articles.none().values("pk").union(*each, all=True)  # for an "or" PostgreSQL reads all articles
    return bare_cards(articles.filter(pk__in=chosen)).newest_first()
