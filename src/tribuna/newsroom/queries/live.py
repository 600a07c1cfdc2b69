"""The posts of a live blog."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b

from django.db.models import QuerySet

from tribuna.core.prepared import prepared
from tribuna.newsroom.blocks import Loaded
from tribuna.newsroom.models import ArticlePage, LiveBlog, LivePost
from tribuna.newsroom.queries.bodies import unpack
from tribuna.newsroom.queries.frame import Frame
from tribuna.newsroom.queries.pages import show_page
from tribuna.press.actions import shows


def live_story(pk: int) -> ArticlePage | None:
    """Return the story if it has a live blog and readers may see it; one query."""
    story = next(iter(_live_story(pk)), None)
    if story is None or not story.live_blog:
        return None
    show_page(story)
    return story


@prepared
def _live_story(pk: int) -> QuerySet[ArticlePage]:
    stories = ArticlePage.objects.for_readers().filter(pk=pk).select_related("locale", "alias_of__locale")
    bare: QuerySet[ArticlePage] = stories.only(
        *("title", "url_path", "path", "depth", "live", "expire_at", "locale", "alias_of", "translation_key"),
        *("story_language", "live_blog", "locale__language_code", "alias_of__locale__language_code"),
    )
    return bare


def posts_of(story: ArticlePage) -> list[LivePost]:
    """Return the posts of the live blog of *story*, the newest first, as they are stored; one query, none without."""
    if story.live_blog == LiveBlog.NONE:
        return []
    shows(live_tag(story.pk))
    return _posts(story.pk)


@prepared
def _posts(story_id: int) -> QuerySet[LivePost]:
    return LivePost.objects.filter(story=story_id).order_by("-at", "-pk")


def ready_posts(story: ArticlePage, frame: Frame) -> list[LivePost]:
    """Return the posts of *story* with their links looked up: two queries at most."""
    posts = posts_of(story)
    unpack([post.body for post in posts], Loaded({}, frame.roots if frame.is_whole else None))
    return posts


def live_tag(pk: int) -> str:
    """Return what pages carry that show the posts of the story *pk*."""
    return f"live:{pk}"


def live_version(story: ArticlePage) -> str:
    """Return what changes whenever a post of *story* does, or comes, or goes; one query."""
    shows(live_tag(story.pk))
    stamps = [f"{pk}:{edited_at.timestamp()}" for pk, edited_at in _stamps(story.pk)]
    return blake2b(f"{story.live_blog} {stamps}".encode(), digest_size=8).hexdigest()


@prepared
def _stamps(story_id: int) -> QuerySet[LivePost, tuple[int, datetime]]:
    return LivePost.objects.filter(story=story_id).order_by("pk").values_list("pk", "edited_at")
