"""The form, and what becomes of what was written in it."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tribuna.comments.actions import SECRET_HEX_DIGITS, ReplyGone, receipt_secret, submit_comment
from tribuna.comments.forms import CommentForm
from tribuna.comments.queries import Place, Rules, place_to_comment, public_page, receipt_for, rules_of
from tribuna.comments.views.alerts import ask
from tribuna.comments.views.refusals import UNKNOWN, WITHDRAWN, is_open, refusal_for, refused, without_database
from tribuna.humans.actions import AlreadySpent, visit_of
from tribuna.press.actions import with_memory

_ANY_SECRET = "0" * SECRET_HEX_DIGITS
SENT_BEFORE = _("This form was sent once already, with another text. To send this one too, please answer once more.")


@csrf_exempt  # readers have no cookie; the form's token is bound to the page, signed and used once
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
@without_database
@with_memory()
def form(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the form, or take what was written in it. Whatever is wrong, the typed text comes back."""
    place = place_to_comment(page_id)
    if place is None:
        return refused(request, UNKNOWN)
    if not is_open(place):
        return refused(request, WITHDRAWN)
    rules, visit = rules_of(place), visit_of(request)
    if refusal := refusal_for(request, rules, visit):
        return refused(request, refusal, public_page(page_id))
    language = get_language() or settings.LANGUAGE_CODE
    if request.method != "POST":
        reply_to = request.GET.get("reply_to", "")
        blank = CommentForm(page_id=page_id, language=language, reply_to=reply_to, visit=visit)
        return _form_page(request, blank, rules)
    sent = CommentForm(request.POST, page_id=page_id, language=language, visit=visit)
    if sent.is_valid():
        return _taken(request, place, sent, rules)
    return _form_page(request, sent, rules, status=200 if sent.is_switch else 422)


def _taken(request: HttpRequest, place: Place, sent: CommentForm, rules: Rules) -> HttpResponse:
    try:
        submitted = submit_comment(place, **sent.comment, network=sent.visit.network, proof=sent.proof, rules=rules)
    except AlreadySpent:
        return _sent_before(request, sent, rules)
    except ReplyGone:
        sent.let_go_of_reply()
        return _form_page(request, sent, rules, status=422)
    if pace := sent.cleaned_data.get("alerts"):
        ask(request, submitted.comment, email=sent.cleaned_data["email"], pace=pace)
    return _see_receipt(submitted.secret)


def _sent_before(request: HttpRequest, sent: CommentForm, rules: Rules) -> HttpResponse:
    """Lead to the receipt when the same form came twice (a double click); else ask again, for the text is another."""
    secret = receipt_secret(sent.proof)
    found = receipt_for(secret)
    if found and found.comment.body_source == sent.cleaned_data["text"]:
        return _see_receipt(secret)
    sent.ask_again(*[SENT_BEFORE] if found else [])
    return _form_page(request, sent, rules, status=422)


def _see_receipt(secret: str) -> HttpResponse:
    address = _address_of_receipts(get_language()).replace(_ANY_SECRET, secret)
    return HttpResponseRedirect(address, status=303)


@lru_cache
def _address_of_receipts(language: str | None) -> str:
    """Return where the receipt with any secret is; the *language*, which tells addresses apart, is the active one."""
    return reverse("comments:receipt", args=[_ANY_SECRET])


def _form_page(request: HttpRequest, shown: CommentForm, rules: Rules, *, status: int = 200) -> HttpResponse:
    page = public_page(shown.page_id)
    if page is None:  # it went while the form was looked through
        return refused(request, UNKNOWN)
    context = {"page": page, "form": shown, "policy": rules.policy}
    response = render(request, "comments/form.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
