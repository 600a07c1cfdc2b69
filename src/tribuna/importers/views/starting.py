"""What is done with imports: a source is chosen, a file uploaded, an import started, stopped, continued, discarded."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from wagtail.admin import messages

from tribuna.core.text import whole_number
from tribuna.importers.actions import (
    continue_import,
    discard_import,
    import_for_good,
    prepare_import,
    start_import,
    stop_import,
)
from tribuna.importers.actions.questions import offered_sources
from tribuna.importers.actions.uploads import PrivateUploads
from tribuna.importers.base import Source, SourceBroken
from tribuna.importers.forms import ImportForm, StartForm
from tribuna.importers.models import ImportRun
from tribuna.importers.views import ImportView
from tribuna.importers.views.runs import RunView

UNPROCESSABLE, TOO_LARGE = 422, 413
FORM_BYTES = 1024 * 1024  # what stands around a file
CHUNK_BYTES = 1024 * 1024


class SourcesView(ImportView):
    """What can be imported."""

    template_name = "importers/sources.html"
    page_title = gettext_lazy("New import")
    trail = (("importers:runs", gettext_lazy("Import")),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        return self.page(sources=[(source.name, _(source.summary)) for source in offered_sources().values()])


# The token against forged requests stands in the body, behind a file that may be large: who asks is looked at first.
@method_decorator(csrf_exempt, name="dispatch")
class NewView(ImportView):
    """What is read, and how."""

    template_name = "importers/new.html"
    trail = (*SourcesView.trail, ("importers:sources", gettext_lazy("New import")))

    def get_page_title(self) -> str:
        """Return which source it is."""
        return self.source.name

    @cached_property
    def source(self) -> Source:
        """The source that is asked for, or 404."""
        source = offered_sources().get(self.kwargs["source"])
        if source is None:
            raise Http404
        return source

    def get(self, request: HttpRequest, source: str) -> HttpResponse:
        """Ask."""
        return self._show(self._form())

    def post(self, request: HttpRequest, source: str) -> HttpResponseBase:
        """Prepare the import, or ask again."""
        length = whole_number(request.META.get("CONTENT_LENGTH", "")) or 0
        if length > settings.TRIBUNA_IMPORTS_MAXIMUM_BYTES + FORM_BYTES:
            return self._refuse_size(request)
        request.upload_handlers = [PrivateUploads(request)]
        return _protected(request, self)

    def _refuse_size(self, request: HttpRequest) -> HttpResponse:
        while request.read(CHUNK_BYTES):  # or the browser would see a broken connection in place of the answer
            pass
        return self._show(self._form(), status=TOO_LARGE)

    def prepare(self, request: HttpRequest) -> HttpResponse:
        """Prepare the import, or ask again."""
        form = self._form(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form, status=UNPROCESSABLE)
        try:
            run = prepare_import(self.source, by=self.editor, **form.wanted())
        except SourceBroken as error:
            form.add_error("file", str(error))
            return self._show(form, status=UNPROCESSABLE)
        return redirect("importers:run", run.pk)

    def _form(self, *args: Any) -> ImportForm:
        return ImportForm(*args, source=self.source, may_name_databases=self.editor.is_superuser)

    def _show(self, form: ImportForm, *, status: int = 200) -> HttpResponse:
        return self.page(
            form=form,
            status=status,
            summary=_(self.source.summary),
            maximum=settings.TRIBUNA_IMPORTS_MAXIMUM_BYTES,
            is_too_large=status == TOO_LARGE,
        )


@csrf_protect
def _protected(request: HttpRequest, view: NewView) -> HttpResponse:
    return view.prepare(request)


class StartView(RunView):
    """The start of a prepared import."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, run_id: int) -> HttpResponse:
        """Start it, or show again what was typed."""
        form = StartForm(request.POST, has_mapping=bool(self.run.mapping))
        if form.is_valid():
            try:
                start_import(self.run, **form.cleaned_data)
            except SourceBroken as error:
                form.add_error("mapping", str(error))
        return self.show(form, status=UNPROCESSABLE) if form.errors else redirect("importers:run", run_id)


class StopView(RunView):
    """The end of an import before its end."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, run_id: int) -> HttpResponse:
        """Stop it."""
        stop_import(self.run)
        return redirect("importers:run", run_id)


class ContinuationView(RunView):
    """The rest of an import that ended before its end."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, run_id: int) -> HttpResponse:
        """Let it go on."""
        if not continue_import(self.run):
            messages.error(request, _("It can't go on. Import it anew: only what is missing comes."))
        return redirect("importers:run", run_id)


class ForGoodView(RunView):
    """The import of what a dry run has read."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, run_id: int) -> HttpResponse:
        """Put it in line."""
        run: ImportRun | None = import_for_good(self.run)
        if run is None:
            messages.error(request, _("What it read is no longer kept. Upload it again."))
        return redirect("importers:run", run.pk if run else run_id)


class DiscardView(RunView):
    """The forgetting of what an import reads."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, run_id: int) -> HttpResponse:
        """Forget it."""
        discard_import(self.run)
        messages.success(request, _("What was uploaded is deleted."))
        return redirect("importers:runs")
