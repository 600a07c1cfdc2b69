"""Finding pages: by address, by place in the tree, by language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language
from wagtail.models import Locale, Page, Revision

from tribuna.core.prepared import RightNow, prepared
from tribuna.newsroom.models import (
    ArticlePage,
    AuthorIndexPage,
    AuthorPage,
    NewsPage,
    SectionPage,
    TopicIndexPage,
    TopicPage,
)
from tribuna.newsroom.models.pages import is_open
from tribuna.newsroom.queries.frame import Frame
from tribuna.newsroom.queries.pictures import pictures_of
from tribuna.press.actions import lasts_until, shows

# What is read of an alias's original only if somebody asks: all but where it is, and in which language.
_OF_ORIGINAL = [
    f"alias_of__{field.name}"
    for field in Page._meta.concrete_fields
    if field.name not in {"id", "url_path", "locale", "alias_of", "translation_key"}
]
_KINDS_BELOW: dict[type[Page], type[Page]] = {
    SectionPage: ArticlePage,
    AuthorIndexPage: AuthorPage,
    TopicIndexPage: TopicPage,
}


def find_page(path: str, *, frame: Frame, language: str) -> NewsPage | None:
    """Return the page that is open at *path* under the front page in *language*; one query.

    *path* is what Wagtail's serving view gets: steps, each with a slash after it. What ``versions_of`` returns comes
    along. None when there is no such page, or it is of no kind that stands there.
    """
    home = frame.home(language)
    kind = _kind_at(home.url_path + path, frame) if home else None
    if home is None or kind is None:
        return None
    address = home.url_path + path
    versions = _versions_at(address, address.rsplit("/", 2)[-2], kind=kind)
    page = next((version for version in versions if version.url_path == address), None)
    if page is None or not is_open(page):
        return None
    page.may_be_private = frame.may_be_private
    page._versions = [version for version in versions if is_open(version)]
    shows(f"page:{page.original.pk}")  # the canonical address is there
    versions_of(page)
    return page


def _kind_at(address: str, frame: Frame) -> type[Page] | None:
    """Return the kind of the page at this ``url_path``, told from its place in the frame or from the one above it."""
    here, above = frame.at(address), frame.at(address[: address.rstrip("/").rfind("/") + 1])
    return here.kind if here else _KINDS_BELOW.get(above.kind) if above else None


@prepared
def _versions_at(address: str, slug: str, *, kind: type[Page]) -> QuerySet[Page]:
    """Return the page at an address, which is found by its slug because that has an index, and its translations."""
    keys = Page.objects.filter(url_path=address, slug=slug).order_by().values("translation_key")
    pages = kind._default_manager.filter(translation_key__in=keys).defer(*_OF_ORIGINAL)
    return pages.select_related("locale", "alias_of__locale").order_by("locale__language_code")


def sections_of(place: Locale | Page) -> list[SectionPage]:
    """Return the live sections in the language of *place*, in the order the editors gave them; one query."""
    return _sections_in(place.pk if isinstance(place, Locale) else place.locale_id)


@prepared
def _sections_in(locale_id: int) -> QuerySet[SectionPage]:
    return SectionPage.objects.live().filter(locale_id=locale_id).order_by("path")


def children_of(parent: AuthorIndexPage | TopicIndexPage) -> list[Page]:
    """Return the authors, or the topics, that are open below *parent*, by name.

    Two queries, and one for the portraits of authors, which are ready to print.
    """
    show_list(f"list:{parent.pk}")
    children = [child for child in _children(*paths_below(parent), kind=_KINDS_BELOW[type(parent)]) if is_open(child)]
    portraits = pictures_of(getattr(child, "portrait_id", None) for child in children)
    for child in children:
        show_page(child)
        if isinstance(child, AuthorPage):
            child.portrait = portraits.get(child.portrait_id)
    return children


def paths_below(page: Page) -> tuple[str, str]:
    """Return the first and the last value that ``path`` can have right below *page*."""
    return f"{page.path}{'0' * page.steplen}", f"{page.path}{'Z' * page.steplen}"


@prepared
def _children(first: str, last: str, *, kind: type[Page]) -> QuerySet[Page]:
    return kind._default_manager.live().filter(path__gte=first, path__lte=last).order_by("title")


def show_page(page: Page) -> None:
    """Note for the press that *page* is shown here, for as long as it is open."""
    shows(f"page:{page.pk}")
    if is_open(page):
        lasts_until(page.expire_at)


def show_list(tag: str) -> None:
    """Note for the press that the list called *tag* is shown, right until something goes live by the clock; a query."""
    shows(tag)
    lasts_until(next(iter(_next_to_go_live()), None))


@prepared
def _next_to_go_live() -> QuerySet[Revision, datetime]:
    waiting = Revision.objects.filter(approved_go_live_at__gt=RightNow()).order_by("approved_go_live_at")
    return waiting.values_list("approved_go_live_at", flat=True)[:1]


def versions_of(page: NewsPage) -> list[NewsPage]:
    """Return *page* and its translations that are open, aliases too: one for each interface language that shows it."""
    versions = getattr(page, "_versions", None)
    if versions is None:
        translations = type(page).objects.live().filter(translation_key=page.translation_key)
        translations = translations.select_related("locale", "alias_of__locale").order_by("locale__language_code")
        versions = page._versions = [version for version in translations if is_open(version)]
    shows(f"versions:{page.translation_key}")
    for version in versions:
        show_page(version)
    return versions


def translations_of(page: NewsPage) -> list[tuple[str, NewsPage]]:
    """Return (language code, page) for each version in the language of its address: the hreflang set."""
    own = [version for version in versions_of(page) if version.language == version.locale.language_code]
    return [(version.language, version) for version in own]


def in_locale(pages: Iterable[Page], locale_id: int) -> dict[int, Page]:
    """Return what stands for each of *pages*, by primary key: its open translation in that locale, else itself.

    They are authors and topics. No query when all of them are of that locale, else one.
    """
    chosen = {page.pk: page for page in pages}
    foreign = {page.translation_key for page in chosen.values() if page.locale_id != locale_id}
    rows = _in_locale(list(foreign), locale_id) if foreign else []
    local = {row.translation_key: _of_its_kind(row) for row in rows if is_open(row)}
    shows(*(f"versions:{key}" for key in foreign))
    for page in chain(chosen.values(), local.values()):
        show_page(page)
    return {
        pk: page if page.locale_id == locale_id else local.get(page.translation_key, page)
        for pk, page in chosen.items()
    }


@prepared
def _in_locale(keys: list[UUID], locale_id: int) -> QuerySet[Page]:
    pages = Page.objects.live().filter(translation_key__in=keys, locale_id=locale_id).order_by()
    return pages.select_related("authorpage", "topicpage")


def _of_its_kind(row: Page) -> Page:
    kind: Page = getattr(row, "authorpage", None) or getattr(row, "topicpage", row)
    return kind


class Target(NamedTuple):
    """What is known of a page that a link leads to."""

    pk: int
    url_path: str
    live: bool
    expire_at: datetime | None
    translation_key: UUID
    language: str


def targets_of(chosen: list[int]) -> dict[int, Target]:
    """Return where links to the pages *chosen* by primary key lead: to the reader's language where it has the page.

    Those that aren't open are left out. One query for any number of them.
    """
    versions = [Target(*row) for row in _targets(chosen)]
    pages = {page.pk: page for page in versions}
    language = get_language()
    local = {page.translation_key: page for page in versions if is_open(page) and page.language == language}
    shows(*(f"page:{pk}" for pk in {*chosen, *pages}), *(f"versions:{page.translation_key}" for page in versions))
    targets = {pk: local.get(pages[pk].translation_key, pages[pk]) for pk in chosen if pk in pages}
    found = {pk: target for pk, target in targets.items() if is_open(target)}
    for target in found.values():
        lasts_until(target.expire_at)
    return found


@prepared
def _targets(ids: list[int]) -> QuerySet[Page, tuple[Any, ...]]:
    keys = Page.objects.filter(pk__in=ids).order_by().values("translation_key")
    versions = Page.objects.filter(translation_key__in=keys).order_by()
    return versions.values_list(*Target._fields[:-1], "locale__language_code")
