"""What this room adds to Wagtail's admin: a report, and two permissions."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from tribuna.press.views import MAY_LOOK


class PressMenuItem(MenuItem):
    """Leads to the panel."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may look."""
        return request.user.has_perm(MAY_LOOK)


@hooks.register("register_reports_menu_item")
def press_menu_item() -> MenuItem:
    """Stand after Wagtail's own reports."""
    return PressMenuItem(_("Press"), reverse_lazy("press:panel"), name="press", icon_name="doc-full", order=2000)


@hooks.register("register_admin_urls")
def press_urls() -> list[URLResolver]:
    """Put the panel below ``/admin/press/``."""
    return [path("press/", include("tribuna.press.urls"))]


@hooks.register("register_permissions")
def press_permissions() -> QuerySet[Permission]:
    """Let administrators give groups the right to look (view) and to forget (add a purge)."""
    return Permission.objects.filter(content_type__app_label="press", codename__in=["view_purge", "add_purge"])
