from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SyndicationConfig(AppConfig):
    name = "tribuna.syndication"
    label = "syndication"
    verbose_name = _("Feeds and machines")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("tribuna.syndication.checks")
        import_module("tribuna.syndication.receivers")
