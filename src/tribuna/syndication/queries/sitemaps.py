"""The pages of an edition, for search engines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, Max, Q
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

from tribuna.newsroom.models import ArticlePage, AuthorIndexPage, TopicIndexPage
from tribuna.newsroom.models.articles import ArticleQuerySet
from tribuna.newsroom.models.pages import address_of, is_open
from tribuna.newsroom.queries import Frame, Place
from tribuna.newsroom.queries.pages import show_list
from tribuna.press.actions import lasts_until, shows
from tribuna.syndication.base import News, Stop

NEWS_AGE = timedelta(days=2)
NEWS_MAXIMUM = 1_000
_DEPTH_BELOW = 3  # section, article, and one to spare


class EditionMaps(NamedTuple):
    """How many sitemaps an edition has, when something in them last changed, and whether it has one of news."""

    home: Place
    number: int
    changed: datetime | None
    has_news: bool


class _Row(NamedTuple):
    url_path: str
    key: Any
    language: str
    story_language: str | None
    published: datetime | None  # of stories alone
    changed: datetime | None
    expires: datetime | None

    @property
    def is_in_own_language(self) -> bool:
        return not self.story_language or self.story_language == self.language


_FIELDS = (
    *("url_path", "translation_key", "locale__language_code", "articlepage__story_language"),
    *("articlepage__published_at", "last_published_at", "expire_at"),
)


def homes_of(frame: Frame) -> list[Place]:
    """Return the front pages of the site that are open, in the order of the site's languages."""
    homes = [frame.home(language) for language, _name in settings.LANGUAGES]
    return [home for home in homes if home is not None and is_open(home)]


def edition_maps(frame: Frame) -> list[EditionMaps]:
    """Return what there is for each edition; three queries each."""
    maps = []
    for home in homes_of(frame):
        _show_edition(home, frame)
        found = _pages_under(home).aggregate(number=Count("pk"), changed=Max("last_published_at"))
        newest = _news_under(home).aggregate(newest=Max("published_at"))["newest"]
        lasts_until(newest and newest + NEWS_AGE)
        number = -(-found["number"] // settings.TRIBUNA_SITEMAP_PAGES)
        maps.append(EditionMaps(home, number, found["changed"], newest is not None))
    return maps


def stops_of(home: Place, number: int, frame: Frame) -> list[Stop]:
    """Return the pages of the edition's sitemap *number*, from 1, each with its versions; none beyond the last one.

    Aliases stand nowhere: their originals do. Only of a story it is known when it last changed.
    """
    size = settings.TRIBUNA_SITEMAP_PAGES
    for each in homes_of(frame):
        _show_edition(each, frame)
    pages = _pages_under(home).order_by("pk")[(number - 1) * size : number * size]
    rows = [_Row(*row) for row in pages.values_list(*_FIELDS)]
    others = _public_pages().filter(translation_key__in=pages.values("translation_key"))
    versions: dict[Any, dict[str, str]] = {}
    for row in [_Row(*each) for each in others.values_list(*_FIELDS)] if rows else []:
        address = address_at(row.url_path, frame)
        if address and row.is_in_own_language:
            versions.setdefault(row.key, {})[row.language] = address
        lasts_until(row.expires)
    return [_stop(row, versions.get(row.key, {}), frame) for row in rows]


def _stop(row: _Row, versions: dict[str, str], frame: Frame) -> Stop:
    address = address_at(row.url_path, frame) or ""  # it has one: it lies below a front page of this site
    changed = row.published and (row.changed or row.published)
    is_one_of_several = row.is_in_own_language and len(versions) > 1
    return Stop(address, changed, tuple(_with_default(versions)) if is_one_of_several else ())


def _with_default(versions: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the languages with their addresses, and in the end what is for everybody else."""
    yield from sorted(versions.items())
    yield "x-default", versions.get(settings.LANGUAGE_CODE) or min(versions.items())[1]


def news_of(home: Place, frame: Frame) -> list[News]:
    """Return the stories of the last two days, the newest first; two queries."""
    _show_edition(home, frame)
    fields = ("url_path", "title", "story_language", "published_at", "expire_at")
    news = []
    for url_path, title, language, published, expires in (
        _news_under(home).newest_first().values_list(*fields)[:NEWS_MAXIMUM]
    ):
        lasts_until(published + NEWS_AGE)
        lasts_until(expires)
        news.append(News(address_at(url_path, frame) or "", title, language or home.language, published))
    return news


def _news_under(home: Place) -> ArticleQuerySet:
    first = timezone.now() - NEWS_AGE
    news: ArticleQuerySet = ArticlePage.objects.for_readers().filter(below(home), alias_of=None, published_at__gt=first)
    return news


def address_at(url_path: str, frame: Frame) -> str | None:
    """Return the address of a page, with scheme and host; None for one of another site."""
    site = frame.site
    address = site and address_of(url_path, [root for root in frame.roots if root.site_id == site.pk])
    return f"{site.root_url}{address}" if site and address else None


def _pages_under(home: Place) -> PageQuerySet:
    return _public_pages().filter(below(home))


def _public_pages() -> PageQuerySet:
    is_over = Q(expire_at__lte=timezone.now())
    pages: PageQuerySet = Page.objects.live().public().filter(~is_over, alias_of=None).order_by()
    return pages


def below(home: Place) -> Q:
    """Return what is true of the pages of an edition."""
    return Q(path__range=(home.path, f"{home.path}{'Z' * Page.steplen * _DEPTH_BELOW}"))


def _show_edition(home: Place, frame: Frame) -> None:
    """Note for the press that all stories, authors and topics of an edition are shown."""
    lists: Iterable[Place] = [place for place in frame.below(home) if place.kind in {AuthorIndexPage, TopicIndexPage}]
    shows(*(f"list:{place.pk}" for place in lists))
    show_list(f"list:{home.pk}")
