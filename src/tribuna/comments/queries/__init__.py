"""What is read of comments. Whatever is shown on a page says so to the press."""

from tribuna.comments.queries.lookups import Drift, Place, drifts, misjudged, place_to_comment, public_page, receipt_for
from tribuna.comments.queries.nesting import SHOWN_LEVELS, Node, Shown
from tribuna.comments.queries.places import branch_place_of, place_of
from tribuna.comments.queries.rules import Rules, rules_of
from tribuna.comments.queries.threads import (
    BranchPage,
    BrokenCursor,
    Sort,
    ThreadPage,
    branch_page,
    comment_counts,
    thread_page,
)

__all__ = [
    "SHOWN_LEVELS",
    "BranchPage",
    "BrokenCursor",
    "Drift",
    "Node",
    "Place",
    "Rules",
    "Shown",
    "Sort",
    "ThreadPage",
    "branch_page",
    "branch_place_of",
    "comment_counts",
    "drifts",
    "misjudged",
    "place_of",
    "place_to_comment",
    "public_page",
    "receipt_for",
    "rules_of",
    "thread_page",
]
