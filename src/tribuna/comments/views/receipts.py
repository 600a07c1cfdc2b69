"""The author's own pages about a comment, at addresses that only the author has."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from tribuna.comments.actions import NotEditable, edit_comment, editable_until, withdraw_comment
from tribuna.comments.forms import EditForm
from tribuna.comments.models import Receipt
from tribuna.comments.queries import public_page, receipt_for
from tribuna.comments.views.alerts import alerts_of
from tribuna.comments.views.refusals import TOO_LATE, refused, unreadable, without_database
from tribuna.humans.actions import grant_passes

type View = Callable[[HttpRequest, str], HttpResponse]


def for_its_author(view: View) -> View:
    """Keep the page to whoever has its address: no cache stores it, no link tells of it, no search engine finds it."""

    @wraps(view)
    def answer(request: HttpRequest, secret: str) -> HttpResponse:
        response = view(request, secret)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return answer


@require_safe
@for_its_author
def receipt(request: HttpRequest, secret: str) -> HttpResponse:
    """Show authors what has become of their comment. Whoever has the address may read it, so it goes nowhere else."""
    found = _found(secret)
    comment, page = found.comment, public_page(found.comment.page_id)
    # A comment that came with a pass earns one in its place: a stock grows only where readers were checked.
    count = {} if comment.pass_epoch is None else {"count": 1}
    has_earned = comment.is_published and not comment.is_withdrawn
    context = {
        "receipt": found,
        "comment": comment,
        "page": page,
        "passes": grant_passes(f"comment:{comment.pk}", **count) if has_earned else "",
        "secret": secret,
        "editable_until": page and editable_until(found),
        **alerts_of(found),
    }
    return render(request, "comments/receipt.html", context)


@csrf_exempt  # the address is the secret: who doesn't have it can't make anybody send this
@require_http_methods(["GET", "HEAD", "POST"])
@for_its_author
@without_database
def edit(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the text to its author, or take what they made of it. Whatever is wrong, the typed text comes back."""
    found = _found(secret)
    page = public_page(found.comment.page_id)
    if refusal := unreadable(request):
        return refused(request, refusal)
    until = editable_until(found)
    if page is None or until is None:
        return refused(request, TOO_LATE, page)
    form = EditForm(request.POST) if request.method == "POST" else EditForm({"text": found.comment.body_source})
    if request.method == "POST" and form.is_valid():
        try:
            edit_comment(found, page=page, text=form.cleaned_data["text"])
        except NotEditable:  # while the judges thought
            return refused(request, TOO_LATE, page)
        return _back(secret)
    context = {"form": form, "page": page, "secret": secret, "comment": found.comment, "until": until}
    return render(request, "comments/edit.html", context, status=422 if form.errors else 200)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@for_its_author
@without_database
def withdraw(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask authors whether they want to take their comment back, and do it."""
    found = _found(secret)
    if refusal := unreadable(request):
        return refused(request, refusal)
    if request.method == "POST":
        withdraw_comment(found)
        return _back(secret)
    return render(request, "comments/withdraw.html", {"comment": found.comment, "secret": secret})


def _found(secret: str) -> Receipt:
    found = receipt_for(secret)
    if found is None:
        raise Http404
    return found


def _back(secret: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("comments:receipt", args=[secret]), status=303)
