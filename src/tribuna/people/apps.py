from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    name = "tribuna.people"
    label = "people"
    verbose_name = _("People")
    default = True
    default_auto_field = "django.db.models.BigAutoField"


class AccountsConfig(WagtailUsersAppConfig):
    """Wagtail's account screens, in words that know no username. Stands in the settings for ``wagtail.users``."""

    default = False
    user_viewset = "tribuna.people.viewsets.StaffViewSet"
