"""One article, with everything that its page shows."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import Page

from tribuna.core.prepared import prepared
from tribuna.newsroom.blocks import Loaded
from tribuna.newsroom.models import ArticlePage, Correction, LivePost, NewsImage, RelatedStory, TopicPage
from tribuna.newsroom.models.pages import is_open
from tribuna.newsroom.queries.bodies import picture_ids, unpack
from tribuna.newsroom.queries.cards import authors_of, bare_cards, filled_cards
from tribuna.newsroom.queries.frame import Frame
from tribuna.newsroom.queries.live import posts_of
from tribuna.newsroom.queries.pages import in_locale, show_page
from tribuna.newsroom.queries.pictures import pictures_of
from tribuna.press.actions import shows


def gather_story(article: ArticlePage, frame: Frame) -> None:
    """Load what the page of a stored *article* shows: names, pictures, corrections, the stories and pages it leads to.

    Six queries at most, one more where names or topics are those of another language's tree, and one for a live blog.
    """
    stories = _stories_around(article)
    article._related = sorted((story for story in stories if story.line), key=lambda story: (story.place, story.line))
    article._corrections = _corrections(article.pk)
    shown = [article, *article._related]
    _fill_names(article, shown)
    pictures = pictures_of({*picture_ids(article.body), *(story.main_image_id for story in shown)})
    for story in shown:
        story.main_image = pictures.get(story.main_image_id)
    around = {story.pk: story for story in stories}
    things: dict[Any, Mapping[int | None, Any]] = {NewsImage: pictures, ArticlePage: around}
    article._posts = posts_of(article)
    bodies = [article.body, *(post.body for post in article._posts)]
    unpack(bodies, Loaded(things, frame.roots if frame.is_whole else None))


def _stories_around(article: ArticlePage) -> list[ArticlePage]:
    """Return the public stories that *article* recommends, with their ``line`` and ``place``, and its body leads to."""
    led_to = [item["value"] for item in article.body.raw_data if item["type"] == "read_more"]
    around = _around(article.pk, led_to)
    shows(*(f"page:{pk}" for pk in {*led_to, *(story.pk for story in around)}))
    return [story for story in around if story.is_public]


@prepared
def _around(article_id: int, led_to: list[int]) -> QuerySet[ArticlePage]:
    lines = RelatedStory.objects.filter(article=article_id)
    line = lines.filter(story=OuterRef("pk")).annotate(place=Coalesce("sort_order", 0))
    named = Page.objects.filter(pk__in=led_to).order_by().values("pk")
    chosen = named.union(lines.order_by().values("story"), all=True)  # for an "or" PostgreSQL reads all articles
    around = ArticlePage.objects.filter(pk__in=chosen).order_by()
    stories: QuerySet[ArticlePage] = bare_cards(around).annotate(
        is_public=Exists(ArticlePage.objects.for_readers().filter(pk=OuterRef("pk"))),
        line=Subquery(line.values("pk")[:1]),
        place=Subquery(line.values("place")[:1]),
    )
    return stories


@prepared
def _corrections(article_id: int) -> QuerySet[Correction]:
    return Correction.objects.filter(article=article_id)


def _fill_names(article: ArticlePage, shown: list[ArticlePage]) -> None:
    """Give *article* its topics, and all *shown* their bylines, with pages of its own locale where there are any."""
    authors, topics = authors_of(shown), _chosen_topics(article.pk)
    local = in_locale([*chain(*authors.values()), *topics], article.locale_id)
    article._topics = list(dict.fromkeys(local[topic.pk] for topic in topics if is_open(topic)))
    for each in shown:
        show_page(each)
        each.byline = list(dict.fromkeys(local[author.pk] for author in authors[each.pk]))


@prepared
def _chosen_topics(article_id: int) -> QuerySet[TopicPage]:
    topics = TopicPage.objects.filter(articles=article_id).order_by("path")
    return topics.only("title", "url_path", "live", "expire_at", "translation_key", "locale")


def related_to(article: ArticlePage) -> list[ArticlePage]:
    """Return the public stories that *article* recommends, in its order."""
    if not hasattr(article, "_related"):
        chosen = [line.story_id for line in article.related.all()]
        stories = filled_cards(list(bare_cards(ArticlePage.objects.for_readers().filter(pk__in=chosen))))
        found = {story.pk: story for story in stories}
        article._related = [found[pk] for pk in chosen if pk in found]
    related: list[ArticlePage] = article._related
    return related


def topics_of(article: ArticlePage) -> list[TopicPage]:
    """Return the topics of *article* that are open, on the pages of its own tree where there are any."""
    if not hasattr(article, "_topics"):
        topics = [topic for topic in article.topics.all() if is_open(topic)]
        article._topics = list(dict.fromkeys(in_locale(topics, article.locale_id).values()))
    shown: list[TopicPage] = article._topics
    return shown


def corrections_of(article: ArticlePage) -> list[Correction]:
    """Return what was wrong in *article*, the latest first."""
    if not hasattr(article, "_corrections"):
        article._corrections = list(article.corrections.all())
    corrections: list[Correction] = article._corrections
    return corrections


def live_posts_of(article: ArticlePage) -> list[LivePost]:
    """Return the posts of the live blog of *article*, the newest first; without one, nothing."""
    if not hasattr(article, "_posts"):
        article._posts = posts_of(article) if article.pk else []
    posts: list[LivePost] = article._posts
    return posts
