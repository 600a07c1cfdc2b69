"""The desk over HTTP. Every change is a POST to the thing it changes; every page says what a GET of it would.

The desk's script sends the same forms and asks for JSON: what was said, which comments are done with, what undoes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import HeaderButton

from tribuna.comments.models import Comment, State
from tribuna.moderation.actions import Decided, StaleDecision, decide, decide_many, undo_many
from tribuna.moderation.forms import AuditForm, BulkForm, DecisionForm, FilterForm, QueueForm, ReasonForm, UndoForm
from tribuna.moderation.models import Decision, SavedFilter
from tribuna.moderation.queries import (
    audit_page,
    day_of,
    queue_page,
    record_of,
    row_of,
    rules,
)
from tribuna.moderation.views.answers import (
    CONFLICT,
    UNPROCESSABLE,
    answer,
    answer_undone,
    kept_query,
    queue_url,
    refused,
    waiting_words,
    wants_json,
)
from tribuna.people.models import User

PERMISSION = "moderation.moderate_comments"


class DeskView(WagtailAdminTemplateMixin, View):
    """A page of the desk, for moderators only."""

    header_icon = "comment"
    trail: ClassVar[Sequence[tuple[str, Any]]] = ()  # (URL name, label) of the pages above

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse whoever may not moderate."""
        if not (isinstance(request.user, User) and request.user.has_perm(PERMISSION)):
            raise PermissionDenied
        self.moderator = request.user
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way from the admin's home to here."""
        above = [{"url": reverse(name), "label": label} for name, label in self.trail]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_page_title()}]

    def page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """Return the page with *context*; whatever narrows the queue goes on in every form."""
        context["query"] = kept_query(self.request.GET)
        return self.render_to_response(self.get_context_data(**context), status=status)


class QueueView(DeskView):
    """The comments that wait, or those that were decided."""

    template_name = "moderation/queue.html"
    page_title = gettext_lazy("Comments")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Return what stands beside the title."""
        return [
            HeaderButton(_("Appeals"), url=reverse("moderation:appeals"), icon_name="comment"),
            HeaderButton(_("Decisions"), url=reverse("moderation:decisions"), icon_name="history"),
            HeaderButton(_("Learned filter"), url=reverse("moderation:learned"), icon_name="cogs"),
        ]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the queue."""
        return self.queue()

    def queue(self, bulk: BulkForm | None = None, *, status: int = 200) -> HttpResponse:
        """Show the queue with the bulk form as it was sent."""
        narrow = QueueForm(self.request.GET)
        filters = narrow.wanted()
        found = queue_page(filters, after=narrow.after_id)
        next_url = queue_url(self.request.GET, after=found.next_cursor) if found.next_cursor else None
        return self.page(
            status=status,
            narrow=narrow,
            filters=filters,
            rows=found.rows,
            next_url=next_url,
            first_url=queue_url(self.request.GET),
            day=(day := day_of(self.moderator)),
            waiting=waiting_words(day.waiting),
            rules=rules(),
            saved=list(SavedFilter.objects.filter(owner=self.moderator)),
            narrows=narrow.narrows,
            keep=FilterForm(),
            is_live=filters.state == State.HELD,
            bulk=bulk,
            chosen=self.request.POST.getlist("comments"),
        )


class CommentView(DeskView):
    """One comment: all about it, what was decided, and the decision to take."""

    template_name = "moderation/comment.html"
    trail = (("moderation:queue", gettext_lazy("Comments")),)

    def get_page_title(self) -> str:
        """Return whose comment it is."""
        return _("Comment by %(name)s") % {"name": self.row.comment.name}

    @cached_property
    def row(self) -> Any:
        """Return the comment as in the queue, or say that there is none."""
        found = row_of(self.kwargs["comment_id"])
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, comment_id: int) -> HttpResponse:
        """Show the comment."""
        return self.comment()

    def comment(
        self, form: ReasonForm | None = None, *, stale: StaleDecision | None = None, status: int = 200
    ) -> HttpResponse:
        """Show the comment with the form as it was sent, and what became of it meanwhile."""
        return self.page(
            status=status, row=self.row, form=form, stale=stale, rules=rules(), record=record_of(self.row.comment)
        )


class DecisionView(CommentView):
    """What is decided on one comment, and on those that are alike if so wished."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, comment_id: int) -> HttpResponse:
        """Decide, or show the comment again with what was typed."""
        comment = get_object_or_404(Comment, pk=comment_id)
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return refused(form) if wants_json(request) else self.comment(form, status=UNPROCESSABLE)
        seen = form.cleaned_data["seen"]
        if (others := form.cleaned_data["alike"]) and seen == State.HELD:
            return answer(request, decide_many(dict.fromkeys([comment.pk, *others], seen), **self._wish(form)))
        try:
            decision = decide(comment, seen=seen, **self._wish(form))
        except StaleDecision as stale:
            if wants_json(request):
                return answer(request, Decided(stale=(stale,)))
            return self.comment(form, stale=stale, status=CONFLICT)
        return answer(request, Decided((decision,)))

    def _wish(self, form: ReasonForm) -> dict[str, Any]:
        return {"actor": self.moderator, **form.reasons()}


class DecisionsView(DeskView):
    """The record of all decisions; a decision on several comments is sent here."""

    template_name = "moderation/decisions.html"
    page_title = gettext_lazy("Decisions")
    trail = CommentView.trail

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the record."""
        form = AuditForm(request.GET)
        found = audit_page(**form.wanted())
        query = request.GET.copy()
        query["before"] = str(found.next_cursor)
        next_url = f"?{query.urlencode()}" if found.next_cursor else None
        return self.page(form=form, entries=found.entries, next_url=next_url)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Decide on the checked comments, or undo several decisions; show the queue again when that can't be."""
        if "undo" in request.POST:
            return self.undo_several()
        form = BulkForm(request.POST)
        if not form.is_valid():
            return refused(form) if wants_json(request) else self._queue(form)
        return answer(request, decide_many(form.seen(), actor=self.moderator, **form.reasons()))

    def _queue(self, form: BulkForm) -> HttpResponse:
        queue = QueueView()
        queue.setup(self.request)
        queue.moderator = self.moderator
        return queue.queue(form, status=UNPROCESSABLE)

    def undo_several(self) -> HttpResponse:
        """Undo what a decision on several comments did."""
        form = UndoForm(self.request.POST)
        undone = undo_many(form.cleaned_data["undo"], actor=self.moderator) if form.is_valid() else Decided()
        return answer_undone(self.request, undone)


class UndoView(DeskView):
    """The undoing of one decision."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, decision_id: int) -> HttpResponse:
        """Undo, or say what was decided since."""
        decision = get_object_or_404(Decision.objects.undoable(), pk=decision_id)
        return answer_undone(request, undo_many([decision], actor=self.moderator))
