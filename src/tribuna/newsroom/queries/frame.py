"""What every page of the site stands in: its sites, their front pages, and the sections and lists right below those.

These pages are few, whatever the newsroom has published, and they are found by their kinds: nothing walks the tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, Exists, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.models.sites import SiteRootPath

from tribuna.core.prepared import RightNow, prepared
from tribuna.newsroom.models import (
    AuthorIndexPage,
    BreakingNews,
    HomePage,
    Publication,
    SectionPage,
    TopicIndexPage,
)
from tribuna.newsroom.models.breaking import breaking_tag
from tribuna.newsroom.models.images import Print
from tribuna.press.actions import lasts_until, remembered, shows
from tribuna.press.base import SITE

_KINDS = {kind._meta.model_name: kind for kind in (HomePage, SectionPage, AuthorIndexPage, TopicIndexPage)}


class Place(NamedTuple):
    """A page of the frame."""

    pk: int
    title: str
    path: str
    url_path: str
    live: bool
    expire_at: datetime | None
    sisters: str  # what its translations share
    language: str
    kind: type[Page]


class Bar(NamedTuple):
    """A line of breaking news."""

    edition: str  # a language code
    text: str
    since: datetime
    until: datetime
    url_path: str | None  # of the story it leads to
    is_live: bool | None
    expire_at: datetime | None
    story: int | None

    @property
    def leads_to(self) -> str | None:
        """The ``url_path`` of the story it leads to, while readers may see that."""
        is_over = self.expire_at is not None and self.expire_at <= timezone.now()
        return self.url_path if self.is_live and not is_over else None


class Logo(NamedTuple):
    """The logo of a site's publication in two sizes."""

    site: int
    image: int
    large: Print
    small: Print


@dataclass(frozen=True, slots=True)
class Frame:
    """The site at a host, all places, and the addresses of all front pages as Wagtail knows them."""

    site: Site | None = None
    places: Sequence[Place] = ()
    roots: Sequence[SiteRootPath] = ()
    is_whole: bool = False  # every site begins with a place, so all front pages are among the roots
    may_be_private: bool = True  # some page of the whole installation is
    bars: Sequence[Bar] = ()  # with breaking news, of all editions, those over left out
    logos: Sequence[Logo] = ()  # of all sites

    def home(self, language: str) -> Place | None:
        """Return the front page of the site in *language*, whether or not it is live."""
        paths = {root.root_path for root in self.roots if self.site and root.site_id == self.site.pk}
        return next((place for place in self.places if place.url_path in paths and place.language == language), None)

    @property
    def logo(self) -> Logo | None:
        """The logo of the site's publication, for a page that shows it."""
        logo = next((logo for logo in self.logos if self.site and logo.site == self.site.pk), None)
        if logo is not None:
            shows(f"image:{logo.image}")
        return logo

    def at(self, url_path: str) -> Place | None:
        """Return the place with this ``url_path``."""
        return next((place for place in self.places if place.url_path == url_path), None)

    def bar(self, language: str) -> Bar | None:
        """Return the bar that is shown in *language* now; what begins or ends next ends the page's lifetime."""
        shows(breaking_tag(language))
        now = timezone.now()
        own = [bar for bar in self.bars if bar.edition == language and bar.until > now]
        shown = [bar for bar in own if bar.since <= now]
        for bar in own:
            lasts_until(bar.until if bar in shown else bar.since)
        if not shown:
            return None
        lasts_until(shown[0].expire_at if shown[0].leads_to else None)
        return shown[0]

    def below(self, home: Place) -> list[Place]:
        """Return what is right below a front page, in the order of the editors."""
        return [place for place in self.places if place is not home and place.path.startswith(home.path)]


