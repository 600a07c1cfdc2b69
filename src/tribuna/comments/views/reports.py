"""Reporting a comment, or an error in an article; and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from tribuna.comments.actions import confirm_notice, file_notice, notice_nonce
from tribuna.comments.forms.notices import ErrorForm, NoticeForm, ReportForm
from tribuna.comments.models import Comment, Notice
from tribuna.comments.queries import public_page
from tribuna.comments.queries.letters import NOTICE, NOTICE_MAIL, notice_for, token_of
from tribuna.comments.views.private import private_page, see_other
from tribuna.comments.views.refusals import UNKNOWN, WITHDRAWN, is_open, refused, unreadable
from tribuna.humans.actions import AlreadySpent, visit_of

SENT_BEFORE = _("This form was sent once already. To send it again, please answer once more.")


@csrf_exempt  # readers have no cookie; the form's token is bound to the comment, signed and used once
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Show the form in which a comment is reported, or take what was written in it."""
    comment = get_object_or_404(Comment.objects.public(), pk=comment_id)
    return _form(request, NoticeForm, public_page(comment.page_id), comment)


@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
def error(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the form in which an error in an article is reported, or take what was written in it."""
    return _form(request, ErrorForm, public_page(page_id), None)


@require_safe
def notice(request: HttpRequest, token: str) -> HttpResponse:
    """Show what became of a report to who made it."""
    return private_page(request, "comments/notice.html", _told(notice_for(token, NOTICE)) | {"token": token})


@csrf_exempt  # the token came by mail
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Let the reader of a mail confirm that the address under a report is theirs. Opening the page changes nothing."""
    context = _told(found := notice_for(token, NOTICE_MAIL))
    if request.method == "POST" and found:
        confirm_notice(found)
        return see_other("comments:notice", token_of(found, NOTICE))
    return private_page(request, "comments/notice_confirm.html", context | {"token": token})


def _told(found: Notice | None) -> dict[str, object]:
    if found is None:
        raise Http404
    return {"notice": found, "comment": found.comment, "page": public_page(found.page_id)}


def _form(request: HttpRequest, kind: type[ReportForm], page: Page | None, comment: Comment | None) -> HttpResponse:
    if page is None or not is_open(page):
        return refused(request, UNKNOWN if page is None else WITHDRAWN)
    if refusal := unreadable(request):
        return refused(request, refusal)
    scope = f"notice:{comment.pk}" if comment else f"error:{page.pk}"
    language = get_language() or settings.LANGUAGE_CODE
    data = request.POST if request.method == "POST" else None
    form = kind(data, scope=scope, language=language, visit=visit_of(request))
    if form.is_valid() and form.proof:
        try:
            filed = file_notice(page, comment=comment, language=language, proof=form.proof, **form.notice)
        except AlreadySpent:
            if before := Notice.objects.filter(nonce=notice_nonce(form.proof)).first():
                return see_other("comments:notice", token_of(before, NOTICE))
            form.ask_again(SENT_BEFORE)
        else:
            return see_other("comments:notice", token_of(filed, NOTICE))
    context = {
        "form": form,
        "page": page,
        "comment": comment,
        "where": request.build_absolute_uri(_place(page, comment)),
    }
    status = 422 if form.is_bound and not form.is_switch else 200
    return private_page(request, "comments/report.html", context, status=status)


def _place(page: Page, comment: Comment | None) -> str:
    return comment.get_absolute_url() if comment else page.url
