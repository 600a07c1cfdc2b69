"""One article, with everything that its page shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from django.db.models import Model, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from wagtail.blocks import StreamValue
from wagtail.rich_text import expand_db_html

from tribuna.newsroom.blocks import PrintedText, at_hand
from tribuna.newsroom.models import ArticlePage, NewsImage, RelatedStory, TopicPage
from tribuna.newsroom.queries.cards import authors_of, bare_cards, cards
from tribuna.newsroom.queries.pages import in_locale
from tribuna.newsroom.queries.pictures import pictures_of

# Stands between paragraphs while their links are looked up together; it can't be typed.
_SEAM = "\x1f"


def gather_story(article: ArticlePage) -> None:
    """Load what the page of a stored *article* shows: names, pictures, the stories it leads to, links in its text.

    Five queries at most, and one more where names or topics are those of another language's tree.
    """
    stories = _stories_around(article)
    article._related = sorted((story for story in stories if story.line), key=lambda story: (story.place, story.line))
    shown = [article, *article._related]
    _fill_names(article, shown)
    pictures = pictures_of({*_picture_ids(article.body), *(story.main_image_id for story in shown)})
    for story in shown:
        story.main_image = pictures.get(story.main_image_id)
    _unpack(article.body, {NewsImage: pictures, ArticlePage: {story.pk: story for story in stories}})


def _stories_around(article: ArticlePage) -> list[ArticlePage]:
    """Return the public stories that *article* recommends, with their ``line`` and ``place``, and its body leads to."""
    lines = RelatedStory.objects.filter(article=article)
    line = lines.filter(story=OuterRef("pk")).annotate(place=Coalesce("sort_order", 0))
    led_to = [item["value"] for item in article.body.raw_data if item["type"] == "read_more"]
    around = ArticlePage.objects.for_readers().filter(Q(pk__in=led_to) | Q(pk__in=lines.values("story")))
    around = around.annotate(line=Subquery(line.values("pk")[:1]), place=Subquery(line.values("place")[:1]))
    return list(bare_cards(around))


def _fill_names(article: ArticlePage, shown: list[ArticlePage]) -> None:
    """Give *article* its topics, and all *shown* their bylines, with pages of its own locale where there are any."""
    authors, topics = authors_of(shown), _chosen_topics(article)
    local = in_locale([*chain(*authors.values()), *topics], article.locale_id)
    article._topics = list(dict.fromkeys(local[topic.pk] for topic in topics))
    for each in shown:
        each.byline = list(dict.fromkeys(local[author.pk] for author in authors[each.pk]))


def _chosen_topics(article: ArticlePage) -> list[TopicPage]:
    return [topic for topic in article.topics.all() if topic.live]


def _picture_ids(body: StreamValue) -> Iterator[int | None]:
    for item in body.raw_data:
        if item["type"] == "image":
            yield item["value"]["image"]
        elif item["type"] == "gallery":
            yield from (picture.get("value", picture)["image"] for picture in item["value"])  # importers store it bare


def _unpack(body: StreamValue, things: Mapping[type[Model], Mapping[int | None, Model]]) -> None:
    """Turn what is stored of *body* into values, with the help of *things* that are at hand."""
    token = at_hand.set(things)
    try:
        paragraphs = [block for block in body if block.block_type == "paragraph"]
    finally:
        at_hand.reset(token)
    sources = [block.value.source.replace(_SEAM, "") for block in paragraphs]
    printed = expand_db_html(_SEAM.join(sources)).split(_SEAM)
    for block, source, html in zip(paragraphs, sources, printed, strict=False):  # of no paragraphs, split makes one
        block.value = PrintedText(source, html)


def related_to(article: ArticlePage) -> list[ArticlePage]:
    """Return the public stories that *article* recommends, in its order."""
    if not hasattr(article, "_related"):
        chosen = [line.story_id for line in article.related.all()]
        found = {story.pk: story for story in cards(ArticlePage.objects.for_readers().filter(pk__in=chosen))}
        article._related = [found[pk] for pk in chosen if pk in found]
    return article._related


def topics_of(article: ArticlePage) -> list[TopicPage]:
    """Return the live topics of *article*, on the pages of its own tree where there are any."""
    if not hasattr(article, "_topics"):
        article._topics = list(dict.fromkeys(in_locale(_chosen_topics(article), article.locale_id).values()))
    return article._topics
