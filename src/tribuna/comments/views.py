"""Comments over HTTP. Reading writes nothing and sets no cookie; sending is bound by the form's own token."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import Error as DatabaseTrouble
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from tribuna.comments.actions import ReplyGone, receipt_secret, submit_comment
from tribuna.comments.base import Policy
from tribuna.comments.forms import CommentForm
from tribuna.comments.models import Comment
from tribuna.comments.queries import BrokenCursor, place_of, public_page, receipt_for, thread_page
from tribuna.core.text import clean_text, whole_number
from tribuna.humans.actions import AlreadySpent, grant_passes, visit_of
from tribuna.press.actions import lasts_until, shows

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

logger = logging.getLogger(__name__)

FORM_MAX_BYTES = 1_000_000
RETRY_AFTER_SECONDS = 30

_UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError)  # what asking for the fields may raise
_TEXT_FIELD = re.compile(rb"(?:^|&)text=([^&]*)")

SENT_BEFORE = _("This form was sent once already, with another text. To send this one too, please answer once more.")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no comment can be taken here, with the HTTP status (RFC 9110) that says so to machines."""

    status: int
    message: StrOrPromise
    may_retry: bool = False


UNKNOWN = Refusal(404, _("There is no article here that takes comments."))
WITHDRAWN = Refusal(410, _("This article is no longer published, and takes no comments."))
CLOSED = Refusal(403, _("The comments on this article are closed."))
FOREIGN = Refusal(403, _("This came from a form on another website, so it was not sent."), may_retry=True)
TOO_BIG = Refusal(413, _("This is far too much text, so it was not read."), may_retry=True)
UNREADABLE = Refusal(
    400,
    _("Your browser sent something that this site does not understand. Please go back and try again."),
    may_retry=True,
)


def without_database(view: Callable[[HttpRequest, int], HttpResponse]) -> Callable[[HttpRequest, int], HttpResponse]:
    """Where the database is away, whatever *view* was doing, give the text back (503), from no database."""

    @wraps(view)
    def answer(request: HttpRequest, page_id: int) -> HttpResponse:
        try:
            return view(request, page_id)
        except DatabaseTrouble:
            logger.exception("A comment could not be stored, or its form not be shown: the database is away.")
            context = {"typed": _typed(request), "form_url": request.path}
            page = get_template("comments/unavailable.html").render(context)
            headers = {"Retry-After": str(RETRY_AFTER_SECONDS), "X-Robots-Tag": "noindex"}
            return HttpResponse(page, status=503, headers=headers)

    return answer


