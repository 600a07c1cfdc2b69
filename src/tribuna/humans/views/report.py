"""A report for the newsroom: how often readers were asked, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from tribuna.humans.queries import SPANS_SECONDS, Tallied, tallies

MAY_LOOK = "humans.view_dailycount"
DAYS = 14

# What the layers are called. A challenge or a witness of somebody else's has its own name.
LAYERS = {
    "image": _("Picture"),
    "sound": _("Sound"),
    "question": _("Question"),
    "person": _("Moderator, as the reader wished"),
    "desk": _("Moderator, since nothing else told"),
    "work": _("Work of the browser"),
    "pass": _("Pass"),
    "pressure": _("Pressure"),
    "token": _("Token of the form"),
    "manners": _("Manners"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its headings, and what happened."""

    headings: tuple[object, ...]
    tallied: Tallied

    @property
    def is_open_ended(self) -> bool:
        """The median lies in the last span, which has no end."""
        return self.tallied.median_seconds == SPANS_SECONDS[-1]


class ReportView(WagtailAdminTemplateMixin, View):
    """By day and layer, by language and layer, by form and layer."""

    template_name = "humans/report.html"
    page_title = _("People and machines")
    header_icon = "group"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse whoever lacks the permission."""
        if not request.user.has_perm(MAY_LOOK):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way from the admin's home to here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        since = datetime.now(tz=UTC).date() - timedelta(days=DAYS - 1)
        tables = [
            (_("By day"), _("Day (UTC)"), _rows(tallies(since, "day", "layer").items())),
            (_("By language"), _("Language"), _rows(tallies(since, "language", "layer").items())),
            (_("By form"), _("Form"), _rows(tallies(since, "form", "layer").items())),
        ]
        context = self.get_context_data(
            tables=tables, days=DAYS, kept_days=settings.TRIBUNA_COUNTS_KEPT_DAYS, is_empty=not tables[0][2]
        )
        return self.render_to_response(context)


def _rows(found: Iterable[tuple[tuple[object, ...], Tallied]]) -> list[Row]:
    languages = dict(settings.LANGUAGES)
    return [Row((languages.get(str(of), of), LAYERS.get(str(layer), layer)), tallied) for (of, layer), tallied in found]
