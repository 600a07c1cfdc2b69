"""Addresses of whole sites, which have no language in them."""

from __future__ import annotations

from django.urls import path, re_path

from tribuna.syndication.views import feeds, sitemaps, stories, terms

app_name = "syndication"

urlpatterns = [
    path("robots.txt", terms.robots, name="robots"),
    path(".well-known/tdmrep.json", terms.tdm, name="tdm"),
    path("license.xml", terms.licence, name="licence"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("llms.txt", stories.guide, name="guide"),
    re_path(r"^oembed\.(?P<form>json|xml)$", stories.oembed, name="oembed"),
    re_path(r"^(?P<name>rss\.xml|atom\.xml|feed\.json)$", feeds.site_feed, name="site_feed"),
    re_path(r"^(?P<key>[A-Za-z0-9-]{8,128})\.txt$", terms.indexnow_key, name="indexnow_key"),
]
