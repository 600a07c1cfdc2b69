"""Pictures, with what a reader must be told about them."""

from __future__ import annotations

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter
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
    return Filter.expand_spec([SHAPES[shape], FORMATS])


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
