"""Reads that join. Lists come with everything that a card shows, in a number of queries that doesn't grow with them."""

from tribuna.newsroom.queries.cursors import CursorError
from tribuna.newsroom.queries.frame import Frame, Place, frame_of
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
from tribuna.newsroom.queries.pages import children_of, find_page, sections_of, targets_of, translations_of, versions_of
from tribuna.newsroom.queries.stories import corrections_of, gather_story, related_to, topics_of

__all__ = [
    "CursorError",
    "Frame",
    "FrontPage",
    "Listing",
    "Place",
    "archive_months",
    "articles_about",
    "articles_by",
    "articles_in",
    "articles_of_month",
    "children_of",
    "corrections_of",
    "find_page",
    "frame_of",
    "front_page",
    "gather_story",
    "related_to",
    "search_articles",
    "sections_of",
    "targets_of",
    "topics_of",
    "translations_of",
    "versions_of",
]
