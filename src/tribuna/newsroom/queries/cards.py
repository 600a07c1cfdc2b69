"""Articles with everything that a card shows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from tribuna.core.prepared import prepared
from tribuna.newsroom.models import ArticleAuthor, ArticlePage, AuthorPage
from tribuna.newsroom.models.articles import ArticleQuerySet
from tribuna.newsroom.queries.pages import in_locale, show_page
from tribuna.newsroom.queries.pictures import pictures_of

_SHOWN = {"id", "page_ptr_id", "title", "url_path", "live", "expire_at", "translation_key", "locale_id", "is_desk"}
_OF_AUTHOR = [field.attname for field in AuthorPage._meta.concrete_fields if field.attname in _SHOWN]
_OF_CARD = [
    *("title", "url_path", "path", "depth", "live", "expire_at", "translation_key", "locale", "alias_of", "page_above"),
    *("kicker", "standfirst", "published_at", "main_image", "story_language"),
    *("locale__language_code", "alias_of__locale__language_code"),
]


def bare_cards(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Return *articles* with what stands on a card and in the row itself, and without their bodies."""
    bare: ArticleQuerySet = articles.select_related("locale", "alias_of__locale").only(*_OF_CARD)
    return bare


def filled_cards(articles: list[ArticlePage], *, locale_id: int | None = None) -> list[ArticlePage]:
    """Return bare *articles* with byline, main image and its renditions; authors of that locale, or else the first's.

    Two queries for any number of them, and one where an author is of another locale.
    """
    authors = authors_of(articles)
    local = in_locale(chain(*authors.values()), locale_id or articles[0].locale_id) if articles else {}
    pictures = pictures_of(article.main_image_id for article in articles)
    for article in articles:
        show_page(article)
        article.byline = list(dict.fromkeys(local[author.pk] for author in authors[article.pk]))
        article.main_image = pictures.get(article.main_image_id)
    return articles


def authors_of(articles: Sequence[ArticlePage]) -> dict[int, list[AuthorPage]]:
    """Return the authors of each article, by its primary key, as the editors chose them; one query at most."""
    authors: dict[int, list[AuthorPage]] = {article.pk: [] for article in articles}
    known: dict[int, AuthorPage] = {}
    for article_id, pk, *fields in _bylines(list(authors)) if authors else ():
        if pk not in known:
            known[pk] = AuthorPage.from_db("default", _SHOWN, fields)
        authors[article_id].append(known[pk])
    return authors


@prepared
def _bylines(ids: list[int]) -> QuerySet[ArticleAuthor, tuple[Any, ...]]:
    lines = ArticleAuthor.objects.filter(article__in=ids).order_by("sort_order", "pk")
    names = ("article_id", "author_id", *(f"author__{name}" for name in _OF_AUTHOR))
    rows: QuerySet[ArticleAuthor, tuple[Any, ...]] = lines.values_list(*names)
    return rows
