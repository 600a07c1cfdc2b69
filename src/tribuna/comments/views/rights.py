"""What is kept of a reader: a copy of it, and its erasure, by a comment's receipt or by the proof of an address."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from tribuna.comments.actions import TooManyLetters, ask_by_mail, erase_comment, export_comments, forget_address
from tribuna.comments.forms.mail import ProveForm
from tribuna.comments.forms.rights import EraseForm
from tribuna.comments.models import Comment, Notice
from tribuna.comments.queries import receipt_for
from tribuna.comments.queries.letters import comments_under, mail_is_configured, notices_under, proved
from tribuna.comments.views.private import private_file, private_page
from tribuna.comments.views.refusals import refused, unreadable
from tribuna.humans.actions import AlreadySpent, spend_proof, visit_of


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody may see and erase, and where that stands."""

    comments: QuerySet[Comment]
    export_url: str
    erase_url: str
    back_url: str
    address_ref: str = ""  # of the address that was proved; empty for a receipt
    notices: QuerySet[Notice] = field(default_factory=Notice.objects.none)


def by_receipt(request: HttpRequest, secret: str) -> Claim:
    """Return what the author of one comment may see. Raises Http404."""
    found = receipt_for(secret)
    if found is None:
        raise Http404
    export_url, erase_url, back_url = _urls(secret, "receipt_export", "receipt_erase", "receipt")
    return Claim(Comment.objects.filter(pk=found.pk).select_related("page"), export_url, erase_url, back_url)


def by_address(request: HttpRequest, token: str) -> Claim:
    """Return what the reader of an address may see. Raises Http404 when the proof is none or too old."""
    ref = proved(token)
    if ref is None:
        raise Http404
    export_url, erase_url, back_url = _urls(token, "rights_export", "rights_erase", "rights")
    return Claim(comments_under(ref), export_url, erase_url, back_url, ref, notices_under(ref))


def _urls(key: str, *names: str) -> list[str]:
    return [reverse(f"comments:{name}", args=[key]) for name in names]


type Claiming = Callable[[HttpRequest, str], Claim]
type View = Callable[[HttpRequest, Claim], HttpResponse]


def claimed(view: View, claiming: Claiming) -> Callable[..., HttpResponse]:
    """Return *view* for what the capability in the address claims."""

    @wraps(view)
    def answer(request: HttpRequest, **capability: str) -> HttpResponse:
        (key,) = capability.values()
        return view(request, claiming(request, key))

    return answer


@require_safe
def export(request: HttpRequest, claim: Claim) -> HttpResponse:
    """Hand out a copy of all that is kept, as JSON."""
    return private_file(export_comments(claim.comments, notices=claim.notices), name="comments.json")


@csrf_exempt  # readers have no cookie; whoever has the address may do this
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, claim: Claim) -> HttpResponse:
    """Show what would go, or erase it."""
    data = request.POST if request.method == "POST" else None
    form = EraseForm(data, comments=claim.comments)
    context: dict[str, Any] = {"claim": claim, "form": form}
    if form.is_valid():
        chosen = list(form.cleaned_data["comments"])
        erase_claimed(claim, chosen, what=form.cleaned_data["what"])
        return private_page(request, "comments/erased.html", {"count": len(chosen), "what": form.cleaned_data["what"]})
    return private_page(request, "comments/erase.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def erase_claimed(claim: Claim, chosen: list[Comment], *, what: str) -> None:
    """Erase what was *chosen*; where nothing is left under an address, the address is forgotten everywhere."""
    for comment in sorted(chosen, key=lambda each: (each.page_id, each.pk)):
        erase_comment(comment, what=what)
    if claim.address_ref and not claim.comments.exists():
        forget_address(claim.address_ref)


@require_safe
def rights(request: HttpRequest, claim: Claim) -> HttpResponse:
    """Show what is kept under an address that was proved."""
    return private_page(request, "comments/rights.html", {"claim": claim})


@csrf_exempt  # readers have no cookie; the form's token is signed and used once
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """Ask for an address, and send the way to all comments under it there."""
    if refusal := unreadable(request):
        return refused(request, refusal)
    language = get_language() or settings.LANGUAGE_CODE
    data = request.POST if request.method == "POST" else None
    form = ProveForm(data, scope="rights", language=language, visit=visit_of(request))
    if mail_is_configured() and form.is_valid() and form.proof:
        try:
            with transaction.atomic():
                spend_proof(form.proof)
                with suppress(TooManyLetters):  # asked in the very meantime; the answer is the same for all
                    ask_by_mail(form.cleaned_data["email"], language=language, network=form.visit.network)
        except AlreadySpent:
            form.ask_again()
        else:
            return private_page(request, "comments/prove.html", {"is_sent": True})
    context = {"form": form, "is_offered": mail_is_configured()}
    status = 422 if form.is_bound and not form.is_switch else 200
    return private_page(request, "comments/prove.html", context, status=status)


receipt_export, receipt_erase = claimed(export, by_receipt), claimed(erase, by_receipt)
rights_page, rights_export = claimed(rights, by_address), claimed(export, by_address)
rights_erase = claimed(erase, by_address)
