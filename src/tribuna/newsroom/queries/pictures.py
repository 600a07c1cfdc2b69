"""Pictures, ready to print."""

from __future__ import annotations

from collections.abc import Iterable

from tribuna.newsroom.models import NewsImage, NewsRendition


def pictures_of(ids: Iterable[int | None]) -> dict[int | None, NewsImage]:
    """Return images by primary key, each with all its renditions, so that printing one asks nothing.

    One query; another one for images of which nothing has been printed yet, none without images.
    """
    missing = set(ids) - {None}
    pictures: dict[int | None, NewsImage] = {}
    if missing:
        for rendition in NewsRendition.objects.filter(image__in=missing).select_related("image"):
            rendition.image = pictures.setdefault(rendition.image_id, rendition.image)
            rendition.image.__dict__.setdefault("prefetched_renditions", []).append(rendition)
        missing -= pictures.keys()
    if missing:
        for image in NewsImage.objects.filter(pk__in=missing):
            image.prefetched_renditions = []
            pictures[image.pk] = image
    return pictures
