"""What is to be known of the press: what it holds and how much that helps, and at which addresses pages stand."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import F, Value
from django.db.models.functions import Least
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from tribuna.press.base import Status
from tribuna.press.models import Purge

PURGES_SHOWN = 20
SECTION_DEPTH = 3  # the root, the front pages, what hangs under them
_UNSTORED = "unstored: "


@dataclass(frozen=True, slots=True)
class Report:
    """What the press of this node holds, and what its fronts have answered since the store was new."""

    store: str  # dotted path
    status: Status
    maximum: int  # bytes
    purges: list[Purge]  # of all nodes, the last ones first

    def count(self, *names: str) -> int:
        """Return how many answers were of these kinds: hit, found, outdated, printed, unstored."""
        return sum(self.status.counts.get(name, 0) for name in names)

    @property
    def stored(self) -> int:
        """Return how many answers were stored pages."""
        return self.count("hit", "found", "outdated")

    @property
    def answers(self) -> int:
        """Return how many answers were counted."""
        return self.stored + self.count("printed", "unstored")

    @property
    def hit_ratio(self) -> float | None:
        """Return the share of answers that were stored pages, from 0 to 1; None before the first answer."""
        return self.stored / self.answers if self.answers else None

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Return why answers were not stored and how often, the most frequent first."""
        found = [(name.removeprefix(_UNSTORED), n) for name, n in self.status.counts.items() if _UNSTORED in name]
        return sorted(found, key=lambda reason: (-reason[1], reason[0]))


def report_of(status: Status) -> Report:
    """Return *status* with what is known besides."""
    purges = list(Purge.objects.order_by("-pk")[:PURGES_SHOWN])
    return Report(settings.TRIBUNA_PRESS_STORE, status, settings.TRIBUNA_PRESS_MAXIMUM_BYTES, purges)


def pages_at(url: str) -> list[Page]:
    """Return the pages, live or not, whose address is *url*, which may be a path alone; one for each site."""
    path = unquote(urlsplit(url).path).rstrip("/") + "/"
    stands = []
    for root in Site.get_site_root_paths():
        with override(root.language_code):
            start = reverse("wagtail_serve", args=[""])
        if path.startswith(start):
            stands.append(f"{root.root_path}{path.removeprefix(start)}")
    return list(Page.objects.filter(url_path__in=stands))


def public_addresses() -> list[str]:
    """Return the address of every page that all readers may see.

    Front pages come first, then what hangs right under them, then all others, the newest first.
    """
    return addresses_of(Page.objects.all())


def addresses_of(pages: PageQuerySet) -> list[str]:
    """Return the addresses of those of *pages* that all readers may see, in the order of ``public_addresses``."""
    sites = Site.objects.all()
    origins = {site.pk: settings.WAGTAILADMIN_BASE_URL if site.is_default_site else site.root_url for site in sites}
    shown = pages.live().public().only("url_path")
    upper_first = Least("depth", Value(SECTION_DEPTH + 1))
    newest_first = F("first_published_at").desc(nulls_last=True)
    known = SimpleNamespace()  # where Wagtail keeps the sites' roots meanwhile
    parts = [page.get_url_parts(known) for page in shown.order_by(upper_first, newest_first, "pk")]
    return [f"{origins[site]}{path}" for site, _root_url, path in filter(None, parts)]
