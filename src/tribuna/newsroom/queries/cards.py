"""Articles with everything that a card shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tribuna.newsroom.models import ArticleAuthor, ArticlePage, SectionPage
from tribuna.newsroom.models.articles import ArticleQuerySet
from tribuna.newsroom.queries.pages import in_locale
from tribuna.newsroom.queries.pictures import pictures_of


def bare_cards(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Return *articles* with what tells their languages, and without their bodies."""
    return articles.defer("body").select_related("locale", "alias_of__locale")


def cards(articles: ArticleQuerySet, *, sections: Iterable[SectionPage] | None = None) -> list[ArticlePage]:
    """Return *articles* with section, byline, main image and its renditions.

    Four queries for any number of them; three where the caller has their *sections*.
    """
    return filled_cards(list(bare_cards(articles)), sections=sections)


def filled_cards(articles: list[ArticlePage], *, sections: Iterable[SectionPage] | None = None) -> list[ArticlePage]:
    """Return bare *articles* with the rest of what a card shows."""
    fill_sections(articles, sections=sections)
    fill_bylines(articles)
    fill_main_images(articles)
    return articles


def fill_sections(articles: Iterable[ArticlePage], *, sections: Iterable[SectionPage] | None = None) -> None:
    """Give each article its section, from *sections* or with one query."""
    paths = {article: article.path[: -article.steplen] for article in articles}
    if sections is None:
        sections = SectionPage.objects.filter(path__in=set(paths.values()))
    by_path = {section.path: section for section in sections}
    for article, path in paths.items():
        article.section = by_path[path]


def fill_bylines(articles: list[ArticlePage]) -> None:
    """Give each article its byline, with authors of its own locale where there are any; one query or two."""
    names = defaultdict(list)
    lines = ArticleAuthor.objects.filter(article__in=articles).select_related("author").order_by("sort_order", "pk")
    for line in lines:
        names[line.article_id].append(line.author)
    for locale_id in {article.locale_id for article in articles}:
        ours = [article for article in articles if article.locale_id == locale_id]
        local = in_locale((author for article in ours for author in names[article.pk]), locale_id)
        for article in ours:
            article.byline = [local[author.pk] for author in names[article.pk]]


def fill_main_images(articles: list[ArticlePage]) -> None:
    """Give each article its main image, ready to print; one query."""
    pictures = pictures_of({article.main_image_id for article in articles})
    for article in articles:
        article.main_image = pictures.get(article.main_image_id)
