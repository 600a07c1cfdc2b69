from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemeConfig(AppConfig):
    name = "tribuna.theme"
    label = "theme"
    verbose_name = _("Theme")
