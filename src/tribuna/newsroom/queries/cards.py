"""Articles with everything that a card shows."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from tribuna.newsroom.models import ArticleAuthor, ArticlePage, AuthorPage, SectionPage
from tribuna.newsroom.models.articles import ArticleQuerySet
from tribuna.newsroom.queries.pages import in_locale
from tribuna.newsroom.queries.pictures import pictures_of


def bare_cards(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Return *articles* with what tells their languages, and without their bodies."""
    bare: ArticleQuerySet = articles.defer("body").select_related("locale", "alias_of__locale")
    return bare


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
    """Give each of *articles*, all of one locale, its byline; one query, and one for authors of another locale."""
    authors = authors_of(articles)
    local = in_locale(chain(*authors.values()), articles[0].locale_id) if articles else {}
    for article in articles:
        article.byline = list(dict.fromkeys(local[author.pk] for author in authors[article.pk]))


def authors_of(articles: list[ArticlePage]) -> dict[int, list[AuthorPage]]:
    """Return the authors of each article, by its primary key, as the editors chose them; one query."""
    authors: dict[int, list[AuthorPage]] = {article.pk: [] for article in articles}
    lines = ArticleAuthor.objects.filter(article__in=articles).select_related("author").order_by("sort_order", "pk")
    for line in lines:
        authors[line.article_id].append(line.author)
    return authors


def fill_main_images(articles: list[ArticlePage]) -> None:
    """Give each article its main image, ready to print; one query."""
    pictures = pictures_of({article.main_image_id for article in articles})
    for article in articles:
        article.main_image = pictures.get(article.main_image_id)
