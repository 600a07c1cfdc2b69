"""What stores keep of a story, and what they are asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Protocol

CEILING = 1_000  # of so many hits the best are told apart; of more, the newest, and those in titles and heads
TITLE, HEAD = 2.0, 1.0  # what the place of a common word is worth
_NUMBER_BITS = 25
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Row(NamedTuple):
    """A story in the index. Words are stems with spaces between; facets are what it may be narrowed down by."""

    id: int
    story: int  # primary key
    title: str
    head: str  # kicker, standfirst, names, topics
    body: str
    facets: str


def place_of(moment: datetime, number: int = 0) -> int:
    """Return the id of the entry of the story with this *number* (primary key) and this publication date.

    Ids are in the order of dates, so that the newest hits are found without looking at the others.
    """
    seconds = (moment - _EPOCH) // timedelta(seconds=1)
    return (seconds << _NUMBER_BITS) | (number & ((1 << _NUMBER_BITS) - 1))


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: words as ``alternatives`` returns them, facets that must all hold, and a span of ids."""

    groups: tuple[tuple[tuple[str, ...], ...], ...] = ()
    facets: tuple[str, ...] = ()
    first: int = -(2**62)
    last: int = 2**62
    is_any: bool = False  # one group is enough

    @property
    def stems(self) -> frozenset[str]:
        """All stems that are asked for."""
        return frozenset(word for group in self.groups for phrase in group for word in phrase)


class Shelf(Protocol):
    """Where one kind of database keeps the words of entries. It goes with the entries' own table and transaction."""

    def put(self, rows: Sequence[Row]) -> None:
        """Keep the words of entries that were just written, and have none yet."""
        ...

    def newest(self, question: Question) -> list[tuple[int, float]]:
        """Return id and worth (more is better) of the newest hits, at most one more than CEILING, in any order.

        Where there are more than CEILING all are worth nothing: their words are too common to tell them apart.
        """
        ...

    def heads(self, question: Question) -> list[tuple[int, float]]:
        """Return id and worth (TITLE, or HEAD) of the newest hits that have the words there, so many of each."""
        ...
