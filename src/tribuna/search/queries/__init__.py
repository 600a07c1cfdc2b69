"""Reads: what is to be indexed of stories, and what a reader's question finds."""

from tribuna.search.queries.finding import PAGE_SIZE, Asked, Found, Hit, find_stories
from tribuna.search.queries.telling import Told, stories_told

__all__ = ["PAGE_SIZE", "Asked", "Found", "Hit", "Told", "find_stories", "stories_told"]
