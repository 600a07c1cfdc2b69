"""The facts: comments and their place, the counters of a page, receipts, votes, mail, reports, and settings."""

from tribuna.comments.models.comments import (
    HASH_HEX_DIGITS,
    ID_BYTES,
    LANGUAGE_MAX_CHARACTERS,
    MAX_DEPTH,
    NAME_MAX_CHARACTERS,
    Comment,
    CommentQuerySet,
    State,
    ThreadStat,
    after_branch,
)
from tribuna.comments.models.letters import Alert, Asked, Letter, Pace
from tribuna.comments.models.notices import CITED_MAX_CHARACTERS, Ground, Notice, Outcome
from tribuna.comments.models.receipts import Receipt
from tribuna.comments.models.settings import WEEKDAYS, CommentSettings, read_hours
from tribuna.comments.models.votes import Vote

__all__ = [
    "CITED_MAX_CHARACTERS",
    "HASH_HEX_DIGITS",
    "ID_BYTES",
    "LANGUAGE_MAX_CHARACTERS",
    "MAX_DEPTH",
    "NAME_MAX_CHARACTERS",
    "WEEKDAYS",
    "Alert",
    "Asked",
    "Comment",
    "CommentQuerySet",
    "CommentSettings",
    "Ground",
    "Letter",
    "Notice",
    "Outcome",
    "Pace",
    "Receipt",
    "State",
    "ThreadStat",
    "Vote",
    "after_branch",
    "read_hours",
]
