"""One article, with everything that its page shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tribuna.core.prepared import prepared
from tribuna.newsroom.blocks import Loaded
from tribuna.newsroom.models import ArticlePage, Correction, LivePost, NewsImage, RelatedStory, TopicPage
from tribuna.newsroom.models.articles import ArticleQuerySet
from tribuna.newsroom.models.pages import is_open
from tribuna.newsroom.queries.bodies import picture_ids, unpack
from tribuna.newsroom.queries.cards import authors_of, bare_cards, filled_cards
from tribuna.newsroom.queries.frame import Frame
from tribuna.newsroom.queries.live import posts_of
from tribuna.newsroom.queries.pages import in_locale, show_page
from tribuna.newsroom.queries.pictures import pictures_of
from tribuna.press.actions import shows


def gather_story(article: ArticlePage, frame: Frame) -> None:
    """Load what a stored *article* shows: names, pictures, corrections, the stories and pages that its body leads to.

    Six queries at most, one more where names or topics are those of another language's tree, and one for a live blog.
    The stories it recommends are asked for by ``related_to``.
    """
    article.is_gathered = True
    article._corrections = _corrections(article.pk)
    _fill_names(article)
    pictures = pictures_of({*picture_ids(article.body), article.main_image_id})
    article.main_image = pictures.get(article.main_image_id)
    things: dict[Any, Mapping[int | None, Any]] = {NewsImage: pictures, ArticlePage: _led_to(article)}
    article._posts = posts_of(article)
    bodies = [article.body, *(post.body for post in article._posts)]
    unpack(bodies, Loaded(things, frame.roots if frame.is_whole else None))


def _led_to(article: ArticlePage) -> dict[int | None, ArticlePage]:
    """Return the public stories that the body of *article* leads to, by primary key."""
    ids = [item["value"] for item in article.body.raw_data if item["type"] == "read_more"]
    shows(*(f"page:{pk}" for pk in ids))
    return {story.pk: story for story in _public(ids)} if ids else {}


@prepared
def _public(ids: list[int]) -> QuerySet[ArticlePage]:
    stories: QuerySet[ArticlePage] = bare_cards(ArticlePage.objects.for_readers().filter(pk__in=ids)).order_by()
    return stories


@prepared
def _corrections(article_id: int) -> QuerySet[Correction]:
    return Correction.objects.filter(article=article_id)


def _fill_names(article: ArticlePage) -> None:
    """Give *article* its topics and its byline, with pages of its own locale where there are any."""
    authors, topics = authors_of([article])[article.pk], _chosen_topics(article.pk)
    local = in_locale([*authors, *topics], article.locale_id)
    article._topics = list(dict.fromkeys(local[topic.pk] for topic in topics if is_open(topic)))
    article.byline = list(dict.fromkeys(local[author.pk] for author in authors))
    show_page(article)


@prepared
def _chosen_topics(article_id: int) -> QuerySet[TopicPage]:
    topics = TopicPage.objects.filter(articles=article_id).order_by("path")
    return topics.only("title", "url_path", "live", "expire_at", "translation_key", "locale")


def related_to(article: ArticlePage) -> list[ArticlePage]:
    """Return the public stories that *article* recommends, in its order, with all that a card shows.

    Three queries, four for an article that isn't stored as it is.
    """
    is_stored = getattr(article, "is_gathered", False)
    chosen = _recommended(article.pk) if is_stored else _lines_of(article)
    shows(f"page:{article.pk}", *(f"page:{story.pk}" for story in chosen))
    return filled_cards([story for story in chosen if story.is_public], locale_id=article.locale_id)


def _lines_of(article: ArticlePage) -> list[ArticlePage]:
    """Return the stories that an editor has chosen but perhaps not stored yet."""
    ids = [line.story_id for line in article.related.all()]
    return sorted(_with_privacy(ids), key=lambda story: ids.index(story.pk)) if ids else []


@prepared
def _recommended(article_id: int) -> QuerySet[ArticlePage]:
    """Return the stories that an article recommends, in its order, and with each whether it ``is_public``."""
    lines = RelatedStory.objects.filter(article=article_id).order_by()
    line = lines.filter(story=OuterRef("pk"))
    chosen = _cards_with_privacy(ArticlePage.objects.filter(pk__in=lines.values("story")))
    place = line.annotate(place=Coalesce("sort_order", 0)).order_by("place", "pk")
    ordered: QuerySet[ArticlePage] = chosen.order_by(
        Subquery(place.values("place")[:1]), Subquery(place.values("pk")[:1])
    )
    return ordered


@prepared
def _with_privacy(ids: list[int]) -> QuerySet[ArticlePage]:
    stories: QuerySet[ArticlePage] = _cards_with_privacy(ArticlePage.objects.filter(pk__in=ids)).order_by()
    return stories


def _cards_with_privacy(stories: ArticleQuerySet) -> ArticleQuerySet:
    public = ArticlePage.objects.for_readers().filter(pk=OuterRef("pk"))
    cards: ArticleQuerySet = bare_cards(stories).annotate(is_public=Exists(public))
    return cards


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
