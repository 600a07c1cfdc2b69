"""Pictures, ready to print."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from tribuna.core.prepared import prepared
from tribuna.newsroom.models import NewsImage
from tribuna.newsroom.models.images import Print
from tribuna.press.actions import shows

_UNSEEN = {"collection_id", "created_at", "uploaded_by_user_id", "file_size", "file_hash", "licence"}
_OF_IMAGE = [field.attname for field in NewsImage._meta.concrete_fields if field.attname not in _UNSEEN]
_LOADED = frozenset(_OF_IMAGE)


def pictures_of(ids: Iterable[int | None]) -> dict[int | None, NewsImage]:
    """Return images by primary key, each with all that is printed of it, so that showing one asks nothing.

    One query; none without images.
    """
    wanted = {pk for pk in ids if pk is not None}
    shows(*(f"image:{pk}" for pk in wanted))
    pictures: dict[int | None, NewsImage] = {}
    prints: dict[int, dict[tuple[str, str], Print]] = {}
    for pk, spec, focal_point, name, width, height, *fields in _printed(list(wanted)) if wanted else ():
        if pk not in pictures:
            pictures[pk] = NewsImage.from_db("default", _LOADED, fields)
            pictures[pk].printed = prints[pk] = {}
        prints[pk][spec, focal_point] = Print(name, width, height)
    return pictures


@prepared
def _printed(ids: list[int]) -> QuerySet[NewsImage, tuple[Any, ...]]:
    """Return a row for each rendition of the images; one without values for an image of which nothing is printed."""
    of_rendition = ("filter_spec", "focal_point_key", "file", "width", "height")
    names = ["pk", *(f"renditions__{name}" for name in of_rendition), *_OF_IMAGE]
    rows: QuerySet[NewsImage, tuple[Any, ...]] = NewsImage.objects.filter(pk__in=ids).order_by().values_list(*names)
    return rows
