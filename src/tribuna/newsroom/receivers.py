"""Answers to signals: which query a page shows, which action follows a publication or an upload."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import Http404, HttpRequest
from wagtail.models import Revision
from wagtail.search.index import insert_or_update_object
from wagtail.signals import page_published

from tribuna.newsroom.actions import date_article, describe_image, draw_pictures
from tribuna.newsroom.models import (
    ArticlePage,
    AuthorIndexPage,
    AuthorPage,
    HomePage,
    NewsImage,
    NewsPage,
    SectionPage,
    TopicIndexPage,
    TopicPage,
)
from tribuna.newsroom.queries import (
    CursorError,
    articles_about,
    articles_by,
    articles_in,
    children_of,
    front_page,
    gather_story,
    topics_of,
)
from tribuna.newsroom.signals import page_shown

_LISTINGS = {SectionPage: articles_in, AuthorPage: articles_by, TopicPage: articles_about}


@receiver(page_shown, sender=HomePage)
def show_front(page: HomePage, context: dict[str, Any], **_: Any) -> None:
    """Add the front page's stories."""
    context["front"] = front_page(page)


@receiver(page_shown, sender=SectionPage)
@receiver(page_shown, sender=AuthorPage)
@receiver(page_shown, sender=TopicPage)
def show_listing(
    sender: type[NewsPage],
    page: SectionPage | AuthorPage | TopicPage,
    request: HttpRequest,
    context: dict[str, Any],
    **_: Any,
) -> None:
    """Add the articles of the page, from the place in the address on. Raises Http404 when that is no place."""
    try:
        context["listing"] = _LISTINGS[sender](page, request.GET.get("before"))
    except CursorError as error:
        raise Http404 from error


@receiver(page_shown, sender=AuthorIndexPage)
@receiver(page_shown, sender=TopicIndexPage)
def show_children(page: AuthorIndexPage | TopicIndexPage, context: dict[str, Any], **_: Any) -> None:
    """Add the authors, or the topics."""
    context["children"] = children_of(page)


@receiver(page_shown, sender=ArticlePage)
def show_story(page: ArticlePage, request: HttpRequest, context: dict[str, Any], **_: Any) -> None:
    """Load what the story shows; what is only previewed isn't stored yet, and asks for itself."""
    if not getattr(request, "is_preview", False):
        gather_story(page)
    context["topics"] = topics_of(page)


@receiver(page_published, sender=ArticlePage)
def finish_publication(instance: ArticlePage, revision: Revision | None = None, **_: Any) -> None:
    """Date the story, index it again now that its byline is stored too, and print its pictures in the end."""
    date_article(instance, revision=revision)
    insert_or_update_object(instance)
    transaction.on_commit(partial(draw_pictures, instance))


@receiver(pre_save, sender=NewsImage)
def describe_upload(instance: NewsImage, **_: Any) -> None:
    """Read what a new file says of itself."""
    if instance.file and not instance.file._committed:
        describe_image(instance)