def frame_of(request: HttpRequest) -> Frame:
    """Return the frame of the site at the request's host: two queries, more with breaking news or a logo; once for it.

    Wagtail then finds in the request what it would have asked the database, or a cache of an hour, for itself.
    """
    frame: Frame | None = getattr(request, "frame", None)
    if frame is None:
        hostname, _port = split_domain_port(request._get_raw_host())  # type: ignore[attr-defined]
        frame = frame_at(hostname, int(request.get_port()))
        # The first name is ours, the others are Wagtail's.
        request.frame = frame  # type: ignore[attr-defined]
        request._wagtail_site = frame.site  # type: ignore[attr-defined]
        if frame.is_whole:
            request._wagtail_cached_site_root_paths = frame.roots  # type: ignore[attr-defined]
    return frame


def frame_at(hostname: str, port: int) -> Frame:
    """Return the frame of the site at a host; two queries, and none where the press has forgotten none of it since.

    While there is breaking news, or a logo, it is one more.
    """
    sites, frame = remembered("frame", _read)
    return replace(frame, site=_site_at(hostname, port, sites))


def _read() -> tuple[tuple[list[Site], Frame], set[str]]:
    """Return the sites and their frame without one of them, and the tags of all that it is made of."""
    sites = _sites()
    places = [Place._make((*row[:-1], _KINDS[row[-1]])) for row in _places()]
    roots = list(_roots(sites, {place.pk: place for place in places}))
    is_whole = {root.site_id for root in roots} == {site.pk for site in sites}
    bars = [Bar._make(row) for row in _bars()] if any(site.has_bars for site in sites) else []
    logos = list(_logos()) if any(site.has_logos for site in sites) else []
    frame = Frame(None, places, roots, is_whole, any(site.may_be_private for site in sites), bars, logos)
    tags = {breaking_tag(place.language) for place in places} | {f"image:{logo.image}" for logo in logos}
    return (sites, frame), {SITE, *tags, *(f"page:{bar.story}" for bar in bars)}


def _logos() -> Iterator[Logo]:
    for publication in Publication.objects.filter(logo__isnull=False).select_related("logo"):
        if (prints := publication.logo_prints()) is not None:
            yield Logo(publication.site_id, publication.logo_id, *prints)


@prepared
def _bars() -> QuerySet[BreakingNews, tuple[Any, ...]]:
    """Return the bars that are not over, the one that begins last before the others."""
    names = ("edition__language_code", "text", "since", "until")
    of_story = ("story__url_path", "story__live", "story__expire_at", "story_id")
    bars = BreakingNews.objects.filter(until__gt=RightNow()).order_by("-since", "-pk")
    return bars.values_list(*names, *of_story)


@prepared
def _sites() -> QuerySet[Site]:
    may_be_private = Exists(PageViewRestriction.objects.all())
    has_bars = Exists(BreakingNews.objects.filter(until__gt=RightNow()))
    has_logos = Exists(Publication.objects.filter(logo__isnull=False))
    sites = Site.objects.annotate(may_be_private=may_be_private, has_bars=has_bars, has_logos=has_logos)
    return sites.order_by("-root_page__url_path", "-is_default_site", "hostname")


@prepared
def _places() -> QuerySet[Page, tuple[Any, ...]]:
    kinds = {"content_type__app_label": "newsroom", "content_type__model__in": list(_KINDS)}
    key = Cast("translation_key", CharField())
    names = [*Place._fields[:-3], key, "locale__language_code", "content_type__model"]
    return Page.objects.filter(**kinds).order_by("path").values_list(*names)


def _site_at(hostname: str, port: int, sites: list[Site]) -> Site | None:
    """Return the site that answers at a host, by Wagtail's rules: host and port, the default, or the only one there."""
    there = [site for site in sites if site.hostname == hostname]
    default = next((site for site in sites if site.is_default_site), None)
    exact = next((site for site in there if site.port == port), None)
    if exact or default in there:
        return exact or default
    return there[0] if len(there) == 1 else default


def _roots(sites: list[Site], places: dict[int, Place]) -> Iterator[SiteRootPath]:
    """Yield what ``Site.get_site_root_paths`` lists, for the sites that begin with a place."""
    for site in sites:
        root = places.get(site.root_page_id)
        for place in places.values():
            if root and place.sisters == root.sisters:
                yield SiteRootPath(site.pk, place.url_path, site.root_url, place.language)
