"""Feeds."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tribuna.newsroom.models import AuthorPage, HomePage, SectionPage, TopicPage
from tribuna.newsroom.queries import frame_of
from tribuna.syndication.base import Channel
from tribuna.syndication.queries import feed_of, feed_of_language, feed_of_site, homes_of, page_at
from tribuna.syndication.views.answers import document, in_one_language
from tribuna.syndication.writers import atom, json_feed, rss

_WRITERS = {"rss.xml": rss, "atom.xml": atom, "feed.json": json_feed}


@require_safe
def page_feed(request: HttpRequest, path: str, name: str) -> HttpResponse:
    """Answer with the newest stories of an edition, a section, an author or a topic. Other pages have no feed."""
    page = page_at(path, request)
    if not isinstance(page, HomePage | SectionPage | AuthorPage | TopicPage):
        raise Http404
    return _answer(request, feed_of(page, name, request), name)


@require_safe
def language_feed(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """Answer with the newest stories of an edition that are written in a language."""
    home = page_at("", request)
    if not isinstance(home, HomePage) or language not in settings.TRIBUNA_STORY_LANGUAGES:
        raise Http404
    return _answer(request, feed_of_language(home, language, name, request), name)


@in_one_language
def site_feed(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with the newest stories of all editions."""
    homes = HomePage.objects.filter(pk__in=[home.pk for home in homes_of(frame_of(request))]).select_related("locale")
    return _answer(request, feed_of_site(homes, name, request), name)


def _answer(request: HttpRequest, channel: Channel, name: str) -> HttpResponse:
    writer = _WRITERS[name]
    # A hub looks for these first (WebSub, 4).
    links = ", ".join([f'<{channel.feed_url}>; rel="self"', *(f'<{hub}>; rel="hub"' for hub in channel.hubs)])
    return document(request, writer.write(channel), writer.KIND, language=channel.language, links=links)
