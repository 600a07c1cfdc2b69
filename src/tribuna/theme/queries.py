"""What stands around every page: the newsroom's name, its sections, the same page in the other languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_info, override
from wagtail.models import Page, Site

from tribuna.newsroom.models import HomePage, SectionPage
from tribuna.newsroom.queries import translations_of, versions_of

PAGE_VIEW = "wagtail_serve"
HOME_DEPTH = 2  # right below the root of the tree


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a menu. *current* is a value of ``aria-current``: ``page``, ``true`` or nothing."""

    title: str
    url: str
    current: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A page, or the paper itself, in one language; *title* is that language's own name for itself."""

    code: str
    title: str
    url: str
    address: str = ""  # the same with scheme and host, where the page has a place of its own
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Chrome:
    """What stands around every page, in the interface language."""

    name: str
    home_url: str = "/"
    sections: list[Link] = field(default_factory=list)
    indexes: list[Link] = field(default_factory=list)  # of authors, of topics
    editions: list[Version] = field(default_factory=list)  # where each language of the interface is to be found
    versions: list[Version] = field(default_factory=list)  # the page that is shown, in each language it exists in


def chrome_of(request: HttpRequest | None, page: Page | None = None) -> Chrome:
    """Return the chrome of *page*, or of a view without one, in the active language.

    One query for the sections; one for the front page unless *page* knows those above it; and ``versions_of``.
    """
    language = get_language() or settings.LANGUAGE_CODE
    is_tree = page is not None and _shows_page(request)
    home = _home_above(page) if page and is_tree else _home_in(language)
    children = list(home.get_children().live().select_related("content_type")) if home else []
    sections = [child for child in children if child.content_type.model_class() is SectionPage]
    return Chrome(
        name=site_name(request),
        home_url=home_url(language),
        sections=_links(request, sections, page),
        indexes=_links(request, [child for child in children if child not in sections], page),
        editions=_editions(request, page if is_tree else None),
        versions=[_version(request, code, other) for code, other in translations_of(page)] if page and is_tree else [],
    )


def pages_above(page: Page) -> list[Page]:
    """Return the pages between the front page and *page*, the uppermost first; no query when they are known."""
    steps: list[Page] = []
    while page.depth > HOME_DEPTH + 1:
        page = page.get_parent()
        steps.insert(0, page)
    return steps


def site_name(request: HttpRequest | None) -> str:
    """Return the newsroom's name: what the site at the request's host is called, or what the operator says."""
    site = Site.find_for_request(request)
    return (site.site_name if site else "") or settings.WAGTAIL_SITE_NAME


def home_url(language: str) -> str:
    """Return the address of the front page in *language*."""
    with override(language):
        return reverse(PAGE_VIEW, args=[""])


def autonym(code: str) -> str:
    """Return a language's own name for itself, with a capital: Español."""
    name: str = get_language_info(code)["name_local"]
    return name[:1].upper() + name[1:]


def _shows_page(request: HttpRequest | None) -> bool:
    """Say whether the page itself is at this address, or in a preview, rather than a view about it."""
    match = request.resolver_match if request else None
    return match is None or match.view_name == PAGE_VIEW


def _home_above(page: Page) -> HomePage:
    while page.depth > HOME_DEPTH:
        page = page.get_parent()
    return page if isinstance(page, HomePage) else page.specific


def _home_in(language: str) -> HomePage | None:
    home: HomePage | None = HomePage.objects.live().filter(locale__language_code=language).first()
    return home


def _links(request: HttpRequest | None, pages: list[Page], here: Page | None) -> list[Link]:
    return [Link(page.title, page.get_url(request) or "", _current(page, here)) for page in pages]


def _current(page: Page, here: Page | None) -> str:
    if here is None or not here.url_path.startswith(page.url_path):
        return ""
    return "page" if here.pk == page.pk else "true"


def _version(request: HttpRequest | None, code: str, page: Page) -> Version:
    url, address = page.get_url(request) or "", page.get_full_url(request) or ""
    return Version(code, autonym(code), url, address, is_current=code == get_language())


def _editions(request: HttpRequest | None, page: Page | None) -> list[Version]:
    """Return the way to this place in every language of the interface; where it doesn't exist, to the front page."""
    urls = {code: home_url(code) for code, _name in settings.LANGUAGES}
    if page:
        versions: list[Any] = versions_of(page)
        urls |= {each.locale.language_code: each.get_url(request) or "" for each in versions}
    elif request and not _shows_page(request):
        urls = {code: translate_url(request.get_full_path(), code) for code in urls}
    return [Version(code, autonym(code), url, is_current=code == get_language()) for code, url in urls.items()]
