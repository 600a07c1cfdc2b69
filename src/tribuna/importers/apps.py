from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportersConfig(AppConfig):
    name = "tribuna.importers"
    label = "importers"
    verbose_name = _("Import")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tribuna.importers import checks, receivers  # noqa: F401 - registers them
