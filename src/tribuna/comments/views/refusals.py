"""Why no comment can be taken, said in words with the text given back."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import Error as DatabaseTrouble
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from tribuna.comments.base import Closed
from tribuna.comments.queries import Place, Rules
from tribuna.core.text import clean_text, whole_number
from tribuna.humans.actions import visit_of
from tribuna.humans.base import Visit

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

logger = logging.getLogger(__name__)

FORM_MAX_BYTES = 1_000_000
RETRY_AFTER_SECONDS = 30

_UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError)  # what asking for the fields may raise
_TEXT_FIELD = re.compile(rb"(?:^|&)text=([^&]*)")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no comment can be taken here, with the HTTP status (RFC 9110) that says so to machines."""

    status: int
    message: StrOrPromise
    may_retry: bool = False


UNKNOWN = Refusal(404, _("There is no article here that takes comments."))
WITHDRAWN = Refusal(410, _("This article is no longer published, and takes no comments."))
CLOSED = Refusal(403, _("The comments on this article are closed."))
OFF_HOURS = Refusal(403, _("Comments are taken only while the newsroom is staffed."), may_retry=True)
TOO_LATE = Refusal(403, _("This comment can no longer be changed."))
FOREIGN = Refusal(403, _("This came from a form on another website, so it was not sent."), may_retry=True)
TOO_BIG = Refusal(413, _("This is far too much text, so it was not read."), may_retry=True)
UNREADABLE = Refusal(
    400,
    _("Your browser sent something that this site does not understand. Please go back and try again."),
    may_retry=True,
)


def without_database[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Where the database is away, whatever *view* was doing, give the text back (503), from no database."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except DatabaseTrouble:
            logger.exception("A comment could not be stored, or its form not be shown: the database is away.")
            [request] = (each for each in args if isinstance(each, HttpRequest))
            context = {"typed": _typed(request), "form_url": request.path}
            page = get_template("comments/unavailable.html").render(context)
            headers = {"Retry-After": str(RETRY_AFTER_SECONDS), "X-Robots-Tag": "noindex"}
            return HttpResponse(page, status=503, headers=headers)

    return answer


def refused(request: HttpRequest, refusal: Refusal, page: Page | None = None) -> HttpResponse:
    context = {"page": page, "refusal": refusal, "typed": "" if refusal is TOO_BIG else _typed(request)}
    return render(request, "comments/closed.html", context, status=refusal.status)


def refusal_for(request: HttpRequest, rules: Rules, visit: Visit) -> Refusal | None:
    if not rules.is_open:
        return OFF_HOURS if rules.closed is Closed.BY_HOUR else CLOSED
    return unreadable(request, visit)


def unreadable(request: HttpRequest, visit: Visit | None = None) -> Refusal | None:
    """Return why what was sent can't be taken, wherever it goes; None if it can, or nothing was.

    *visit* is what ``visit_of`` says of the request, where somebody has asked it.
    """
    if _is_too_big(request):
        return TOO_BIG
    if (visit or visit_of(request)).is_foreign:
        return FOREIGN
    return None if _is_readable(request) else UNREADABLE


def is_open(page: Page | Place) -> bool:
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
