"""The newsroom in a thread, in Wagtail's admin: an answer, the mark that there is one, and the pinned comment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from tribuna.comments.actions import (
    NotShown,
    ReplyGone,
    answer_as_newsroom,
    mark_answered,
    pin_comment,
    unpin_comment,
)
from tribuna.comments.forms import AnswerForm
from tribuna.comments.models import Comment, ThreadStat
from tribuna.people.models import User

MAY_ANSWER = "comments.answer_comments"

_VERBS: Mapping[str, tuple[Callable[[Comment], None], Any]] = {
    "pin": (pin_comment, gettext_lazy("The comment stands above all others.")),
    "unpin": (unpin_comment, gettext_lazy("The comment stands in its own place only.")),
    "mark": (mark_answered, gettext_lazy("The comment is marked as answered.")),
    "unmark": (lambda comment: mark_answered(comment, answered=False), gettext_lazy("The mark is gone.")),
}


class AnswerView(WagtailAdminTemplateMixin, View):
    """One comment that readers see, and what the newsroom may do beside moderating."""

    template_name = "comments/answer.html"
    page_title = gettext_lazy("Answer a comment")
    header_icon = "comment"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse whoever may not speak for the newsroom."""
        if not (isinstance(request.user, User) and request.user.has_perm(MAY_ANSWER)):
            raise PermissionDenied
        self.staff = request.user
        self.comment = get_object_or_404(Comment.objects.select_related("page"), pk=kwargs["comment_id"])
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way from the admin's home to here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, comment_id: int) -> HttpResponse:
        """Show the comment, the form and the buttons."""
        return self._page(AnswerForm(initial={"language": self.comment.lang}))

    def post(self, request: HttpRequest, comment_id: int) -> HttpResponse:
        """Do what the button says; without one, publish the answer."""
        if (verb := request.POST.get("verb", "")) in _VERBS:
            return self._do(verb)
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            answer_as_newsroom(self.comment.page, staff=self.staff, reply_to=self.comment, **form.cleaned_data)
        except ReplyGone:
            form.add_error(None, _("Readers don't see this comment now, so it can't be answered."))
            return self._page(form, status=422)
        messages.success(request, _("Your answer is published in the newsroom's name."))
        return redirect(request.path)

    def _do(self, verb: str) -> HttpResponse:
        do, message = _VERBS[verb]
        try:
            do(self.comment)
        except NotShown:
            messages.error(self.request, _("Readers don't see this comment now."))
        else:
            messages.success(self.request, message)
        return redirect(self.request.path)

    def _page(self, form: AnswerForm, *, status: int = 200) -> HttpResponse:
        is_pinned = ThreadStat.objects.filter(pinned=self.comment).exists()
        context = self.get_context_data(comment=self.comment, form=form, is_pinned=is_pinned)
        return self.render_to_response(context, status=status)
