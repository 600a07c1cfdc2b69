"""Comments as they are shown: each with the replies that stand below it on the same page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

SHOWN_LEVELS = 4  # what is deeper stands on a page of its branch, to which the fourth leads


class Answered(NamedTuple):
    """A visible comment that another one answers, as far as it is shown there."""

    pk: int
    name: str


class Shown(NamedTuple):
    """A visible comment, as far as it is shown: of fifty on a page, each stored field would count."""

    pk: int
    root_id: int | None
    depth: int
    path: bytes
    created_at: datetime
    name: str
    lang: str
    body_html: str  # empty: withdrawn, and only its place is kept
    edited_at: datetime | None
    by_newsroom: bool
    is_answered: bool
    respect: int
    answers: Answered | None


@dataclass(slots=True)
class Node:
    """A visible comment in a page of a thread, and those shown below it."""

    comment: Shown
    level: int  # 0 to SHOWN_LEVELS - 1
    answers_here: bool  # the comment it answers stands on the same page
    replies: list[Node] = field(default_factory=list)
    goes_on: bool = False  # replies are deeper than what is shown here: a page of the branch has them


def nested(rows: list[Shown], *, top: int = 0) -> list[Node]:
    """Return *rows* nested. *top* is the depth of the first level.

    What is deeper than the last level is left to the page of its branch, if what leads there stands on this page.
    """
    ids = {comment.pk for comment in rows}
    first: list[Node] = []
    above: list[Node] = []
    for comment in rows:
        answers_here = comment.answers is not None and comment.answers.pk in ids
        node = Node(comment, min(comment.depth - top, SHOWN_LEVELS - 1), answers_here)
        while above and not comment.path.startswith(above[-1].comment.path):
            above.pop()
        if above and above[-1].level == SHOWN_LEVELS - 1:
            above[-1].goes_on = True
            ids.discard(comment.pk)
            continue
        (above[-1].replies if above else first).append(node)
        above.append(node)
    return first
