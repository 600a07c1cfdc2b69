"""Reads that join. Lists come with everything that a card shows, in a number of queries that doesn't grow with them."""

from tribuna.newsroom.queries.bodies import fill_stories
from tribuna.newsroom.queries.cursors import CursorError
from tribuna.newsroom.queries.frame import Frame, Place, frame_of
from tribuna.newsroom.queries.listings import (
    FrontPage,
    Listing,
    archive_months,
    articles_about,
    articles_by,
    articles_in,
    articles_of,
    articles_of_month,
    front_page,
)
from tribuna.newsroom.queries.live import live_story, live_tag, live_version, ready_posts
from tribuna.newsroom.queries.pages import children_of, find_page, sections_of, targets_of, translations_of, versions_of
from tribuna.newsroom.queries.reading import most_read_on
from tribuna.newsroom.queries.stories import corrections_of, gather_story, live_posts_of, related_to, topics_of

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
    "articles_of",
    "articles_of_month",
    "children_of",
    "corrections_of",
    "fill_stories",
    "find_page",
    "frame_of",
    "front_page",
    "gather_story",
    "live_posts_of",
    "live_story",
    "live_tag",
    "live_version",
    "most_read_on",
    "ready_posts",
    "related_to",
    "sections_of",
    "targets_of",
    "topics_of",
    "translations_of",
    "versions_of",
]
