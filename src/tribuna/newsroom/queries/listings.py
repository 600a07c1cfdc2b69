"""Lists of articles: the front page, sections, authors, topics, months, what a search finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from unicodedata import category

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber, Substr
from django.utils import timezone
from wagtail.models import Locale

from tribuna.newsroom.models import ArticleAuthor, ArticlePage, AuthorPage, HomePage, SectionPage, TopicPage
from tribuna.newsroom.models.articles import ArticleQuerySet
from tribuna.newsroom.queries.cards import bare_cards, cards, filled_cards
from tribuna.newsroom.queries.cursors import cursor_after, read_cursor
from tribuna.newsroom.queries.pages import sections_of

PAGE_SIZE = 20
FRONT_LEADS = 4
FRONT_PER_SECTION = 4
SEARCH_MAXIMUM_CHARACTERS = 200


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


def _listing(
    articles: ArticleQuerySet, *, before: str | None, size: int, sections: list[SectionPage] | None = None
) -> Listing:
    """Return *size* of *articles* that come after the cursor *before*. Raises CursorError."""
    if before:
        moment, number = read_cursor(before)
        articles = articles.filter(Q(published_at__lt=moment) | Q(published_at=moment, pk__lt=number))
    items = cards(articles.newest_first()[: size + 1], sections=sections)
    return Listing(items[:size], cursor_after(items[size - 1]) if len(items) > size else None)


def articles_in(section: SectionPage, before: str | None = None, size: int = PAGE_SIZE) -> Listing:
    """Return the articles of *section* after the cursor *before*. Raises CursorError."""
    return _listing(ArticlePage.objects.for_readers().child_of(section), before=before, size=size, sections=[section])


def articles_by(author: AuthorPage, before: str | None = None, size: int = PAGE_SIZE) -> Listing:
    """Return what *author*, on whichever language's page, wrote for this page's tree. Raises CursorError."""
    bylines = ArticleAuthor.objects.filter(author__translation_key=author.translation_key)
    articles = ArticlePage.objects.for_readers().filter(locale=author.locale_id, pk__in=bylines.values("article"))
    return _listing(articles, before=before, size=size)


def articles_about(topic: TopicPage, before: str | None = None, size: int = PAGE_SIZE) -> Listing:
    """Return what this page's tree has about *topic*, on whichever language's page. Raises CursorError."""
    topics = TopicPage.objects.filter(translation_key=topic.translation_key)
    articles = ArticlePage.objects.for_readers().filter(locale=topic.locale_id, pk__in=topics.values("articles"))
    return _listing(articles, before=before, size=size)


def articles_of_month(
    locale: Locale, year: int, month: int, before: str | None = None, size: int = PAGE_SIZE
) -> Listing:
    """Return what was published in a month of the site's time zone. Raises CursorError, or ValueError for no month."""
    begin, end = _month_begins(year, month), _month_begins(year + month // 12, month % 12 + 1)
    articles = ArticlePage.objects.for_readers().filter(locale=locale, published_at__gte=begin, published_at__lt=end)
    return _listing(articles, before=before, size=size)


def _month_begins(year: int, month: int) -> datetime:
    return datetime(year, month, 1, tzinfo=timezone.get_current_timezone())


def archive_months(locale: Locale) -> list[date]:
    """Return the first day of every month in which something was published, the newest first; one query."""
    months = ArticlePage.objects.for_readers().filter(locale=locale).datetimes("published_at", "month", order="DESC")
    return [month.date() for month in months]


def front_page(home: HomePage) -> FrontPage:
    """Return the front page of *home*'s language; a section without stories is left out."""
    sections = sections_of(home)
    stories = cards(_newest_of_each(sections), sections=sections)
    if not stories:
        return FrontPage()
    shown = {story.pk for story in stories[: FRONT_LEADS + 1]}
    below = [
        (section, [story for story in stories if story.section == section and story.pk not in shown])
        for section in sections
    ]
    return FrontPage(
        lead=stories[0],
        leads=stories[1 : FRONT_LEADS + 1],
        sections=[(section, few[:FRONT_PER_SECTION]) for section, few in below if few],
    )


def _newest_of_each(sections: list[SectionPage]) -> ArticleQuerySet:
    """Return as many of the newest articles of each section as a front page can use, the newest first."""
    place = Window(
        RowNumber(),
        partition_by=Substr("path", 1, SectionPage.steplen * 3),  # root, home, section
        order_by=[F("published_at").desc(), F("pk").desc()],
    )
    inside = Q(pk__in=[])
    for section in sections:
        inside |= Q(path__startswith=section.path)
    articles = ArticlePage.objects.for_readers().filter(inside).annotate(place=place)
    return articles.filter(place__lte=1 + FRONT_LEADS + FRONT_PER_SECTION).newest_first()


def search_articles(locale: Locale, text: str, page: int = 1, size: int = PAGE_SIZE) -> tuple[list[ArticlePage], int]:
    """Return the stories of a language's tree that all words of *text* are in, best first, and how many there are.

    *page* counts from 1; beyond the last one both are nothing.
    """
    words = _words(text[:SEARCH_MAXIMUM_CHARACTERS])
    if not words:
        return [], 0
    found = ArticlePage.objects.search(" ".join(words), operator="and").get_queryset()
    found = bare_cards(found).for_readers().filter(locale=locale).annotate(total=Window(Count("*")))
    first = (page - 1) * size
    stories = filled_cards(list(found[first : first + size]))
    return stories, stories[0].total if stories else 0


def _words(text: str) -> list[str]:
    """Return the words in *text*, without signs: the index has none, and some are orders to a search engine."""
    return "".join(char if category(char)[0] in "LMN" else " " for char in text).split()
