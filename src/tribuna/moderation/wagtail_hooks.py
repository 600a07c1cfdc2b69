"""What this room adds to Wagtail's admin: the desk, its menu entry, and two permissions."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from tribuna.moderation.queries import count_below, waiting_count
from tribuna.moderation.views.desk import PERMISSION
from tribuna.moderation.views.learned import MAY_TEACH
from tribuna.moderation.viewsets import RuleViewSet, WordEntryViewSet

register_snippet(RuleViewSet)
register_snippet(WordEntryViewSet)


class CommentsMenuItem(MenuItem):
    """Leads to the queue and says how many comments wait in it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to moderators."""
        return request.user.has_perm(PERMISSION)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Return the entry with the number that waits, if any does."""
        component = super().render_component(request)
        if count := waiting_count():
            waiting = ngettext("%(count)d waiting", "%(count)d waiting", count) % {"count": count}
            component.attrs = {"data-desk-waiting": str(count), "aria-label": f"{component.label}, {waiting}"}
        return component


@hooks.register("register_admin_menu_item")
def comments_menu_item() -> MenuItem:
    """Stand right below the pages and their pictures."""
    url = reverse_lazy("moderation:queue")
    return CommentsMenuItem(_("Comments"), url, name="comments", icon_name="comment", order=350)


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLResolver]:
    """Put the desk below ``/admin/comments/``."""
    return [path("comments/", include("tribuna.moderation.urls.desk"))]


@hooks.register("register_permissions")
def desk_permissions() -> QuerySet[Permission]:
    """Let administrators give groups the right to moderate, and to teach the filter."""
    rights = [right.partition(".")[2] for right in (PERMISSION, MAY_TEACH)]
    return Permission.objects.filter(content_type__app_label="moderation", codename__in=rights)


@hooks.register("insert_global_admin_css")
def desk_css() -> SafeString:
    """Load the desk's styles; the menu entry needs the first on every page."""
    sheets = ((static(f"moderation/{name}.css"),) for name in ("desk", "keys"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("before_delete_page")
def warn_of_comments(request: HttpRequest, page: Page) -> None:
    """Say, where a deletion is confirmed, how many comments go with the page and those below it."""
    if request.method == "GET" and (count := count_below(page)):
        warning = ngettext("%(count)d comment is deleted with it.", "%(count)d comments are deleted with it.", count)
        messages.warning(request, warning % {"count": count})


@hooks.register("register_bulk_action", order=1)  # after Wagtail's own, in whose place it stands
class DeletePages(DeleteBulkAction):
    """Wagtail's deletion of several pages, which says how many comments go with them, where it is to be confirmed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the question shows; the warning stands above it."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if count := count_below(*(entry["item"] for entry in context["items"])):
            warning = ngettext(
                "%(count)d comment is deleted with them.", "%(count)d comments are deleted with them.", count
            )
            messages.warning(self.request, warning % {"count": count})
        return context
