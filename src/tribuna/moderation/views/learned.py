"""The learned filter at the desk, over HTTP: how good it has proven, and who may have it fitted or taken back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from tribuna.moderation.actions import ask_for_fit, is_fit_waiting, roll_back_filter
from tribuna.moderation.models import SiteFilter
from tribuna.moderation.queries import filter_state
from tribuna.moderation.views.desk import CommentView, DeskView

MAY_TEACH = "moderation.teach_filter"


class LearnedView(DeskView):
    """What the filter is, what it may do, and how good it has proven."""

    template_name = "moderation/learned.html"
    page_title = gettext_lazy("Learned filter")
    trail = CommentView.trail

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        return self.page(
            state=filter_state(),
            may_teach=self.moderator.has_perm(MAY_TEACH),
            is_fit_waiting=is_fit_waiting(),
            rejects_after=settings.TRIBUNA_FILTER_REJECTS_AFTER,
            helps_after=settings.TRIBUNA_FILTER_HELPS_AFTER,
            precision=settings.TRIBUNA_FILTER_PRECISION,
            audited=settings.TRIBUNA_FILTER_AUDIT_SHARE,
        )


class TeachingView(DeskView):
    """What changes the filter, for those who may."""

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse whoever lacks the permission."""
        if not request.user.has_perm(MAY_TEACH):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class FitsView(TeachingView):
    """The fits of the filter; another one is asked for here."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Have it fitted, and say so."""
        if ask_for_fit():
            messages.success(request, _("The filter is being fitted. That takes up to a minute."))
        else:
            messages.warning(request, _("That was asked for already; it is not done yet."))
        return redirect("moderation:learned")


class WithdrawalView(TeachingView):
    """The taking back of one fit."""

    def post(self, request: HttpRequest, fit_id: int) -> HttpResponse:
        """Take it back if it is in force, and say what is in force now."""
        try:
            before = roll_back_filter(fit_id)
        except SiteFilter.DoesNotExist:
            messages.warning(request, _("This fit is no longer in force. Nothing was changed."))
        else:
            in_force = _("fit %(number)d") % {"number": before.pk} if before else _("the shipped prior alone")
            messages.success(request, _("Taken back. In force: %(filter)s.") % {"filter": in_force})
        return redirect("moderation:learned")
