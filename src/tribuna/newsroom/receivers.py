"""Answers to signals: which query a page shows, which action follows a publication, an upload or any change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.http import Http404, HttpRequest
from wagtail.documents import get_document_model
from wagtail.models import Locale, Page, PageViewRestriction, Revision, Site, get_page_models
from wagtail.signals import page_published

from tribuna.newsroom.actions import (
    announce_page,
    count_readings,
    date_article,
    describe_image,
    draw_pictures,
    place_article,
)
from tribuna.newsroom.models import (
    ArticlePage,
    AuthorIndexPage,
    AuthorPage,
    BreakingNews,
    HomePage,
    LivePost,
    NewsImage,
    NewsPage,
    Publication,
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
    corrections_of,
    frame_of,
    front_page,
    gather_story,
    live_posts_of,
    live_tag,
    most_read_on,
    topics_of,
)
from tribuna.newsroom.signals import page_shown
from tribuna.press.actions import changed
from tribuna.press.base import Key
from tribuna.press.signals import pages_read

# Fields that no reader ever sees anything of. Wagtail saves them by name, above all with every draft.
_DRAFT_FIELDS = frozenset(
    {
        *("latest_revision", "latest_revision_created_at", "live_revision", "draft_title", "has_unpublished_changes"),
        *("locked", "locked_by", "locked_at", "owner", "numchild"),
    }
)
_FILE_FIELDS = frozenset({"file_size", "file_hash"})
_LISTINGS = {SectionPage: articles_in, AuthorPage: articles_by, TopicPage: articles_about}


@receiver(page_shown, sender=HomePage)
def show_front(page: HomePage, context: dict[str, Any], **_: Any) -> None:
    """Add the front page's stories."""
    context.update(front=front_page(page), most_read=most_read_on(page))


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


@receiver(page_shown, sender=SectionPage)
def show_most_read(page: SectionPage, request: HttpRequest, context: dict[str, Any], **_: Any) -> None:
    """Add what is read most in the section, on the first page of it."""
    context["most_read"] = [] if "before" in request.GET else most_read_on(page)


@receiver(page_shown, sender=AuthorIndexPage)
@receiver(page_shown, sender=TopicIndexPage)
def show_children(page: AuthorIndexPage | TopicIndexPage, context: dict[str, Any], **_: Any) -> None:
    """Add the authors, or the topics."""
    context["children"] = children_of(page)


@receiver(page_shown, sender=ArticlePage)
def show_story(page: ArticlePage, request: HttpRequest, context: dict[str, Any], **_: Any) -> None:
    """Load what the story shows; what is only previewed isn't stored yet, and asks for itself."""
    if not getattr(request, "is_preview", False):
        gather_story(page, frame_of(request))
    context.update(topics=topics_of(page), corrections=corrections_of(page), posts=live_posts_of(page))


@receiver(pages_read, dispatch_uid="newsroom.take_readings")
def take_readings(readings: Mapping[Key, int], **_: Any) -> None:
    """Count what was read; pages of a list further on are no stories, and have a query."""
    paths: Counter[str] = Counter()
    for key, count in readings.items():
        if not key.query:
            paths[key.path] += count  # under whichever host
    count_readings(paths)


# --- publications and uploads -----------------------------------------------------------------------------------------
@receiver(page_published, sender=ArticlePage)
def finish_publication(instance: ArticlePage, revision: Revision | None = None, **_: Any) -> None:
    """Date the story, and print its pictures in the end.

    A story that only waits for its hour is sent too; it comes again when it goes live.
    """
    date_article(instance, revision=revision)
    if instance.live:
        transaction.on_commit(partial(draw_pictures, instance))


@receiver(post_save, sender=Page)
def finish_move(instance: Page, raw: bool = False, **_: Any) -> None:
    """Tell a story the section it stands in now: Wagtail moves and saves the bare page, in one transaction."""
    if not raw:
        place_article(instance)


@receiver(pre_save, sender=NewsImage)
def describe_upload(instance: NewsImage, **_: Any) -> None:
    """Read what a new file says of itself."""
    if instance.file and not instance.file._committed:
        describe_image(instance)


