"""Reads: what feeds, sitemaps and other documents for machines say, gathered from what the newsroom has published."""

from tribuna.syndication.queries.documents import TWIN, document_addresses
from tribuna.syndication.queries.feeds import (
    FEEDS,
    LANGUAGES,
    desk_of,
    feed_of,
    feed_of_language,
    feed_of_site,
    feeds_showing,
    logos_of,
    picture_of,
)
from tribuna.syndication.queries.sitemaps import address_at, edition_maps, homes_of, news_of, stops_of
from tribuna.syndication.queries.stories import open_sections, page_at, story_at, story_at_address
from tribuna.syndication.queries.terms import terms_of

__all__ = [
    "FEEDS",
    "LANGUAGES",
    "TWIN",
    "address_at",
    "desk_of",
    "document_addresses",
    "edition_maps",
    "feed_of",
    "feed_of_language",
    "feed_of_site",
    "feeds_showing",
    "homes_of",
    "logos_of",
    "news_of",
    "open_sections",
    "page_at",
    "picture_of",
    "stops_of",
    "story_at",
    "story_at_address",
    "terms_of",
]
