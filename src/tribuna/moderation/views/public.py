"""What readers see of the desk: the figures, the rules, the ledger. And the way to appeal, from the receipt."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition, require_http_methods, require_safe

from tribuna.comments.models import Receipt
from tribuna.comments.queries import receipt_for
from tribuna.comments.queries.letters import NOTICE, notice_for
from tribuna.core.text import whole_number
from tribuna.moderation import queries
from tribuna.moderation.actions import RULES, NothingToAppeal, open_appeal, open_notice_appeal
from tribuna.moderation.forms import AppealForm
from tribuna.press.actions import lasts_until, shows

FIGURES = "moderation"  # the tag of the page with the figures
FIGURES_LAST = timedelta(minutes=1)
LEDGER_TYPE = "application/jsonl"
UNPROCESSABLE, GONE = 422, 410


@require_safe
def moderation(request: HttpRequest) -> HttpResponse:
    """Show what was moderated, and how. The page is printed at most once a minute, whatever is decided meanwhile."""
    shows(FIGURES, RULES)
    lasts_until(timezone.now() + FIGURES_LAST)
    return render(request, "moderation/figures.html", {"figures": queries.figures()})


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show the rules as they stand, as they stood, and what watches over them."""
    shows(RULES)
    found = queries.rules()
    language = get_language() or settings.LANGUAGE_CODE
    context = {
        "rules": found,
        "versions": queries.earlier_versions((rule.code for rule in found), language),
        "judges": list(queries.judge_titles().values()),
        "appeal_days": settings.TRIBUNA_APPEAL_DAYS,
    }
    return render(request, "moderation/rules.html", context)


def _etag(request: HttpRequest) -> str:
    return f'"{queries.ledger_end().hash}"'


@require_safe
@cache_control(no_cache=True)
@condition(etag_func=_etag)
def ledger(request: HttpRequest) -> HttpResponseBase:
    """Send the ledger line by line, or what follows the entry with the number ``?after=``."""
    after = whole_number(request.GET.get("after") or "0")
    if after is None:
        raise Http404
    return StreamingHttpResponse(queries.ledger_lines(after=after), content_type=LEDGER_TYPE)


@csrf_exempt  # readers have no cookie; who knows the receipt's address may appeal
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
def appeal(request: HttpRequest, secret: str) -> HttpResponse:
    """Take an appeal, or show the form for it. What was typed comes back when it can't be taken."""
    receipt = receipt_for(secret)
    if receipt is None:
        raise Http404
    if request.method != "POST":
        return _appeal_page(request, receipt, secret, AppealForm())
    sent = AppealForm(request.POST)
    if not sent.is_valid():
        return _appeal_page(request, receipt, secret, sent, status=UNPROCESSABLE)
    try:
        open_appeal(receipt.comment, text=sent.cleaned_data["text"])
    except NothingToAppeal:
        return _appeal_page(request, receipt, secret, sent, status=GONE)
    return HttpResponseRedirect(f"{reverse('comments:receipt', args=[secret])}#decision", status=303)


def _appeal_page(
    request: HttpRequest, receipt: Receipt, secret: str, form: AppealForm, *, status: int = 200
) -> HttpResponse:
    decided, back = queries.statement_of(receipt.comment), reverse("comments:receipt", args=[secret])
    context = {"form": form, "decided": decided, "comment": receipt.comment, "back": back}
    return _private(render(request, "moderation/appeal.html", context, status=status))


@csrf_exempt  # as above; who knows the address of the report may appeal
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
def notice_appeal(request: HttpRequest, token: str) -> HttpResponse:
    """Take an appeal against the outcome of a report, or show the form for it."""
    notice = notice_for(token, NOTICE)
    if notice is None:
        raise Http404
    form = AppealForm(request.POST if request.method == "POST" else None)
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_valid():
        try:
            open_notice_appeal(notice, text=form.cleaned_data["text"])
        except NothingToAppeal:
            status = GONE
        else:
            return HttpResponseRedirect(f"{reverse('comments:notice', args=[token])}#notice-state", status=303)
    decided, back = queries.notice_rights(notice), reverse("comments:notice", args=[token])
    context = {"form": form, "decided": decided, "notice": notice, "back": back}
    return _private(render(request, "moderation/notice_appeal.html", context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
