"""Comments as HTML, each with its replies inside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from tribuna.comments.queries import Node, Shown
from tribuna.theme.dates import time_writer
from tribuna.theme.stencils import stencil

_escaped = lru_cache(maxsize=4096)(escape)  # names and languages come again and again


def comment_list(nodes: Iterable[Node], *, page_pk: int, takes_replies: bool, level: str = "h3") -> SafeString:
    """Return a list of comments with the lists of their replies inside. *level* is the element of each heading."""
    filled = stencil("comments/_comment.html", level=level, takes_replies=takes_replies)
    time = time_writer("DATETIME_FORMAT")

    def item(node: Node) -> str:
        own = filled(_words(node, page_pk, time))
        return f"<li>{own}{listed(node.replies) if node.replies else ''}</li>"

    def listed(nodes: Iterable[Node]) -> str:
        return f'<ol class="comments">{"".join(map(item, nodes))}</ol>'

    return SafeString(listed(nodes))


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
    return stencil("comments/_pinned.html")(words)


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
