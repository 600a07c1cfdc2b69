"""What this room adds to Wagtail's admin: the newsroom's answers, readers' reports, what is kept of a reader."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from tribuna.comments.models import Notice
from tribuna.comments.views import MAY_ANSWER, AnswerView
from tribuna.comments.views.office import (
    MAY_SERVE_RIGHTS,
    MAY_SETTLE_ERRORS,
    MAY_SETTLE_NOTICES,
    ErrorsView,
    ErrorView,
    NoticesView,
    NoticeView,
    RightsView,
)


class OfficeMenuItem(MenuItem):
    """Leads to a page for those who have a permission."""

    def __init__(self, *args: Any, permission: str, **kwargs: Any) -> None:
        """Show it to who has *permission*."""
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may see the page."""
        return request.user.has_perm(self.permission)


class NoticesMenuItem(OfficeMenuItem):
    """Says how many reports wait, too."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Return the entry with the number that waits, if any does."""
        component = super().render_component(request)
        if count := Notice.objects.of_comments().open().count():
            waiting = ngettext("%(count)d waiting", "%(count)d waiting", count) % {"count": count}
            component.attrs = {"data-desk-waiting": str(count), "aria-label": f"{component.label}, {waiting}"}
        return component


@hooks.register("register_admin_menu_item")
def notices_menu_item() -> MenuItem:
    """Stand below the comments."""
    url = reverse_lazy("comments_notices")
    label = _("Reported comments")
    return NoticesMenuItem(label, url, permission=MAY_SETTLE_NOTICES, name="notices", icon_name="warning", order=360)


@hooks.register("register_admin_menu_item")
def errors_menu_item() -> MenuItem:
    """Stand below that."""
    url = reverse_lazy("comments_errors")
    label = _("Reported errors")
    return OfficeMenuItem(label, url, permission=MAY_SETTLE_ERRORS, name="errors", icon_name="edit", order=370)


@hooks.register("register_reports_menu_item")
def rights_menu_item() -> MenuItem:
    """Stand among the reports."""
    url = reverse_lazy("comments_rights")
    label = _("What is kept of a reader")
    return OfficeMenuItem(label, url, permission=MAY_SERVE_RIGHTS, name="rights", icon_name="user", order=2200)


@hooks.register("register_admin_urls")
def office_urls() -> list[URLPattern]:
    """Put the pages of this room among the admin's."""
    return [
        path("answers/<int:comment_id>/", AnswerView.as_view(), name="comments_answer"),
        path("reports-of-readers/", NoticesView.as_view(), name="comments_notices"),
        path("reports-of-readers/<int:notice_id>/", NoticeView.as_view(), name="comments_notice"),
        path("errors-in-articles/", ErrorsView.as_view(), name="comments_errors"),
        path("errors-in-articles/<int:notice_id>/", ErrorView.as_view(), name="comments_error"),
        path("kept-of-a-reader/", RightsView.as_view(), name="comments_rights"),
    ]


@hooks.register("register_permissions")
def office_permissions() -> QuerySet[Permission]:
    """Let administrators give groups these rights."""
    names = [right.partition(".")[2] for right in (MAY_ANSWER, MAY_SETTLE_NOTICES, MAY_SETTLE_ERRORS, MAY_SERVE_RIGHTS)]
    return Permission.objects.filter(content_type__app_label="comments", codename__in=names)
