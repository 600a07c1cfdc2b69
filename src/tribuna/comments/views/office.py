"""Readers' reports, and what is kept of a reader, for the staff in Wagtail's admin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from tribuna.comments.actions import NoticeSettled, erase_comment, export_comments, forget_address, settle_notice
from tribuna.comments.forms.notices import SettleForm
from tribuna.comments.forms.rights import EraseForm, FindForm
from tribuna.comments.models import Comment, Notice
from tribuna.comments.queries.letters import address_refs, comments_under, notices_under
from tribuna.comments.queries.notices import decided_notices, notices_about, open_errors, open_notices
from tribuna.comments.views.private import private_file

MAY_SETTLE_NOTICES, MAY_SETTLE_ERRORS = "comments.settle_notices", "comments.settle_errors"
MAY_SERVE_RIGHTS = "comments.serve_rights"
CONFLICT, UNPROCESSABLE = 409, 422


class OfficeView(WagtailAdminTemplateMixin, View):
    """A page for those of the staff who have *permission*."""

    permission: ClassVar[str]
    header_icon = "warning"
    trail: ClassVar[Sequence[tuple[str, Any]]] = ()  # (URL name, label) of the pages above

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse whoever lacks the permission."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way from the admin's home to here."""
        above = [{"url": reverse(name), "label": label} for name, label in self.trail]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_page_title()}]

    def page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """Return the page with *context*."""
        return self.render_to_response(self.get_context_data(**context), status=status)


class NoticesView(OfficeView):
    """The reports of comments: those that wait, then those that were decided."""

    template_name = "comments/office/notices.html"
    permission = MAY_SETTLE_NOTICES
    page_title = gettext_lazy("Reported comments")
    is_about_errors = False

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        waiting = open_errors() if self.is_about_errors else open_notices()
        decided = decided_notices(errors=self.is_about_errors)
        return self.page(
            waiting=waiting, decided=decided, one="comments_error" if self.is_about_errors else "comments_notice"
        )


class ErrorsView(NoticesView):
    """The reports of errors in articles."""

    permission = MAY_SETTLE_ERRORS
    page_title = gettext_lazy("Reported errors")
    is_about_errors = True


class NoticeView(OfficeView):
    """One report, and what becomes of it."""

    template_name = "comments/office/notice.html"
    permission = MAY_SETTLE_NOTICES
    trail: ClassVar[Sequence[tuple[str, Any]]] = (("comments_notices", NoticesView.page_title),)
    is_about_errors = False

    @cached_property
    def notice(self) -> Notice:
        """Return the report, or say that there is none."""
        about = Notice.objects.of_errors() if self.is_about_errors else Notice.objects.of_comments()
        found = about.select_related("comment", "page", "decided_by").filter(pk=self.kwargs["notice_id"]).first()
        if found is None:
            raise Http404
        return found

    def get_page_title(self) -> str:
        """Return which it is."""
        return _("Report %(number)d") % {"number": self.notice.pk}

    def get(self, request: HttpRequest, notice_id: int) -> HttpResponse:
        """Show it."""
        return self.shown(SettleForm(notice=self.notice))

    def post(self, request: HttpRequest, notice_id: int) -> HttpResponse:
        """Settle it, or show it again with what was typed; or with what somebody else has decided."""
        form = SettleForm(request.POST, notice=self.notice)
        if not form.is_valid():
            return self.shown(form, status=UNPROCESSABLE)
        try:
            settle_notice(self.notice, actor=request.user, **form.cleaned_data)
        except NoticeSettled:
            messages.warning(
                request, _("Somebody else has decided on this report meanwhile. What you wrote was not sent.")
            )
            return self.shown(form, status=CONFLICT)
        messages.success(request, _("Decided, and told to who reported it."))
        return redirect(self.trail[0][0])

    def shown(self, form: SettleForm, *, status: int = 200) -> HttpResponse:
        """Show the report with the form as it was sent."""
        others = notices_about(self.notice.comment_id).exclude(pk=self.notice.pk) if self.notice.comment_id else []
        return self.page(status=status, notice=self.notice, form=form, others=others)


class ErrorView(NoticeView):
    """One report of an error in an article."""

    permission = MAY_SETTLE_ERRORS
    trail = (("comments_errors", ErrorsView.page_title),)
    is_about_errors = True


class RightsView(OfficeView):
    """What is kept of a reader who asks by letter or telephone: a copy of it, and its erasure."""

    template_name = "comments/office/rights.html"
    permission = MAY_SERVE_RIGHTS
    header_icon = "user"
    page_title = gettext_lazy("What is kept of a reader")

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask for an address or a comment; or show what is kept of the comment that ``?number=`` names."""
        if "number" in request.GET:
            return self.found(FindForm(request.GET))
        return self.page(find=FindForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Show what is kept, hand it out or erase it. The address is posted, for what is in a URL is written down."""
        return self.found(FindForm(request.POST))

    def found(self, find: FindForm) -> HttpResponse:
        """Do what is asked with what *find* finds."""
        request = self.request
        if not find.is_valid():
            return self.page(find=find, status=UNPROCESSABLE)
        refs = address_refs(find.cleaned_data["email"]) if find.cleaned_data["email"] else []
        comments = comments_under(*refs) if refs else Comment.objects.filter(pk=find.cleaned_data["number"])
        comments, notices = comments.select_related("page"), notices_under(*refs)
        if "export" in request.POST:
            return private_file(export_comments(comments, notices=notices), name="reader.json")
        form = EraseForm(request.POST if "erase" in request.POST else None, comments=comments)
        if form.is_valid():
            return self.erased(list(form.cleaned_data["comments"]), refs, what=form.cleaned_data["what"])
        status = UNPROCESSABLE if form.is_bound else 200
        return self.page(find=find, form=form, comments=comments, notices=notices, is_found=True, status=status)

    @transaction.atomic
    def erased(self, chosen: list[Comment], refs: list[str], *, what: str) -> HttpResponse:
        """Erase what was *chosen*, forget the address if nothing is left under it, and say so."""
        for comment in sorted(chosen, key=lambda each: (each.page_id, each.pk)):
            erase_comment(comment, what=what)
        if refs and not comments_under(*refs).exists():
            forget_address(*refs)
        count = len(chosen)
        text = ngettext("Erased: %(count)d comment.", "Erased: %(count)d comments.", count)
        messages.success(self.request, text % {"count": count})
        return redirect("comments_rights")