@require_safe
def thread(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the comments that follow ``?after=``; without it lead to the article, which carries the first of them."""
    page = public_page(page_id)
    if page is None or not _is_open(page):
        return _refused(request, UNKNOWN if page is None else WITHDRAWN)
    after = request.GET.get("after")
    if after is None:
        return redirect(f"{page.get_url(request)}#comments")
    try:
        found = thread_page(page.pk, after)
    except BrokenCursor as error:
        raise Http404 from error
    shows(f"page:{page.pk}")
    lasts_until(page.expire_at)
    return render(request, "comments/thread.html", {"page": page, "thread": found})


@require_safe
def comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Lead to the place where the comment stands among the others."""
    found = get_object_or_404(Comment.objects.public().select_related("root"), pk=comment_id)
    page = public_page(found.page_id)
    if page is None or not _is_open(page):
        return _refused(request, UNKNOWN if page is None else WITHDRAWN)
    place = place_of(found)
    onward = f"{reverse('comments:thread', args=[page.pk])}?after={place}"
    return redirect(f"{page.get_url(request) if place is None else onward}#comment-{found.pk}")


@require_safe
@cache_control(no_store=True)
def receipt(request: HttpRequest, secret: str) -> HttpResponse:
    """Show authors what has become of their comment. Whoever has the address may read it, so it goes nowhere else."""
    found = receipt_for(secret)
    if found is None:
        raise Http404
    page = public_page(found.comment.page_id)
    # A comment that came with a pass earns one in its place: a stock grows only where readers were checked.
    count = {} if found.comment.pass_epoch is None else {"count": 1}
    passes = grant_passes(f"comment:{found.comment_id}", **count) if found.comment.is_published else ""
    context = {"receipt": found, "comment": found.comment, "page": page, "passes": passes}
    response = render(request, "comments/receipt.html", context)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@csrf_exempt  # readers have no cookie; the form's token is bound to the page, signed and used once
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
@without_database
def form(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the form, or take what was written in it. Whatever is wrong, the typed text comes back."""
    page = public_page(page_id)
    if page is None:
        return _refused(request, UNKNOWN)
    if not _is_open(page):
        return _refused(request, WITHDRAWN)
    if refusal := _refusal(request, page):
        return _refused(request, refusal, page)
    language = get_language() or settings.LANGUAGE_CODE
    if request.method != "POST":
        reply_to = request.GET.get("reply_to", "")
        blank = CommentForm(page_id=page.pk, language=language, reply_to=reply_to, visit=visit_of(request))
        return _form_page(request, page, blank)
    sent = CommentForm(request.POST, page_id=page.pk, language=language, visit=visit_of(request))
    if sent.is_valid():
        return _taken(request, page, sent)
    return _form_page(request, page, sent, status=200 if sent.is_switch else 422)


def _taken(request: HttpRequest, page: Page, sent: CommentForm) -> HttpResponse:
    try:
        submitted = submit_comment(page, **sent.comment, network=sent.visit.network, proof=sent.proof)
    except AlreadySpent:
        return _sent_before(request, page, sent)
    except ReplyGone:
        sent.let_go_of_reply()
        return _form_page(request, page, sent, status=422)
    return _see_receipt(submitted.secret)


def _sent_before(request: HttpRequest, page: Page, sent: CommentForm) -> HttpResponse:
    """Lead to the receipt when the same form came twice (a double click); else ask again, for the text is another."""
    secret = receipt_secret(sent.proof)
    found = receipt_for(secret)
    if found and found.comment.body_source == sent.cleaned_data["text"]:
        return _see_receipt(secret)
    sent.ask_again(*[SENT_BEFORE] if found else [])
    return _form_page(request, page, sent, status=422)


def _see_receipt(secret: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("comments:receipt", args=[secret]), status=303)


def _form_page(request: HttpRequest, page: Page, shown: CommentForm, *, status: int = 200) -> HttpResponse:
    response = render(request, "comments/form.html", {"page": page, "form": shown}, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _refused(request: HttpRequest, refusal: Refusal, page: Page | None = None) -> HttpResponse:
    context = {"page": page, "refusal": refusal, "typed": "" if refusal is TOO_BIG else _typed(request)}
    return render(request, "comments/closed.html", context, status=refusal.status)


def _refusal(request: HttpRequest, page: Page) -> Refusal | None:
    if page.comments_policy == Policy.CLOSED:
        return CLOSED
    if _is_too_big(request):
        return TOO_BIG
    if visit_of(request).is_foreign:
        return FOREIGN
    return None if _is_readable(request) else UNREADABLE


def _is_open(page: Page) -> bool:
    """Say whether the page is live and its time is not over, even if the clock that takes it down is late."""
    return bool(page.live) and (page.expire_at is None or page.expire_at > timezone.now())


def _is_too_big(request: HttpRequest) -> bool:
    size = whole_number(request.META.get("CONTENT_LENGTH") or "0")
    return size is None or size > FORM_MAX_BYTES


def _is_readable(request: HttpRequest) -> bool:
    try:
        return request.POST is not None
    except _UNREADABLE:
        return False


def _typed(request: HttpRequest) -> str:
    """Return the text that was sent, as far as it can be read, whatever is wrong with the rest of the form."""
    if _is_too_big(request):
        return ""
    try:
        return clean_text(request.POST.get("text", ""))
    except _UNREADABLE:
        return clean_text(_raw_text(request))


def _raw_text(request: HttpRequest) -> str:
    """Return the text out of a body that Django refused to read: not in UTF-8, or with too many fields."""
    is_plain = request.content_type == "application/x-www-form-urlencoded"
    found = _TEXT_FIELD.search(request.body) if is_plain else None
    return unquote_plus(found[1].decode(errors="replace")) if found else ""
