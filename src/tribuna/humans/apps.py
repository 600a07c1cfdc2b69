from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HumansConfig(AppConfig):
    name = "tribuna.humans"
    label = "humans"
    verbose_name = _("Human checks")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tribuna.humans import checks  # noqa: F401
