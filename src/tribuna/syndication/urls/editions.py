"""Addresses of an edition, inside ``/<language>/``: those of its pages with a file's name after them."""

from __future__ import annotations

from django.urls import path, re_path

from tribuna.syndication.queries import LANGUAGES
from tribuna.syndication.views import feeds, sitemaps, stories

app_name = "editions"

_FEED = r"(?P<name>rss\.xml|atom\.xml|feed\.json)"
_PAGE = r"(?P<path>(?:[\w-]+/)*)"

urlpatterns = [
    path("sitemap-news.xml", sitemaps.news, name="news"),
    path("sitemap-<int:number>.xml", sitemaps.pages, name="sitemap"),
    re_path(rf"^{LANGUAGES}/(?P<language>[a-z-]+)/{_FEED}$", feeds.language_feed, name="language_feed"),
    re_path(rf"^{_PAGE}{_FEED}$", feeds.page_feed, name="feed"),
    re_path(rf"^{_PAGE}index\.md$", stories.twin, name="twin"),
]
