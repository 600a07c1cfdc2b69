"""Respect for a comment: a page with one button and the human check."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from tribuna.comments.actions import VoteRefused, is_counted, respect_comment
from tribuna.comments.forms import RespectForm
from tribuna.comments.models import Comment
from tribuna.comments.queries import public_page
from tribuna.comments.views.refusals import UNKNOWN, WITHDRAWN, is_open, refused, unreadable, without_database
from tribuna.humans.actions import AlreadySpent, visit_of
from tribuna.humans.base import Outcome, Proof

ONLY_PEOPLE = _("Respect is counted only where something tells us that a person is there. Please answer the question.")


@csrf_exempt  # readers have no cookie; the form's token is bound to the page, signed and used once
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
@without_database
def respect(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Show the button, or count the vote and lead back to the comment."""
    found = get_object_or_404(Comment.objects.public().exclude(body_source=""), pk=comment_id)
    page = public_page(found.page_id)
    if page is None or not is_open(page):
        return refused(request, UNKNOWN if page is None else WITHDRAWN)
    if refusal := unreadable(request):
        return refused(request, refusal, page)
    language, visit = get_language() or settings.LANGUAGE_CODE, visit_of(request)
    if request.method != "POST":
        return _vote_page(request, found, page, RespectForm(page_id=page.pk, language=language, visit=visit))
    sent = RespectForm(request.POST, page_id=page.pk, language=language, visit=visit)
    if sent.is_valid() and sent.proof:
        return _voted(request, found, page, sent, proof=sent.proof)
    return _vote_page(request, found, page, sent, status=200 if sent.is_switch else 422)


def _voted(request: HttpRequest, comment: Comment, page: Page, sent: RespectForm, *, proof: Proof) -> HttpResponse:
    there = HttpResponseRedirect(comment.get_absolute_url(), status=303)
    try:
        respect_comment(comment, proof=proof)
    except AlreadySpent:
        if is_counted(comment, proof=proof):
            return there
        sent.ask_again()
    except VoteRefused:
        if proof.outcome is Outcome.PASSED:  # it was taken down meanwhile
            return refused(request, UNKNOWN, page)
        sent.ask_again(ONLY_PEOPLE)
    else:
        return there
    return _vote_page(request, comment, page, sent, status=422)


def _vote_page(
    request: HttpRequest, comment: Comment, page: Page, shown: RespectForm, *, status: int = 200
) -> HttpResponse:
    context = {"comment": comment, "page": page, "form": shown}
    response = render(request, "comments/respect.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
