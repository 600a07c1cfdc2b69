"""What stands in the bodies of stories, and all else that cards lack, for any number of stories at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from django.db.models import F, QuerySet
from wagtail.blocks import StreamValue
from wagtail.rich_text import expand_db_html

from tribuna.core.prepared import prepared
from tribuna.newsroom.blocks import Loaded, PrintedText, at_hand
from tribuna.newsroom.models import ArticlePage, NewsImage, TopicPage
from tribuna.newsroom.queries.cards import bare_cards
from tribuna.newsroom.queries.frame import Frame
from tribuna.newsroom.queries.pages import show_page
from tribuna.newsroom.queries.pictures import pictures_of
from tribuna.press.actions import shows

# Stands between paragraphs while their links are looked up together; it can't be typed.
_SEAM = "\x1f"
_LACKING = (
    *("body", "first_published_at", "last_published_at", "search_description"),
    *("main_image_alt", "main_image_caption"),
)


def fill_stories(stories: Sequence[ArticlePage], frame: Frame) -> None:
    """Give *stories*, which are cards of one locale, what their whole text shows: bodies, topics, dates.

    Three queries for any number of them, and one more each where bodies lead to other stories or to pages.
    """
    lacking = {each.pk: each for each in _lacking([story.pk for story in stories])} if stories else {}
    for story in stories:
        for name in _LACKING:
            setattr(story, name, getattr(lacking[story.pk], name))
    _fill_topics(stories)
    bodies = [story.body for story in stories]
    pictures = pictures_of(chain.from_iterable(picture_ids(body) for body in bodies))
    things: dict[Any, Mapping[int | None, Any]] = {NewsImage: pictures, ArticlePage: _stories_led_to(bodies)}
    unpack(bodies, Loaded(things, frame.roots if frame.is_whole else None))


@prepared
def _lacking(ids: list[int]) -> QuerySet[ArticlePage]:
    return ArticlePage.objects.filter(pk__in=ids).only(*_LACKING).order_by()


def _fill_topics(stories: Sequence[ArticlePage]) -> None:
    for story in stories:
        story._topics = []
    by_id = {story.pk: story for story in stories}
    for topic in _topics(list(by_id)) if by_id else ():
        show_page(topic)
        by_id[topic.of_story]._topics.append(topic)


@prepared
def _topics(ids: list[int]) -> QuerySet[TopicPage]:
    topics = TopicPage.objects.live().filter(articles__in=ids).annotate(of_story=F("articles")).order_by("path")
    return topics.only("title", "live", "expire_at")


def _stories_led_to(bodies: Sequence[StreamValue]) -> dict[int | None, ArticlePage]:
    led_to = sorted({item["value"] for body in bodies for item in body.raw_data if item["type"] == "read_more"})
    shows(*(f"page:{pk}" for pk in led_to))
    stories = list(_public(led_to)) if led_to else []
    for story in stories:
        show_page(story)
    return {story.pk: story for story in stories}


@prepared
def _public(ids: list[int]) -> QuerySet[ArticlePage]:
    return bare_cards(ArticlePage.objects.for_readers().filter(pk__in=ids)).order_by()


def picture_ids(body: StreamValue) -> Iterator[int | None]:
    """Yield the primary keys of the pictures in *body*."""
    for item in body.raw_data:
        if item["type"] == "image":
            yield item["value"]["image"]
        elif item["type"] == "gallery":
            yield from (picture.get("value", picture)["image"] for picture in item["value"])  # importers store it bare


def unpack(bodies: Sequence[StreamValue], loaded: Loaded) -> None:
    """Turn what is stored of *bodies* into values, with what is *loaded*; one query where they have links."""
    token = at_hand.set(loaded)
    try:
        paragraphs = [block for body in bodies for block in body if block.block_type == "paragraph"]
        sources = [block.value.source.replace(_SEAM, "") for block in paragraphs]
        printed = expand_db_html(_SEAM.join(sources)).split(_SEAM)
    finally:
        at_hand.reset(token)
    for block, source, html in zip(paragraphs, sources, printed, strict=False):  # of no paragraphs, split makes one
        block.value = PrintedText(source, html)
