"""Where documents stand: for printing them before anybody asks."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page, Site

from tribuna.newsroom.models import ArticlePage, AuthorPage, HomePage, SectionPage, TopicPage
from tribuna.newsroom.queries import Frame, Place
from tribuna.newsroom.queries.frame import frame_at
from tribuna.press.queries import addresses_of
from tribuna.syndication.queries.feeds import FEEDS
from tribuna.syndication.queries.sitemaps import below, edition_maps

TWIN = "index.md"
_ALONE = ("robots", "tdm", "licence", "sitemaps", "guide")


def document_addresses() -> list[str]:
    """Return the address of every document that all may see.

    Those of whole sites come first, then sitemaps, feeds, and in the end the Markdown twins, the newest first.
    """
    listed = Page.objects.type((HomePage, SectionPage, AuthorPage, TopicPage))
    stories = Page.objects.filter(articlepage__published_at__isnull=False).exclude(expire_at__lte=timezone.now())
    return [
        *(address for site in Site.objects.order_by("-is_default_site", "pk") for address in _of_site(site)),
        *(f"{address}{name}" for address in addresses_of(listed) for name in FEEDS),
        *(f"{address}{TWIN}" for address in addresses_of(stories)),
    ]


def _of_site(site: Site) -> Iterator[str]:
    origin = settings.WAGTAILADMIN_BASE_URL if site.is_default_site else site.root_url
    paths = [reverse(f"syndication:{name}") for name in _ALONE]
    paths += [reverse("syndication:site_feed", args=[name]) for name in FEEDS]
    yield from (f"{origin}{path}" for path in (*paths, *_of_editions(frame_at(site.hostname, site.port))))


def _of_editions(frame: Frame) -> Iterator[str]:
    for home, number, _changed, has_news in edition_maps(frame):
        with override(home.language):
            yield from (reverse("editions:sitemap", args=[each]) for each in range(1, number + 1))
            if has_news:
                yield reverse("editions:news")
            for language in _languages(home):
                yield from (reverse("editions:language_feed", args=[language, name]) for name in FEEDS)


def _languages(home: Place) -> list[str]:
    """Return the languages that an edition has stories in, and its own."""
    stories = ArticlePage.objects.for_readers().filter(below(home)).order_by()
    found = set(stories.values_list("story_language", flat=True).distinct())
    return [code for code in settings.TRIBUNA_STORY_LANGUAGES if code in found | {home.language}]
