"""What the databases need besides the rows: the indexes of search and of references, and a look at what came."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from modelsearch.backends import get_search_backends
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment as Remark
from wagtail.models import Page, ReferenceIndex

from tribuna.comments.models import Comment, ThreadStat
from tribuna.importers.actions.sisters import COPY
from tribuna.importers.base import Article, Author, Term
from tribuna.importers.models import Archive, Origin
from tribuna.newsroom.models import ArticleAuthor, ArticlePage, AuthorPage
from tribuna.press.actions import changed
from tribuna.press.base import FRAGMENTS, SITE

PAGES_AT_ONCE = 1_000
BATCHES_WEIGHED = 10  # more would hold back all other writers for too long
_REMARKS = "wagtail_admin_comments"
_PAGES = (Article.kind, Author.kind, Term.kind, COPY)


def settle(archive: Archive, *, watch: Callable[[int], object]) -> None:
    """Enter the pages that came into the indexes, from where the last run got to; *watch* is told how many."""
    new = Origin.objects.filter(archive=archive, pk__gt=archive.settled, kind__in=_PAGES)
    pages = list(new.order_by("pk").values_list("pk", "target"))  # at once: most origins are comments
    for number, some in enumerate(batched(pages, PAGES_AT_ONCE), start=1):
        with transaction.atomic():
            _enter({target for _pk, target in some if target is not None})
            archive.settled = some[-1][0]
            archive.save(update_fields=["settled"])
        watch(len(some))
        if number % BATCHES_WEIGHED == 0 or some[-1] == pages[-1]:
            _weigh_titles()


def _enter(pks: Iterable[int]) -> None:
    by_model: defaultdict[type[Page], list[Page]] = defaultdict(list)
    for page in Page.objects.filter(pk__in=list(pks)).specific():
        by_model[type(page)].append(page)
    articles: list[Any] = by_model.get(ArticlePage, [])
    _bring_remarks([page for pages in by_model.values() for page in pages])
    _bring_bylines(articles)
    for model, pages in by_model.items():
        _refer(model, pages)
    _read_bodies(articles)
    for model, pages in by_model.items():
        for backend in get_search_backends(with_auto_update=True):
            index = backend.get_index_for_model(model)
            index._refresh_title_norms = lambda: None  # SQLite's looks at all rows for it: see _weigh_titles
            index.add_items(model, pages)


def _weigh_titles() -> None:
    """Let SQLite's index of search weigh the titles that are new in it; others have nothing to do."""
    indexes = [backend.get_index_for_model(Page) for backend in get_search_backends(with_auto_update=True)]
    for index in [each for each in indexes if hasattr(each, "_refresh_title_norms")]:
        index._refresh_title_norms()


def _bring_remarks(pages: Sequence[Page]) -> None:
    """Put at hand what editors remarked in the admin, which may name pages too: one query instead of one for each."""
    remarks: defaultdict[int, list[Remark]] = defaultdict(list)
    for remark in Remark.objects.filter(page__in=pages):
        remarks[remark.page_id].append(remark)
    for page in pages:
        setattr(page, _REMARKS, remarks[page.pk])


def _bring_bylines(articles: Sequence[ArticlePage]) -> None:
    """Put at hand what the indexes ask each article for."""
    lines: defaultdict[int, list[ArticleAuthor]] = defaultdict(list)
    bylines = list(ArticleAuthor.objects.filter(article__in=articles))
    authors = AuthorPage.objects.in_bulk({line.author_id for line in bylines})
    for line in bylines:
        line.author = authors[line.author_id]
        lines[line.article_id].append(line)
    for article in articles:
        for name, rows in (("authors", lines[article.pk]), ("related", []), ("corrections", [])):
            setattr(article, name, rows)


@dataclass(frozen=True, slots=True)
class _Read:
    """Stands for a body whose words are known: all that an index asks of a block, and of what is in it."""

    words: list[str]
    value: None = None

    @property
    def block(self) -> _Read:
        """Return what knows the words."""
        return self

    def get_searchable_content(self, _value: None) -> list[str]:
        """Return the words."""
        return self.words


def _read_bodies(articles: Iterable[ArticlePage]) -> None:
    """Read each body once for the index of search, which asks for it once for each of its columns."""
    field = ArticlePage.body.field
    for article in articles:
        article.__dict__[field.name] = [_Read(field.get_searchable_content(article.body))]


def _refer(model: type[Page], pages: Sequence[Page]) -> None:
    """Write down which pages and pictures these name; Wagtail's own way takes two queries for each page."""
    kind = ContentType.objects.get_for_model(model)
    base = ContentType.objects.get_for_model(Page)
    references = [
        ReferenceIndex(
            content_type=kind,
            base_content_type=base,
            object_id=page.pk,
            to_content_type_id=to_kind,
            to_object_id=to_pk,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
        for page in pages
        for to_kind, to_pk, model_path, content_path in set(ReferenceIndex._extract_references_from_object(page))
    ]
    for some in batched(references, PAGES_AT_ONCE):
        ReferenceIndex.objects.bulk_create(some, ignore_conflicts=True)


_GROWING = (Page, ArticlePage, ArticleAuthor, ArticlePage.topics.through, Redirect, Comment, ThreadStat, Origin)


@dataclass
class Looks:
    """Has PostgreSQL look at the tables that grow whenever the number of what came of a kind is four times what it was.

    It plans by what it saw last, and keeps the plans of its own checks of foreign keys. To one that saw a newsroom
    with ten pages, reading all of them for each row seems best, for as long as the run goes on. Its housekeeper
    (autovacuum) comes once a minute, where nobody has dismissed it.
    """

    seen: Counter[str] = field(default_factory=Counter)

    def look(self, kind: str, number: int) -> None:
        """Note that *number* of a *kind* are stored, outside of a transaction."""
        if number > 4 * self.seen[kind]:
            self.seen[kind] = number
            if connection.vendor == "postgresql":  # pragma: no cover - the storage tests run there
                tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in _GROWING)
                with connection.cursor() as cursor:
                    cursor.execute(f"ANALYZE {tables}")


def tell_everybody() -> None:
    """Let PostgreSQL look at what it holds now, and the press forget every page.

    SQLite is not asked to. It counts nothing as a value like any other, and takes the indexes of columns in which most
    rows have nothing (such as what a page is an alias of) for useless from then on: every list would read all pages.
    """
    if connection.vendor == "postgresql":  # pragma: no cover - the storage tests run there
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    changed(SITE, FRAGMENTS)
