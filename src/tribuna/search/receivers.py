"""Answers to signals: whatever changes a story, or a name that it is found by, changes the index with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published

from tribuna.newsroom.models import ArticleAuthor, ArticlePage, AuthorPage, TopicPage
from tribuna.newsroom.models.articles import ARTICLE_DEPTH
from tribuna.newsroom.models.pages import being_published
from tribuna.search.actions import catch_up, index_stories, mark_due

# Fields of a page, saved by name, of which the index has something.
_INDEXED = frozenset(
    {
        *("title", "live", "expire_at", "locale", "path", "alias_of"),
        *("kicker", "standfirst", "body", "published_at", "story_language", "page_above"),
    }
)


@receiver(post_save, sender=ArticlePage, dispatch_uid="search.follow_story")
@receiver(post_save, sender=Page, dispatch_uid="search.follow_page")
def follow_story(instance: Page, raw: bool = False, update_fields: Iterable[str] | None = None, **_: Any) -> None:
    """Index a story that was saved, taken down or moved, in the transaction of it. Wagtail moves the bare page."""
    is_seen = update_fields is None or not _INDEXED.isdisjoint(update_fields)
    is_told_later = being_published.get() == instance.pk  # in this transaction, to follow_publication
    if not raw and is_seen and instance.depth == ARTICLE_DEPTH and not is_told_later:
        index_stories([instance.pk])


@receiver(page_published, sender=ArticlePage, dispatch_uid="search.follow_publication")
def follow_publication(instance: ArticlePage, **_: Any) -> None:
    """Index a story, now that its byline and its topics are stored as well."""
    index_stories([instance.pk])


@receiver([post_save, post_delete], sender=ArticleAuthor, dispatch_uid="search.follow_byline")
def follow_byline(instance: ArticleAuthor, raw: bool = False, **_: Any) -> None:
    """Have a story found by who stands in its byline, also where it is stored without being published."""
    if not raw:
        mark_due([instance.article_id])


@receiver(m2m_changed, sender=ArticlePage.topics.through, dispatch_uid="search.follow_choice")
def follow_choice(instance: ArticlePage | TopicPage, **_: Any) -> None:
    """Have a story found by its topics, likewise."""
    mark_due([instance.pk] if isinstance(instance, ArticlePage) else instance.articles.values_list("pk", flat=True))


@receiver(page_published, sender=AuthorPage, dispatch_uid="search.follow_author")
def follow_author(instance: AuthorPage, **_: Any) -> None:
    """Have the stories of an author found by the name as it is now."""
    mark_due(ArticleAuthor.objects.filter(author=instance).values_list("article", flat=True))


@receiver(page_published, sender=TopicPage, dispatch_uid="search.follow_topic")
def follow_topic(instance: TopicPage, **_: Any) -> None:
    """Have the stories about a topic found by its name as it is now."""
    mark_due(instance.articles.values_list("pk", flat=True))


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="search.follow_privacy")
def follow_privacy(**_: Any) -> None:
    """Drop what is private now, and index what is open again."""
    catch_up()
