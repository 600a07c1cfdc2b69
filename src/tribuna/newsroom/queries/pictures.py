"""Pictures, ready to print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db.models import F, Func, OuterRef, QuerySet, StringAgg, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce

from tribuna.core.prepared import prepared
from tribuna.newsroom.models import NewsImage, NewsRendition
from tribuna.newsroom.models.images import Print
from tribuna.press.actions import shows

_UNSEEN = {"collection_id", "created_at", "uploaded_by_user_id", "file_size", "file_hash", "licence"}
_OF_IMAGE = [field.attname for field in NewsImage._meta.concrete_fields if field.attname not in _UNSEEN]
_OF_RENDITION = ("filter_spec", "focal_point_key", "file", "width", "height")
_FACT, _LINE = "\t", "\n"  # between facts, between lines; no file is called so
_LOADED = frozenset(_OF_IMAGE)


def pictures_of(ids: Iterable[int | None]) -> dict[int | None, NewsImage]:
    """Return images by primary key, each with all that is printed of it, so that showing one asks nothing.

    One query; none without images.
    """
    wanted = {pk for pk in ids if pk is not None}
    shows(*(f"image:{pk}" for pk in wanted))
    pictures: dict[int | None, NewsImage] = {}
    for lines, *fields in _printed(list(wanted)) if wanted else ():
        picture = NewsImage.from_db("default", _LOADED, fields)
        picture.printed = _prints(lines)
        pictures[picture.pk] = picture
    return pictures


@prepared
def _printed(ids: list[int]) -> QuerySet[NewsImage, tuple[Any, ...]]:
    """Return a row for each of the images, with a line for each of its renditions: they are eighteen and more."""
    spec, focal_point, name, width, height = map(F, _OF_RENDITION)
    fact = Value(_FACT, TextField())
    facts = [spec, fact, focal_point, fact, name, fact, Cast(width, TextField()), fact, Cast(height, TextField())]
    line = Func(*facts, template="%(expressions)s", arg_joiner=" || ", output_field=TextField())
    renditions = NewsRendition.objects.filter(image=OuterRef("pk")).order_by().values("image")
    lines = renditions.annotate(lines=StringAgg(line, Value(_LINE), output_field=TextField())).values("lines")
    images = NewsImage.objects.filter(pk__in=ids).order_by()
    annotated = images.annotate(lines=Coalesce(Subquery(lines), Value("", TextField())))
    rows: QuerySet[NewsImage, tuple[Any, ...]] = annotated.values_list("lines", *_OF_IMAGE)
    return rows


@lru_cache(maxsize=4096)
def _prints(lines: str) -> Mapping[tuple[str, str], Print]:
    """Return what the lines of an image's renditions say."""
    facts = (line.split(_FACT) for line in lines.split(_LINE) if line)
    return {
        (spec, focal_point): Print(name, int(width), int(height)) for spec, focal_point, name, width, height in facts
    }
