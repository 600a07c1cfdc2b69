"""Mail about answers: turned on and off from the receipt, confirmed and stopped from the mails."""

from __future__ import annotations

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from tribuna.comments.actions import (
    TooManyLetters,
    ask_for_alerts,
    change_pace,
    confirm_alerts,
    stop_alerts,
)
from tribuna.comments.forms.mail import AlertsForm, PaceForm
from tribuna.comments.models import Alert, Comment, Receipt
from tribuna.comments.queries import public_page, receipt_for
from tribuna.comments.queries.letters import alert_for, mail_is_configured
from tribuna.comments.views.private import private_page, see_other
from tribuna.humans.actions import visit_of


def alerts_of(receipt: Receipt, form: AlertsForm | None = None) -> dict[str, object]:
    """Return what ``_receipt_alerts.html`` wants to know."""
    alert = Alert.objects.filter(pk=receipt.pk).first()
    offered = mail_is_configured()
    pace = PaceForm(initial={"pace": alert.pace}) if alert else form or AlertsForm()
    return {"alert": alert, "alerts_form": pace, "alerts_offered": offered}


def ask(request: HttpRequest, comment: Comment, *, email: str, pace: str) -> None:
    """Ask the reader by mail; where that was asked too often in the very meantime, the receipt says it is off."""
    with suppress(TooManyLetters):
        ask_for_alerts(
            comment, email=email, pace=pace, language=get_language() or "", network=visit_of(request).network
        )


@csrf_exempt  # readers have no cookie; whoever has the address of the receipt may do this
@require_POST
def receipt_alerts(request: HttpRequest, secret: str) -> HttpResponse:
    """Turn alerts on or off, or change their pace, for the comment of a receipt."""
    found = receipt_for(secret)
    if found is None:
        raise Http404
    back = see_other("comments:receipt", secret)
    if "stop" in request.POST:
        stop_alerts(found.comment)
        return back
    alert = Alert.objects.filter(pk=found.pk).first()
    if alert is not None:
        _take_pace(request, alert)
        return back
    form = AlertsForm(request.POST, network=visit_of(request).network)
    if not mail_is_configured() or not form.is_valid():
        context = {"receipt": found, "secret": secret, "page": public_page(found.comment.page_id)}
        return private_page(request, "comments/alerts_form.html", context | alerts_of(found, form), status=422)
    ask(request, found.comment, **form.cleaned_data)
    return back


@csrf_exempt  # the token came by mail
@require_http_methods(["GET", "HEAD", "POST"])
def alert(request: HttpRequest, token: str) -> HttpResponse:
    """Let the reader of a mail confirm alerts, change their pace or stop them. Opening the page changes nothing."""
    found = alert_for(token)
    if found is None:
        return private_page(request, "comments/alert.html", {"alert": None}, status=404)
    if request.method == "POST":
        if "stop" in request.POST:
            return _stopped(request, found)
        if "confirm" in request.POST:
            confirm_alerts(found)
        else:
            _take_pace(request, found)
        return see_other("comments:alert", token)
    context = {"alert": found, "page": public_page(found.comment.page_id), "token": token}
    return private_page(request, "comments/alert.html", context | {"form": PaceForm(initial={"pace": found.pace})})


@csrf_exempt  # a mail program posts here by itself (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def stop_alert(request: HttpRequest, token: str) -> HttpResponse:
    """Stop alerts: with one click in a mail program, which posts, or with the button of the page."""
    found = alert_for(token)
    if found is None or request.method == "POST":
        return _stopped(request, found)
    return private_page(request, "comments/alert_stop.html", {"alert": found, "token": token})


def _stopped(request: HttpRequest, found: Alert | None) -> HttpResponse:
    if found is not None:
        stop_alerts(found.comment)
    return private_page(request, "comments/alert_stop.html", {"alert": None})


def _take_pace(request: HttpRequest, found: Alert) -> None:
    form = PaceForm(request.POST)
    if form.is_valid():
        change_pace(found, pace=form.cleaned_data["pace"])
