"""What stands around every page: the newsroom's name, its sections, the same page in the other languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page

from tribuna.newsroom.models import HomePage, SectionPage
from tribuna.newsroom.models.pages import address_below, address_of, is_open
from tribuna.newsroom.queries import Frame, Place, frame_of, translations_of, versions_of
from tribuna.syndication.base import Logo
from tribuna.syndication.queries import logos_of, terms_of

PAGE_VIEW = "wagtail_serve"


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
    is_default: bool = False  # where those are sent who read none of the languages


class Rights(NamedTuple):
    """What machines may do with the page: whether mining it is reserved, and where permission is given."""

    is_reserved: bool = True
    policy: str = ""


NOTHING_SAID = Rights()


@dataclass(frozen=True, slots=True)
class Chrome:
    """What stands around every page, in the interface language."""

    name: str
    home_url: str
    sections: tuple[Link, ...] = ()
    indexes: tuple[Link, ...] = ()  # of authors, of topics
    steps: tuple[Link, ...] = ()  # between the front page and the page
    editions: tuple[Version, ...] = ()  # where each language of the interface is to be found
    versions: tuple[Version, ...] = ()  # the page that is shown, in each language it exists in
    breaking: Link | None = None  # news that everybody must see now; without an address where it leads nowhere
    origin: str = ""  # scheme and host of the site
    rights: Rights = NOTHING_SAID
    logo: Logo | None = None


def chrome_of(request: HttpRequest, page: Page | None = None) -> Chrome:
    """Return the chrome of *page*, or of a view without one, in the active language, from frame and versions."""
    language = get_language() or settings.LANGUAGE_CODE
    frame = frame_of(request)
    shown = page if page is not None and _shows_page(request) else None
    home = _home_above(shown, frame) if shown else frame.home(language)
    below = [place for place in frame.below(home) if is_open(place)] if home else []
    sections = [place for place in below if place.kind is SectionPage]
    above = [place for place in below if shown and shown.path != place.path and shown.path.startswith(place.path)]
    return Chrome(
        name=site_name(frame),
        home_url=home_url(language),
        sections=_links(home, sections, page),
        indexes=_links(home, [place for place in below if place not in sections], page),
        steps=_links(home, above, None),
        editions=_editions(request, shown),
        versions=_versions(request, frame, shown) if shown else (),
        origin=frame.site.root_url if frame.site else "",
        rights=_rights(request),
        breaking=_breaking(frame, language),
        logo=logos_of(frame)[0],
    )


def _breaking(frame: Frame, language: str) -> Link | None:
    bar = frame.bar(language)
    path = bar and bar.leads_to
    return bar and Link(bar.text, (address_of(path, frame.roots) or "") if path else "")


def site_name(frame: Frame) -> str:
    """Return the newsroom's name: what the site at the request's host is called, or what the operator says."""
    return (frame.site.site_name if frame.site else "") or settings.WAGTAIL_SITE_NAME


def home_url(language: str) -> str:
    """Return the address of the front page in *language*."""
    return address_below(language, "")


def autonym(code: str) -> str:
    """Return a language's own name for itself, with a capital: Español."""
    name: str = get_language_info(code)["name_local"]
    return name[:1].upper() + name[1:]


def _shows_page(request: HttpRequest) -> bool:
    """Say whether the page itself is at this address, or in a preview, rather than a view about it."""
    match = request.resolver_match
    return match is None or match.view_name == PAGE_VIEW


def _home_above(page: Page, frame: Frame) -> Place | None:
    homes = (place for place in frame.places if place.kind is HomePage)
    return next((home for home in homes if page.path.startswith(home.path)), None)


def _links(home: Place | None, places: Sequence[Place], here: Page | None) -> tuple[Link, ...]:
    """Return links to *places*, which are below *home*, from the page *here*."""
    return _menu(home, tuple(places), tuple(_current(place, here) for place in places)) if home else ()


@lru_cache(maxsize=1024)
def _menu(home: Place, places: tuple[Place, ...], current: tuple[str, ...]) -> tuple[Link, ...]:
    return tuple(
        Link(place.title, address_below(home.language, place.url_path[len(home.url_path) :]), how)
        for place, how in zip(places, current, strict=True)
    )


def _current(place: Place, here: Page | None) -> str:
    if here is None or not here.path.startswith(place.path):
        return ""
    return "page" if here.pk == place.pk else "true"


def _rights(request: HttpRequest) -> Rights:
    terms = terms_of(request)
    return Rights(terms.reserves_training, terms.policy)


def _versions(request: HttpRequest, frame: Frame, page: Page) -> tuple[Version, ...]:
    translations = translations_of(page)
    codes = [code for code, _other in translations]
    default = settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in codes else next(iter(codes), "")
    return tuple(_version(request, frame, code, other, is_default=code == default) for code, other in translations)


def _version(request: HttpRequest, frame: Frame, code: str, page: Page, *, is_default: bool) -> Version:
    url = page.get_url(request) or ""
    address = f"{frame.site.root_url}{url}" if frame.site and url.startswith("/") else url
    return Version(code, autonym(code), url, address, is_current=code == get_language(), is_default=is_default)


def _editions(request: HttpRequest, page: Page | None) -> tuple[Version, ...]:
    """Return the way to this place in every language of the interface; where it doesn't exist, to the front page."""
    urls = {code: home_url(code) for code, _name in settings.LANGUAGES}
    if page:
        versions: list[Any] = versions_of(page)
        urls |= {each.locale.language_code: each.get_url(request) or "" for each in versions}
    elif not _shows_page(request):
        urls = {code: translate_url(request.get_full_path(), code) for code in urls}
    return tuple(Version(code, autonym(code), url, is_current=code == get_language()) for code, url in urls.items())
