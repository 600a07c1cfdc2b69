"""What the publication itself is known by."""

from __future__ import annotations

import logging
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from tribuna.newsroom.models.images import NewsImage, Print

logger = logging.getLogger(__name__)

# PNG keeps what is transparent. RSS 2.0 has room for 144 by 400 pixels.
_SPECS = ("max-600x600|format-png", "max-144x400|format-png")


@register_setting(icon="image", order=100)
class Publication(BaseSiteSetting):
    """The publication of one site, as machines show it."""

    logo = models.ForeignKey(
        NewsImage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_(
            "Search engines and feed readers show it, and other sites for pages without a picture. At least 112 pixels "
            "high and wide, to be recognised on white."
        ),
    )

    panels: ClassVar = [FieldPanel("logo")]

    class Meta:
        verbose_name = _("publication")

    def logo_prints(self) -> tuple[Print, Print] | None:
        """Return the logo, large and as RSS has room for it; what is missing is printed now.

        None without one, and where its file is gone or broken: no page may fail for that.
        """
        if self.logo is None:
            return None
        try:
            found = self.logo.get_renditions(*_SPECS)
        except (OSError, ValueError):
            logger.warning("The logo could not be printed.", exc_info=True)
            return None
        large, small = (Print(each.file.name, each.width, each.height) for each in map(found.__getitem__, _SPECS))
        return large, small
