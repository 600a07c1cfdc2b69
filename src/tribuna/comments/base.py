"""What comments need from the rooms above: a page to stand under, and judges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any, Protocol

from django.utils.translation import gettext


class Policy(StrEnum):
    """What a page allows its readers to say."""

    OPEN = "open"
    PREMODERATED = "premoderated"
    CLOSED = "closed"


class Commentable(Protocol):
    """A Wagtail page that readers may comment on. A page without the attribute takes no comments."""

    comments_policy: str  # a Policy value
    language: str  # the language the page is written in, a Django language code


class Decision(IntEnum):
    """What a judge says of a draft; the strictest wins."""

    PUBLISH = 0
    HOLD = 1
    REJECT = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in words: an untranslated message id and the values in it, so that each reader gets their own language.

    ``str()`` says it in the active language. The id is a ``%(name)s`` format when there are values, which are stored as
    JSON with the comment's receipt.
    """

    message: str
    values: Mapping[str, Any] = field(default_factory=dict)
    judge: str = ""  # the name of the judge who says so; empty when no judge was asked

    def __str__(self) -> str:
        words = gettext(self.message)
        return words % self.values if self.values else words


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one judge, or all of them together, decided, and why."""

    decision: Decision
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A comment before it is stored: all that a judge may know."""

    page_id: int
    text: str
    name: str
    language: str
    author_ref: str  # keyed hash of the e-mail address; empty without one
    network_ref: str  # keyed hash of the day and the /24 or /48; empty if not known
    is_newcomer: bool  # no published comment under this author_ref, or no author_ref


class Judge(Protocol):
    """Says whether a draft may be published at once. May read the database; never writes."""

    name: str

    def judge(self, draft: Draft) -> Verdict:
        """Return a verdict with its reasons."""
        ...
