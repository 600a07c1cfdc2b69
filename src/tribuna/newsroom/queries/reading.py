"""What is read most, and which story stands at an address."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import F, QuerySet, Sum
from wagtail.models import Site

from tribuna.core.prepared import prepared
from tribuna.newsroom.models import ArticlePage, DailyReading, HomePage, SectionPage
from tribuna.newsroom.models.pages import address_below
from tribuna.newsroom.queries.cards import bare_cards
from tribuna.newsroom.queries.pages import show_page
from tribuna.press.actions import shows

MOST_READ = 5


def most_read_on(place: HomePage | SectionPage) -> list[ArticlePage]:
    """Return the most read stories, as they were last drawn up for *place*, without byline and picture.

    One query; none where the editors have switched the box off.
    """
    if not place.shows_most_read:
        return []
    shows(f"most-read:{place.pk}")
    stories = _drawn_up(place.pk)
    for story in stories:
        show_page(story)
    return stories


@prepared
def _drawn_up(place_id: int) -> QuerySet[ArticlePage]:
    stories = ArticlePage.objects.for_readers().filter(most_read__place=place_id)
    ranked: QuerySet[ArticlePage] = bare_cards(stories).order_by("most_read__rank")
    return ranked


def most_read_below(place: HomePage | SectionPage, first_day: date) -> list[int]:
    """Return the primary keys of the stories below *place* that were read most since *first_day*; one query."""
    below = ArticlePage.objects.for_readers().filter(path__startswith=place.path).order_by()
    counted = DailyReading.objects.filter(day__gte=first_day, story__in=below.values("pk"))
    sums = counted.values("story").annotate(sum=Sum("count")).order_by(F("sum").desc(), "-story")
    return list(sums.values_list("story", flat=True)[:MOST_READ])


def stories_at(paths: Collection[str]) -> dict[str, int]:
    """Return the primary key of the story at each of *paths*, those of addresses; two queries. Others are left out."""
    places: dict[str, str] = {}
    for root in Site.get_site_root_paths():
        begin = address_below(root.language_code, "")
        for path in paths:
            if path.startswith(begin):
                places.setdefault(root.root_path + path.removeprefix(begin), path)
    slugs = {place.rstrip("/").rpartition("/")[2] for place in places}
    rows = ArticlePage.objects.filter(slug__in=slugs, url_path__in=places).values_list("url_path", "pk")
    return {places[url_path]: pk for url_path, pk in rows}
