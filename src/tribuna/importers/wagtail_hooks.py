"""What this room adds to Wagtail's admin: imports, wires, and where a draft is from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from tribuna.importers.actions.wires import hindrance, standing_of
from tribuna.importers.views import PERMISSION
from tribuna.importers.viewsets import WireGroup

register_snippet(WireGroup)


class ImportMenuItem(MenuItem):
    """Leads to the imports."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may import."""
        return request.user.has_perm(PERMISSION)


@hooks.register("register_settings_menu_item")
def import_menu_item() -> MenuItem:
    """Stand below Wagtail's own settings."""
    label = gettext_lazy("Import")
    return ImportMenuItem(label, reverse_lazy("importers:runs"), name="import", icon_name="upload", order=1100)


@hooks.register("register_admin_urls")
def import_urls() -> list[URLResolver]:
    """Put the page below ``/admin/imports/``."""
    return [path("imports/", include("tribuna.importers.urls"))]


@hooks.register("register_permissions")
def import_permissions() -> QuerySet[Permission]:
    """Let administrators give groups the right to import."""
    return Permission.objects.filter(content_type__app_label="importers", codename="import_archives")


@hooks.register("before_edit_page")
def say_where_it_is_from(request: HttpRequest, page: Page) -> None:
    """Tell the editor of a draft which wire it came from, under which terms, and what holds it back."""
    if request.method != "GET":
        return
    origin, warnings = standing_of(page)
    if origin:
        messages.info(request, origin)
    for warning in warnings:
        messages.warning(request, warning)


@hooks.register("before_publish_page")
def refuse_held_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to publish what a wire holds back; the draft is saved by now."""
    reason = hindrance(page)
    if not reason:
        return None
    messages.error(request, _("Not published; the draft was saved. %(reason)s") % {"reason": reason})
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def refuse_held_pages(request: HttpRequest, action: str, pages: Sequence[Any], _view: Any) -> HttpResponse | None:
    """Refuse to publish several pages when the draft of one of them is held back."""
    chosen = [page for page in pages if action == "publish" and isinstance(page, Page)]
    held = [(page, reason) for page in chosen if (reason := hindrance(page.get_latest_revision_as_object()))]
    for page, reason in held:
        messages.error(
            request, _("“%(title)s” can't be published. %(reason)s") % {"title": page.draft_title, "reason": reason}
        )
    return redirect("wagtailadmin_home") if held else None
