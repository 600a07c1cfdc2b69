"""Keeping the index as the stories are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import batched

from django.db import connection, transaction
from django.db.models import QuerySet

from tribuna.core.prepared import prepared
from tribuna.newsroom.models import ArticlePage
from tribuna.search.base import Row, place_of, story_text, words_of
from tribuna.search.base.facets import author_facet, edition_facet, language_facet, section_facet, topic_facet
from tribuna.search.models import Entry
from tribuna.search.queries import Told, stories_told
from tribuna.search.stores import shelf_in

STORIES_AT_ONCE = 200


def index_stories(stories: Iterable[int]) -> int:
    """Bring the index up to date for *stories*, by primary key; return how many entries were written or removed.

    What readers may not see, or is there no more, has no entry. Nothing is written where nothing differs.
    """
    return sum([_index(list(some)) for some in batched(stories, STORIES_AT_ONCE)])


@transaction.atomic
def _index(stories: list[int]) -> int:
    known = {entry.story_id: entry for entry in Entry.objects.filter(story__in=stories)}
    rows = {told.pk: _row(told) for told in stories_told(stories)}
    digests = {pk: _digest(row) for pk, row in rows.items()}
    outdated = [pk for pk, entry in known.items() if entry.digest != digests.get(pk)]
    Entry.objects.filter(story__in=outdated).delete()
    written = [row for pk, row in rows.items() if pk in outdated or pk not in known]
    Entry.objects.bulk_create(Entry(id=row.id, story_id=row.story, digest=digests[row.story]) for row in written)
    shelf_in(connection).put(written)
    Entry.objects.filter(story__in=stories, is_due=True).update(is_due=False)
    return len({*outdated, *(row.story for row in written)})


def _row(told: Told) -> Row:
    """Return what is in the index of a story."""
    language = told.language
    names = [title for title, _key in (*told.authors, *told.topics)]
    head = "\n".join([told.kicker, told.standfirst, *names])
    return Row(
        id=place_of(told.published_at, told.pk),
        story=told.pk,
        title=" ".join(words_of(told.title, language)),
        head=" ".join(words_of(head, language)),
        body=" ".join(words_of(story_text(told.body), language)),
        facets=" ".join(_facets(told)),
    )


def _facets(told: Told) -> Iterator[str]:
    yield edition_facet(told.locale_id)
    yield section_facet(told.page_above_id)
    yield language_facet(told.language)
    yield from (author_facet(key) for _title, key in told.authors)
    yield from (topic_facet(key) for _title, key in told.topics)


def _digest(row: Row) -> str:
    return blake2b("\0".join(map(str, row)).encode(), digest_size=16).hexdigest()


def mark_due(stories: Iterable[int]) -> None:
    """Have the clerk write the entries of *stories* again: a name that is in them has changed."""
    for some in batched(stories, STORIES_AT_ONCE):
        Entry.objects.filter(story__in=some).update(is_due=True)


@prepared
def _due() -> QuerySet[Entry, int]:
    return Entry.objects.filter(is_due=True).order_by("id").values_list("story", flat=True)[:STORIES_AT_ONCE]


def index_due() -> int:
    """Write the entries again that are due, a few at once; return how many were. The clerk does it all the time."""
    due = _due()
    if due:
        index_stories(due)
    return len(due)


def catch_up() -> int:
    """Index what was written past us (by an import in bulk), and drop what is over; return how many entries changed."""
    shown = ArticlePage.objects.for_readers().order_by()
    missing = shown.exclude(pk__in=Entry.objects.values("story")).values_list("pk", flat=True)
    surplus = Entry.objects.exclude(story__in=shown.values("pk")).order_by().values_list("story", flat=True)
    return index_stories([*missing, *surplus])
