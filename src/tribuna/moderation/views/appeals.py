"""Appeals and saved filters at the desk, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from tribuna.comments.models import Comment
from tribuna.moderation.actions import (
    AppealSettled,
    SameModerator,
    StaleDecision,
    forget_filter,
    save_filter,
    settle_appeal,
    settle_notice_appeal,
)
from tribuna.moderation.forms import FilterForm, QueueForm, SettleForm, SettleNoticeForm
from tribuna.moderation.models import Appeal, NoticeAppeal, SavedFilter
from tribuna.moderation.queries import appeals_page, open_notice_appeals
from tribuna.moderation.views.answers import queue_url
from tribuna.moderation.views.desk import CommentView, DeskView

APPEALS_SHOWN = 50
MAY_SETTLE_NOTICES = "comments.settle_notices"


class AppealsView(DeskView):
    """The appeals that wait, the oldest first."""

    template_name = "moderation/appeals.html"
    page_title = gettext_lazy("Appeals")
    trail = CommentView.trail

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        about_reports = open_notice_appeals(limit=APPEALS_SHOWN) if self.moderator.has_perm(MAY_SETTLE_NOTICES) else ()
        return self.page(
            appeals=appeals_page(limit=APPEALS_SHOWN), about_reports=about_reports, moderator=self.moderator
        )


class AppealView(DeskView):
    """What is decided on one appeal."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, appeal_id: int) -> HttpResponse:
        """Settle it, or say why that can't be."""
        there = Appeal.objects.filter(decision__comment__in=Comment.objects.all())
        appeal = get_object_or_404(there.select_related("decision"), pk=appeal_id)
        form = SettleForm(request.POST)
        if form.is_valid():
            self._settle(appeal, **form.cleaned_data)
        else:
            messages.warning(request, _("Choose what is to be done."))
        return redirect("moderation:appeals")

    def _settle(self, appeal: Appeal, **wish: Any) -> None:
        with told_if_refused(self.request):
            settled = settle_appeal(appeal, actor=self.moderator, **wish)
            words = _("%(outcome)s. The author finds it on the receipt.")
            messages.success(self.request, words % {"outcome": settled.get_outcome_display()})


@contextmanager
def told_if_refused(request: HttpRequest) -> Iterator[None]:
    """Tell the moderator why an appeal can't be settled by them, or not any more."""
    try:
        yield
    except SameModerator:
        messages.warning(request, _("You took this decision, so another moderator decides on the appeal."))
    except AppealSettled as refused:
        who, outcome = refused.appeal.decided_by_name, refused.appeal.get_outcome_display()
        words = _("%(who)s was faster: the appeal is “%(outcome)s” by now. Nothing was changed.")
        messages.warning(request, words % {"who": who or _("Somebody"), "outcome": outcome})
    except StaleDecision as stale:
        messages.warning(request, render_to_string("moderation/_stale.html", {"stale": stale}))


class NoticeAppealView(DeskView):
    """What is decided on one appeal about a report."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, appeal_id: int) -> HttpResponse:
        """Settle it, or say why that can't be."""
        if not self.moderator.has_perm(MAY_SETTLE_NOTICES):
            raise PermissionDenied
        appeal = get_object_or_404(NoticeAppeal.objects.select_related("notice__comment"), pk=appeal_id)
        form = SettleNoticeForm(request.POST)
        if form.is_valid():
            with told_if_refused(request):
                settle_notice_appeal(appeal, actor=self.moderator, **form.cleaned_data)
                messages.success(request, _("Decided, and told to who reported it."))
        else:
            messages.warning(request, _("Choose what is to be done, and say why."))
        return redirect("moderation:appeals")


class FiltersView(DeskView):
    """The moderator's own filters."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep what the queue is narrowed by, under a name."""
        form, narrow = FilterForm(request.POST), QueueForm(request.GET)
        narrow.wanted()
        if form.is_valid():
            save_filter(self.moderator, name=form.cleaned_data["name"], query=narrow.narrows)
            messages.success(request, _("The filter “%(name)s” is kept.") % form.cleaned_data)
        else:
            messages.warning(request, _("A filter needs a name."))
        return redirect(queue_url(request.GET))


class FilterView(DeskView):
    """One of them."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, filter_id: int) -> HttpResponse:
        """Forget it."""
        kept = get_object_or_404(SavedFilter, pk=filter_id, owner=self.moderator)
        forget_filter(kept)
        messages.success(request, _("The filter “%(name)s” is forgotten.") % {"name": kept.name})
        return redirect("moderation:queue")
