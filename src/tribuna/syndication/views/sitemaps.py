"""Sitemaps."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from tribuna.newsroom.models.pages import is_open
from tribuna.newsroom.queries import Place, frame_of
from tribuna.syndication.queries import desk_of, edition_maps, news_of, stops_of
from tribuna.syndication.views.answers import document, in_one_language
from tribuna.syndication.writers import sitemaps


@in_one_language
def index(request: HttpRequest) -> HttpResponse:
    """List the sitemaps of all editions, as far as they have anything in them (the XSD wants one entry at least)."""
    origin, maps = desk_of(request).origin, []
    for home, count, changed, has_news in edition_maps(frame_of(request)):
        with override(home.language):
            addresses = [reverse("editions:sitemap", args=[number]) for number in range(1, count + 1)]
            maps += [(f"{origin}{address}", changed) for address in addresses]
            if has_news:
                maps.append((f"{origin}{reverse('editions:news')}", None))
    if not maps:
        raise Http404
    return document(request, sitemaps.index(maps), sitemaps.KIND)


@require_safe
def pages(request: HttpRequest, number: int) -> HttpResponse:
    """Answer with one sitemap of an edition; one without pages is not found."""
    stops = stops_of(_home(request), number, frame_of(request)) if number else []
    if not stops:
        raise Http404
    return document(request, sitemaps.pages(stops), sitemaps.KIND)


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """Answer with what was published in an edition within two days; a sitemap of nothing is none, and not found."""
    stories = news_of(_home(request), frame_of(request))
    if not stories:
        raise Http404
    name = desk_of(request).publisher.name
    return document(request, sitemaps.news(stories, publication=name), sitemaps.KIND)


def _home(request: HttpRequest) -> Place:
    home = frame_of(request).home(get_language() or "")
    if home is None or not is_open(home):
        raise Http404
    return home
