"""What is to be seen of imports: all of them, one with its progress and its report, and the report as files."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import HeaderButton

from tribuna.importers.actions.reporting import originals_of, shown
from tribuna.importers.forms import StartForm
from tribuna.importers.models import ImportRun
from tribuna.importers.views import ImportView
from tribuna.importers.views.telling import progress_of

RUNS_SHOWN = 25


class RunsView(ImportView):
    """All imports, the newest first."""

    template_name = "importers/runs.html"
    page_title = gettext_lazy("Import")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Return what stands beside the title."""
        return [HeaderButton(_("New import"), url=reverse("importers:sources"), icon_name="plus")]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        runs = Paginator(ImportRun.objects.without_reports(), RUNS_SHOWN)
        return self.page(runs=runs.get_page(request.GET.get("p")))


class RunView(ImportView):
    """One import: what it waits for, how far it is, or what came of it."""

    template_name = "importers/run.html"
    trail = (("importers:runs", gettext_lazy("Import")),)

    def get_page_title(self) -> str:
        """Return which, and how it stands: a page that was loaded again says so first."""
        return f"{self.run.archive}: {self.run.standing.label}"

    def get(self, request: HttpRequest, run_id: int) -> HttpResponse:
        """Show it."""
        return self.show()

    def show(self, form: StartForm | None = None, *, status: int = 200) -> HttpResponse:
        """Show it with the form to start it as it was sent."""
        run = self.run
        return self.page(
            status=status,
            run=run,
            state=run.standing,
            progress=progress_of(run),
            form=form or StartForm(has_mapping=bool(run.mapping), initial={"mapping": run.mapping, "is_dry": True}),
            **(shown(run.report) if run.report else {}),
        )


class ProgressView(RunView):
    """How far it is, for the script of its page."""

    def get(self, request: HttpRequest, run_id: int) -> HttpResponse:
        """Tell it."""
        return JsonResponse(progress_of(self.run))


class ReportView(RunView):
    """The report, for machines."""

    def get(self, request: HttpRequest, run_id: int) -> HttpResponse:
        """Hand it over."""
        if self.run.report is None:
            raise Http404
        dumps: dict[str, Any] = {"ensure_ascii": False, "indent": 2}
        return _as_file(JsonResponse(self.run.report, json_dumps_params=dumps), "report.json")


class OriginalsView(RunView):
    """Every original of its archive that did not come as it was, one a line."""

    def get(self, request: HttpRequest, run_id: int) -> StreamingHttpResponse:  # type: ignore[override]
        """Hand them over, as they are read."""
        lines = StreamingHttpResponse(originals_of(self.run.archive), content_type="application/jsonl")
        return _as_file(lines, "originals.jsonl")


def _as_file[A: HttpResponse | StreamingHttpResponse](answer: A, name: str) -> A:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
