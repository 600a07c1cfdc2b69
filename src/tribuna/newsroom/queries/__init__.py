"""Reads that join. Lists come with everything that a card shows, in a number of queries that doesn't grow with them."""

from tribuna.newsroom.queries.cursors import CursorError
from tribuna.newsroom.queries.listings import (
    FrontPage,
    Listing,
    archive_months,
    articles_about,
    articles_by,
    articles_in,
    articles_of_month,
    front_page,
    search_articles,
)
from tribuna.newsroom.queries.pages import children_of, find_page, sections_of, translations_of, versions_of
from tribuna.newsroom.queries.stories import gather_story, related_to, topics_of

__all__ = [
    "CursorError",
    "FrontPage",
    "Listing",
    "archive_months",
    "articles_about",
    "articles_by",
    "articles_in",
    "articles_of_month",
    "children_of",
    "find_page",
    "front_page",
    "gather_story",
    "related_to",
    "search_articles",
    "sections_of",
    "topics_of",
    "translations_of",
    "versions_of",
]
