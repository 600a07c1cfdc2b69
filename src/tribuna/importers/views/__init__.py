"""The page of imports over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from tribuna.importers.models import ImportRun
from tribuna.people.models import User

PERMISSION = "importers.import_archives"


class ImportView(WagtailAdminTemplateMixin, View):
    """A page of imports, for those who may import."""

    header_icon = "upload"
    trail: ClassVar[Sequence[tuple[str, Any]]] = ()  # (URL name, label) of the pages above

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse whoever may not import."""
        if not (isinstance(request.user, User) and request.user.has_perm(PERMISSION)):
            raise PermissionDenied
        self.editor = request.user
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way from the admin's home to here."""
        above = [{"url": reverse(name), "label": label} for name, label in self.trail]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def run(self) -> ImportRun:
        """The run that is asked for, or 404."""
        return get_object_or_404(ImportRun.objects.select_related("by"), pk=self.kwargs["run_id"])

    def page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """Return the page with *context*."""
        return self.render_to_response(self.get_context_data(**context), status=status)
