"""Finding pages: by address, by place in the tree, by language."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from django.db.models import Exists, Q
from wagtail.models import Locale, Page, PageViewRestriction

from tribuna.newsroom.models import (
    ArticlePage,
    AuthorIndexPage,
    AuthorPage,
    HomePage,
    NewsPage,
    SectionPage,
    TopicIndexPage,
    TopicPage,
)
from tribuna.newsroom.queries.pictures import pictures_of

_KINDS = [
    kind._meta.model_name
    for kind in (HomePage, SectionPage, ArticlePage, AuthorIndexPage, AuthorPage, TopicIndexPage, TopicPage)
]


def find_page(path: str, *, root_path: str) -> NewsPage | None:
    """Return the live page at *path* under the home page whose ``url_path`` is *root_path*; one query.

    *path* is what Wagtail's serving view gets: steps, each with a slash after it. The pages above it come along as
    ``get_parent()``, and those that ``versions_of`` returns. None when there is no such page.
    """
    address = root_path + path
    steps = [address[: place + 1] for place in range(len(root_path) - 1, len(address)) if address[place] == "/"]
    keys = Page.objects.filter(_at([address])).values("translation_key")
    rows = (
        Page.objects.filter(_at(steps) | Q(translation_key__in=keys))
        .select_related("content_type", "locale", "alias_of__locale", *_KINDS)
        .annotate(may_be_private=Exists(PageViewRestriction.objects.all()))
        .order_by()
    )
    pages = {row.url_path: _of_its_kind(row) for row in rows}
    way = [pages[step] for step in steps if step in pages]
    if len(way) < len(steps) or not way[-1].live:
        return None
    page: NewsPage = way[-1]
    for above, below in pairwise(way):
        below._cached_parent_obj = above
    versions = [each for each in pages.values() if each.live and each.translation_key == page.translation_key]
    page._versions = sorted(versions, key=lambda version: version.locale.language_code)
    return page


def _at(addresses: list[str]) -> Q:
    """Pages with one of these values of ``url_path``; the slugs are there because they have an index."""
    return Q(url_path__in=addresses, slug__in={address.rsplit("/", 2)[-2] for address in addresses})


def _of_its_kind(row: Page) -> Page:
    """Return *row*, which was read together with all kinds of pages, as the kind that it is."""
    kind = row.content_type.model
    page: Page = getattr(row, kind, row) if kind in _KINDS else row
    page.may_be_private = getattr(row, "may_be_private", True)
    return page


def sections_of(place: Locale | Page) -> list[SectionPage]:
    """Return the live sections in the language of *place*, in the order the editors gave them; one query."""
    return list(SectionPage.objects.live().filter(locale_id=_locale_id(place)).order_by("path"))


def children_of(page: Page) -> list[Page]:
    """Return the live pages right under *page*, each as the kind that it is: sections and lists, authors, or topics.

    One query, and one for the portraits of authors, which are ready to print. By name, but as the editors ordered them
    under a front page.
    """
    order = "path" if isinstance(page, HomePage) else "title"
    rows = Page.objects.live().child_of(page).select_related("content_type", *_KINDS).order_by(order)
    children = [_of_its_kind(row) for row in rows]
    authors = [child for child in children if isinstance(child, AuthorPage)]
    portraits = pictures_of(author.portrait_id for author in authors)
    for author in authors:
        author.portrait = portraits.get(author.portrait_id)
    return children


def _locale_id(place: Locale | Page) -> int:
    locale_id: int = place.pk if isinstance(place, Locale) else place.locale_id
    return locale_id


def versions_of(page: NewsPage) -> list[NewsPage]:
    """Return *page* and its live translations, aliases too: one for each interface language that shows it."""
    versions = getattr(page, "_versions", None)
    if versions is None:
        translations = type(page).objects.live().filter(translation_key=page.translation_key)
        versions = list(translations.select_related("locale", "alias_of__locale").order_by("locale__language_code"))
        page._versions = versions
    return versions


def translations_of(page: NewsPage) -> list[tuple[str, NewsPage]]:
    """Return (language code, page) for each version in the language of its address: the hreflang set."""
    own = [version for version in versions_of(page) if version.language == version.locale.language_code]
    return [(version.language, version) for version in own]


def in_locale(pages: Iterable[Page], locale_id: int) -> dict[int, Page]:
    """Return what stands for each of *pages*, by primary key: its live translation in that locale, else itself.

    No query when all of them are of that locale, else one.
    """
    chosen = {page.pk: page for page in pages}
    foreign = {page.translation_key for page in chosen.values() if page.locale_id != locale_id}
    if not foreign:
        return chosen
    rows = Page.objects.live().filter(locale_id=locale_id, translation_key__in=foreign)
    local = {row.translation_key: _of_its_kind(row) for row in rows.select_related("content_type", *_KINDS)}
    return {
        pk: page if page.locale_id == locale_id else local.get(page.translation_key, page)
        for pk, page in chosen.items()
    }
