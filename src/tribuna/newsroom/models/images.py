"""Pictures, with what a reader must be told about them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import SimpleNamespace
from typing import NamedTuple

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils.encoding import filepath_to_uri
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter
from wagtail.images.shortcuts import get_renditions_or_not_found
from wagtail.search import index

# The shapes in which pictures are printed. Widths in CSS pixels times density; each in every format of FORMATS.
FORMATS = "format-{avif,webp,jpeg}"
SHAPES = {
    "card": "fill-{400x225,800x450}",
    "lead": "fill-{640x360,1280x720}",
    "story": "width-{640,1280}",
    "portrait": "fill-{120x120,240x240}",
}


def picture_specs(shape: str) -> list[str]:
    """Return the rendition specs of one of SHAPES, as ``NewsImage.get_renditions`` takes them."""
    return list(_specs(SHAPES[shape]))


@lru_cache
def _specs(sizes: str) -> tuple[str, ...]:
    return tuple(Filter.expand_spec([sizes, FORMATS]))


_FOCAL_POINT = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


@lru_cache(maxsize=4096)
def _focal_point_key(spec: str, *focal_point: int | None) -> str:
    """Return what tells renditions of one spec apart: the focal point they were cut around, if they were."""
    key: str = Filter(spec).get_cache_key(SimpleNamespace(**dict(zip(_FOCAL_POINT, focal_point, strict=True))))
    return key


class Print(NamedTuple):
    """A picture in one size and format: the file's name in the storage, its width and height in pixels."""

    name: str
    width: int
    height: int

    @property
    def url(self) -> str:
        """Where the file is."""
        storage = NewsRendition._meta.get_field("file").storage
        if isinstance(storage, FileSystemStorage):  # its own way takes the base apart for each of the many files
            return f"{storage.base_url}{filepath_to_uri(self.name)}"
        url: str = storage.url(self.name)
        return url


class NewsImage(AbstractImage):
    """A picture. Wagtail's ``description`` is the text for those who can't see it, and is called so here."""

    description = models.CharField(
        _("alt text"), max_length=255, blank=True, help_text=_("What the picture shows, for those who can't see it.")
    )
    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_("Who made it, as it is printed. Read from the file when you leave it empty."),
    )
    caption = models.TextField(
        _("caption"),
        blank=True,
        help_text=_("What is to be seen, for all readers. Read from the file when you leave it empty."),
    )
    licence = models.CharField(
        _("licence"), max_length=255, blank=True, help_text=_("Under which terms we may show it. Readers don't see it.")
    )

    # What has been printed of it, by spec and focal point; set where pictures are read for a whole page.
    printed: Mapping[tuple[str, str], Print] | None = None

    admin_form_fields = (
        "title",
        "file",
        "description",
        "caption",
        "credit",
        "licence",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields = [*AbstractImage.search_fields, index.SearchField("caption"), index.SearchField("credit")]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        """The alt text, and never the file's name: a picture without one is announced as decoration."""
        return self.description

    def prints(self, shape: str) -> dict[str, Print]:
        """Return the picture in every size and format of one of SHAPES, by spec. What is missing is printed now."""
        specs = _specs(SHAPES[shape])
        focal_point = [getattr(self, name) for name in _FOCAL_POINT]
        printed = self.printed or {}
        keys = {spec: (spec, _focal_point_key(spec, *focal_point)) for spec in specs}
        if all(key in printed for key in keys.values()):
            return {spec: printed[key] for spec, key in keys.items()}
        renditions = get_renditions_or_not_found(self, specs)
        return {spec: Print(each.file.name, each.width, each.height) for spec, each in renditions.items()}

    def generate_rendition_file(self, filter: Filter, *, source: File[bytes] | None = None) -> ContentFile[bytes]:  # noqa: A002
        """Return the printed picture. Wagtail's temporary file is closed here instead of when somebody collects it."""
        with super().generate_rendition_file(filter, source=source) as file:
            file.seek(0)
            return ContentFile(file.read(), name=file.name)


class NewsRendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(NewsImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="newsroom_one_rendition")
        ]
