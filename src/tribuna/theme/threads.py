"""Comments as HTML, each with its replies inside."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache, partial
from html import escape
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.safestring import SafeString

from tribuna.comments.queries import Node, Shown, thread_page
from tribuna.press.actions import fragment
from tribuna.theme.dates import time_writer
from tribuna.theme.stencils import look, stencil

_TEMPLATES = ("comments/_comment.html", "comments/_pinned.html")
_escaped = lru_cache(maxsize=4096)(escape)  # names and languages come again and again


def comment_list(nodes: Iterable[Node], *, page_pk: int, takes_replies: bool, level: str = "h3") -> SafeString:
    """Return a list of comments with the lists of their replies inside. *level* is the element of each heading."""
    filled = stencil(_TEMPLATES[0], level=level, takes_replies=takes_replies)
    time = time_writer("DATETIME_FORMAT")

    def item(node: Node) -> str:
        own = filled(_words(node, page_pk, time))
        return f"<li>{own}{listed(node.replies) if node.replies else ''}</li>"

    def listed(nodes: Iterable[Node]) -> str:
        return f'<ol class="comments">{"".join(map(item, nodes))}</ol>'

    return SafeString(listed(nodes))


class FirstPage(NamedTuple):
    """The first page of a thread, as HTML, with what is said around it."""

    total: int  # visible comments of the whole thread
    next_cursor: str | None
    pinned: SafeString  # empty: none is
    comments: SafeString


def first_page(page_pk: int, *, takes_replies: bool) -> FirstPage:
    """Return the first page of a thread, newest conversations first. While a page is printed its parts are stored."""
    size = settings.TRIBUNA_COMMENTS_PER_PAGE
    name = f"comments:{page_pk} {takes_replies} {size} {look(*_TEMPLATES)}"
    head, _, html = fragment(name, partial(_first_page, page_pk, takes_replies)).partition("\n")
    total, next_cursor, length = json.loads(head)
    return FirstPage(total, next_cursor, SafeString(html[:length]), SafeString(html[length:]))


def _first_page(page_pk: int, takes_replies: bool) -> str:
    """Return a line of facts, and below it the pinned comment and the others."""
    thread = thread_page(page_pk)
    pinned = pinned_comment(thread.pinned) if thread.pinned else ""
    listed = comment_list(thread.nodes, page_pk=page_pk, takes_replies=takes_replies) if thread.nodes else ""
    return f"{json.dumps([thread.total, thread.next_cursor, len(pinned)])}\n{pinned}{listed}"


def pinned_comment(comment: Shown) -> SafeString:
    """Return the comment that the newsroom has pinned, as it stands above all others."""
    words = {
        "pk": comment.pk,
        "name": _escaped(comment.name),
        "lang": _escaped(comment.lang),
        "text": comment.body_html,
        "time": time_writer("DATETIME_FORMAT")(comment.created_at),
        "by_newsroom": comment.by_newsroom,
    }
    return stencil(_TEMPLATES[1])(words)


def _words(node: Node, page_pk: int, time: Callable[[date], str]) -> dict[str, Any]:
    """Return what is said in a comment, as HTML."""
    comment = node.comment
    answered = comment.answers
    return {
        "pk": comment.pk,
        "page_pk": page_pk,
        "name": _escaped(comment.name),
        "lang": _escaped(comment.lang),
        "text": comment.body_html,
        "time": time(comment.created_at),
        "answers_here": node.answers_here,
        "answered_pk": answered and answered.pk,
        "answered": answered and _escaped(answered.name),
        "edited": comment.edited_at and time(comment.edited_at),
        "by_newsroom": comment.by_newsroom,
        "is_answered": comment.is_answered,
        "respect": str(comment.respect or ""),
        "goes_on": node.goes_on,
    }