# --- what readers see something else of -------------------------------------------------------------------------------
# Every verb of Wagtail's saves the page, in one transaction with what it says here: publish, unpublish, move, copy,
# a change of slug, an alias that follows its original. So nobody has to know all those verbs.
def announce_withdrawal(
    instance: Page, raw: bool = False, update_fields: Iterable[str] | None = None, **_: Any
) -> None:
    """Say that a page is taken down: it is being saved as a draft, and was live till now."""
    is_draft = not raw and not instance.live and _is_seen(update_fields, _DRAFT_FIELDS)
    if is_draft and Page.objects.filter(pk=instance.pk, live=True).exists():
        announce_page(instance, withdrawn=True)


def announce_save(instance: Page, raw: bool = False, update_fields: Iterable[str] | None = None, **_: Any) -> None:
    """Say that a live page is saved; *raw* is half of one, out of a fixture."""
    if not raw and instance.live and _is_seen(update_fields, _DRAFT_FIELDS):
        announce_page(instance)


def announce_deletion(instance: Page, **_: Any) -> None:
    """Say that a live page goes for good, while its byline is still to be read."""
    if instance.live:
        announce_page(instance, withdrawn=True)


for _kind in get_page_models():
    pre_save.connect(announce_withdrawal, sender=_kind)
    post_save.connect(announce_save, sender=_kind)
    if _kind is not Page:  # sent as well, for the same page
        pre_delete.connect(announce_deletion, sender=_kind)


@receiver(post_save, sender=NewsImage)
def announce_picture(instance: NewsImage, created: bool, update_fields: Iterable[str] | None = None, **_: Any) -> None:
    """Say that a picture, or what is said of it, changed."""
    if not created and _is_seen(update_fields, _FILE_FIELDS):
        changed(f"image:{instance.pk}")


@receiver(post_delete, sender=NewsImage)
def announce_lost_picture(instance: NewsImage, **_: Any) -> None:
    """Say that a picture is gone."""
    changed(f"image:{instance.pk}", withdrawn=True)


@receiver(post_save, sender=LivePost)
def announce_post(instance: LivePost, raw: bool = False, **_: Any) -> None:
    """Say that the live blog of a story has a new post, or another one than before."""
    if not raw:
        changed(live_tag(instance.story_id))


@receiver(post_delete, sender=LivePost)
def announce_lost_post(instance: LivePost, **_: Any) -> None:
    """Say that a post is gone."""
    changed(live_tag(instance.story_id), withdrawn=True)


@receiver(post_save, sender=BreakingNews)
def announce_bar(instance: BreakingNews, raw: bool = False, **_: Any) -> None:
    """Say that every page of an edition has another bar. Its moments are the clock's to watch."""
    if not raw:
        changed(instance.tag)


@receiver(post_delete, sender=BreakingNews)
def announce_lost_bar(instance: BreakingNews, **_: Any) -> None:
    """Say that a bar is gone."""
    changed(instance.tag, withdrawn=True)


@receiver(post_save, sender=get_document_model())
def announce_document(created: bool, update_fields: Iterable[str] | None = None, **_: Any) -> None:
    """Say that a document changed, whose address may stand anywhere; a new one stands nowhere yet."""
    if not created and _is_seen(update_fields, _FILE_FIELDS):
        changed("site")


@receiver(post_delete, sender=get_document_model())
@receiver([post_save, post_delete], sender=Site)
@receiver([post_save, post_delete], sender=Locale)
def announce_site(**_: Any) -> None:
    """Say that every page may look different."""
    changed("site")


@receiver([post_save, post_delete], sender=Publication)
def announce_logo(instance: Publication, **_: Any) -> None:
    """Say that every page may carry another logo, and print it before one does."""
    transaction.on_commit(instance.logo_prints)
    changed("site")


@receiver([post_save, post_delete], sender=PageViewRestriction)
def announce_privacy(**_: Any) -> None:
    """Say that who may read what is another matter now."""
    changed("site", withdrawn=True)


def _is_seen(update_fields: Iterable[str] | None, unseen: frozenset[str]) -> bool:
    """Say whether a save of *update_fields* (None: all) is more than of *unseen* ones."""
    return update_fields is None or not unseen.issuperset(update_fields)
