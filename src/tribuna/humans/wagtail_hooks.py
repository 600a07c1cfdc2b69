"""What this room adds to Wagtail's admin: questions, rules for asking, a report, and a permission."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from tribuna.humans.views.report import MAY_LOOK, ReportView
from tribuna.humans.viewsets import AskingRuleViewSet, SiteQuestionViewSet

register_snippet(SiteQuestionViewSet)
register_snippet(AskingRuleViewSet)


class ReportMenuItem(MenuItem):
    """Leads to the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may look."""
        return request.user.has_perm(MAY_LOOK)


@hooks.register("register_reports_menu_item")
def humans_menu_item() -> MenuItem:
    """Stand after Wagtail's own reports."""
    url = reverse_lazy("humans_report")
    return ReportMenuItem(_("People and machines"), url, name="humans", icon_name="group", order=2100)


@hooks.register("register_admin_urls")
def humans_urls() -> list[URLPattern]:
    """Put the report at ``/admin/people-and-machines/``."""
    return [path("people-and-machines/", ReportView.as_view(), name="humans_report")]


@hooks.register("register_permissions")
def humans_permissions() -> QuerySet[Permission]:
    """Let administrators give groups the right to look."""
    return Permission.objects.filter(content_type__app_label="humans", codename="view_dailycount")
