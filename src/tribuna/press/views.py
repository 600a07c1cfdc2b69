"""The press in Wagtail's admin: what it holds, and a button that has all of it printed anew."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import HeaderButton

from tribuna.press.actions import changed, page_store
from tribuna.press.base import FRAGMENTS, SITE
from tribuna.press.queries import report_of

MAY_LOOK, MAY_FORGET = "press.view_purge", "press.add_purge"
TAGS_SHOWN = 8

# What the front says of answers that it could not store. Two of them end in something of their own.
_STATUS, _VARIES = "status ", "it varies on "
_REASONS = [
    gettext_noop("it says no-store or private"),
    gettext_noop("it sets a cookie"),
    gettext_noop("it is not HTML"),
    gettext_noop("it is no document"),
    gettext_noop("it has a coding of its own"),
    gettext_noop("it does not say what it shows"),
]


class PressView(WagtailAdminTemplateMixin, View):
    """A page about the press, for those who hold a permission."""

    permission = MAY_LOOK
    header_icon = "doc-full"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse whoever lacks the permission."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PanelView(PressView):
    """What the press of this node holds and does."""

    template_name = "press/panel.html"
    page_title = gettext_lazy("Press")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Return what stands beside the title."""
        if not self.request.user.has_perm(MAY_FORGET):
            return []
        return [HeaderButton(_("Forget all pages"), url=reverse("press:purge"), icon_name="rotate")]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way from the admin's home to here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        report = report_of(page_store().status())
        context = self.get_context_data(
            report=report,
            ratio=None if report.hit_ratio is None else round(report.hit_ratio * 100, 1),
            reasons=[(in_words(why), count) for why, count in report.reasons],
            refusals=[(path, in_words(why)) for path, why in report.status.refusals],
            purges=[(purge, purge.tags[:TAGS_SHOWN], len(purge.tags[TAGS_SHOWN:])) for purge in report.purges],
        )
        return self.render_to_response(context)


class PurgeView(PressView):
    """The forgetting of all pages."""

    permission = MAY_FORGET
    template_name = "press/purge.html"
    page_title = gettext_lazy("Forget all pages")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way from the admin's home to here."""
        above = {"url": reverse("press:panel"), "label": PanelView.page_title}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Say what a POST does."""
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Forget them, on every node."""
        changed(SITE, FRAGMENTS)
        messages.success(request, _("All pages are forgotten. Each is printed anew when a reader asks for it."))
        return redirect("press:panel")


def in_words(why: str) -> str:
    """Return, in the language of who looks, why an answer was not stored."""
    if why.startswith(_STATUS):
        return _("status %(code)s") % {"code": why.removeprefix(_STATUS)}
    if why.startswith(_VARIES):
        return _("it varies on %(headers)s") % {"headers": why.removeprefix(_VARIES)}
    return _(why) if why in _REASONS else why
