"""Finding pages: by address, by place in the tree, by language."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists
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
    ``get_parent()``. None when there is no such page, or one of a kind that this room doesn't know.
    """
    address = root_path + path
    addresses = {address[: place + 1] for place in range(len(root_path) - 1, len(address)) if address[place] == "/"}
    rows = (
        Page.objects.filter(slug__in={each.rsplit("/", 2)[-2] for each in addresses}, url_path__in=addresses)
        .select_related("content_type", "locale", "alias_of__locale", *_KINDS)
        .annotate(may_be_private=Exists(PageViewRestriction.objects.all()))
        .order_by("depth")
    )
    above = None
    for row in rows:
        page = _of_its_kind(row)
        page.may_be_private = row.may_be_private
        if above is not None:
            page._cached_parent_obj = above
        above = page
    return above if above is not None and above.live and above.url_path == address else None


def _of_its_kind(row: Page) -> Page:
    """Return *row*, which was read together with all kinds of pages, as the kind that it is."""
    kind = row.content_type.model
    page: Page = getattr(row, kind) if kind in _KINDS else row
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


def in_locale[P: Page](pages: Iterable[P], locale_id: int) -> dict[int, P]:
    """Return what stands for each of *pages*, by primary key: its live translation in that locale, else itself.

    No query when all of them are of that locale, else one for each kind of page.
    """
    pages = list(pages)
    chosen = {page.pk: page for page in pages}
    for kind in {type(page) for page in pages if page.locale_id != locale_id}:
        foreign = {page.translation_key: page.pk for page in pages if isinstance(page, kind)}
        for twin in kind.objects.live().filter(locale_id=locale_id, translation_key__in=foreign):
            chosen[foreign[twin.translation_key]] = twin
    return chosen
