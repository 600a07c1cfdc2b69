"""The posts of a live blog as HTML, and what machines are told of them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tribuna.newsroom.models import ArticlePage, LiveBlog, LivePost
from tribuna.syndication.writers.prose import excerpt, words_of
from tribuna.theme.dates import time_writer
from tribuna.theme.metadata import HEADLINE_CHARACTERS
from tribuna.theme.prose import prose
from tribuna.theme.stencils import stencil
from tribuna.theme.words import lang_within


def post_list(posts: Sequence[LivePost], *, language: str, context: Context) -> SafeString:
    """Return a list of *posts*, in a story in *language*; nothing for none."""
    if not posts:
        return SafeString("")
    filled = stencil("newsroom/_post.html")
    back, time = lang_within(get_language(), language), time_writer("DATETIME_FORMAT")
    items = (
        filled(
            {
                "pk": post.pk,
                "time": time(post.at),
                "title": escape(post.title),
                "lang_back": back,
                "prose": prose(post.body, context),
                "stamp": f"{post.edited_at.timestamp():.6f}",
            }
        )
        for post in posts
    )
    return SafeString(f'<ol class="live-posts" data-live-posts>{"".join(f"<li>{item}</li>" for item in items)}</ol>')


def live_words(page: ArticlePage, posts: Sequence[LivePost], context: Context) -> dict[str, Any]:
    """Return the words for the live blog of *page*; all are empty without one."""
    if page.live_blog == LiveBlog.NONE:
        return {"live": "", "live_url": "", "posts": ""}
    is_followed = page.live_blog == LiveBlog.RUNNING and page.pk
    return {
        "live": "1",
        "live_url": is_followed and reverse("newsroom:live_state", args=[page.pk]),
        "posts": post_list(posts, language=page.language, context=context),
    }


def live_blog_data(page: ArticlePage, posts: Sequence[LivePost], request: HttpRequest) -> dict[str, Any]:
    """Return what makes the NewsArticle of a story with a live blog a LiveBlogPosting (schema.org), as JSON has it.

    Without a live blog nothing. What articles and live blogs have in common is not repeated.
    """
    if page.live_blog == LiveBlog.NONE:
        return {}
    address = page.get_full_url(request) or ""
    moments = [post.at for post in posts] or [moment for moment in [page.published_at] if moment]
    over = {"coverageEndTime": max(moments).isoformat()} if page.live_blog == LiveBlog.OVER and moments else {}
    return {
        "@type": "LiveBlogPosting",
        **({"coverageStartTime": min(moments).isoformat()} if moments else {}),
        **over,
        "liveBlogUpdate": [
            {
                "@type": "BlogPosting",
                "@id": f"{address}#post-{post.pk}",
                "url": f"{address}#post-{post.pk}",
                "headline": post.title or excerpt(str(post.body), maximum=HEADLINE_CHARACTERS - 1),
                "datePublished": post.at.isoformat(),
                "dateModified": max(post.at, post.edited_at).isoformat(),
                "articleBody": words_of(str(post.body)),
            }
            for post in posts
        ],
    }
