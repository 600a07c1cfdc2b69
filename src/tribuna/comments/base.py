"""What comments need from the rooms above: a page to stand under, and judges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import IntEnum, StrEnum
from typing import Any, Protocol

from django.utils.translation import gettext

AS_THE_SITE_SAYS = ""  # the policy of a page that has none of its own


class Policy(StrEnum):
    """What a page allows its readers to say."""

    OPEN = "open"
    FIRST_HELD = "first"  # a moderator reads the first comment of every author
    PREMODERATED = "premoderated"
    STAFFED = "staffed"  # open while the newsroom is staffed
    CLOSED = "closed"


class Erasure(StrEnum):
    """What of a comment its author wants gone."""

    TEXT = "text"  # with the name; a tombstone keeps the thread
    NAME = "name"  # the text stays, as nobody's


class Closed(StrEnum):
    """Why no comments are taken just now."""

    BY_POLICY = "policy"
    BY_AGE = "age"
    BY_HOUR = "hour"


class Commentable(Protocol):
    """A Wagtail page that readers may comment on. A page without the first attribute takes no comments.

    It may also have ``comments_close_days``, the days after which its comments close (None: as the site says; 0:
    never), and ``published_at``, the moment they are counted from.
    """

    comments_policy: str  # a Policy value, or AS_THE_SITE_SAYS
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


def as_json(reasons: Iterable[Reason]) -> list[dict[str, object]]:
    """Return *reasons* as they are stored: the fields of each."""
    return [asdict(reason) for reason in reasons]


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
    replaces: int | None = None  # the id of the comment whose text this is to replace


class Judge(Protocol):
    """Says whether a draft may be published at once. May read the database; never writes.

    It is asked in the thread of the request that brings the draft, where it may wait for somebody. One that waits for
    nothing but the database may have ``judge_together``, which takes drafts and returns a verdict for each: then it is
    asked about all that came at the same time, while nobody else computes. ``JudgesInTurn`` has one.
    """

    name: str

    def judge(self, draft: Draft) -> Verdict:
        """Return a verdict with its reasons."""
        ...


class JudgesInTurn:
    """Makes of a judge who waits for nobody one who takes many drafts."""

    def judge_together(self: Judge, drafts: Sequence[Draft]) -> list[Verdict]:
        """Return a verdict for each of *drafts*."""
        return [self.judge(draft) for draft in drafts]
