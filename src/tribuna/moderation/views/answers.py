"""What the desk answers to a decision: the queue again with a message, or JSON for its script."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.admin import messages

from tribuna.comments.models import State
from tribuna.moderation.actions import Decided, StaleDecision
from tribuna.moderation.forms import ReasonForm
from tribuna.moderation.queries import waiting_count

CONFLICT = 409  # somebody else decided first
UNPROCESSABLE = 422  # the form is not filled in as it must be


def kept_query(query: QueryDict) -> str:
    """Return what narrows the queue in *query*, encoded, without the place in it."""
    kept = query.copy()
    kept.pop("after", None)
    return kept.urlencode()


def queue_url(query: QueryDict, *, after: int | None = None) -> str:
    """Return the address of the queue narrowed as in *query*, from the comment that follows the one with that id."""
    kept = QueryDict(kept_query(query), mutable=True)
    if after is not None:
        kept["after"] = str(after)
    return reverse("moderation:queue", query=kept or None)


def wants_json(request: HttpRequest) -> bool:
    """Say whether the desk's script asks, rather than a browser that goes from page to page."""
    return request.headers.get("Accept") == "application/json"


def refused(form: ReasonForm) -> HttpResponse:
    """Tell the script what is wrong with what was sent."""
    said = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return JsonResponse({"said": said}, status=UNPROCESSABLE)


def answer(request: HttpRequest, decided: Decided) -> HttpResponse:
    """Tell the moderator what was done, with a button that undoes it, and who was faster."""
    decisions = decided.decisions
    first = decisions[0] if decisions else None
    context = {"decisions": decisions, "first": first, "query": kept_query(request.GET)}
    said = render_to_string("moderation/_decided.html", context, request=request) if decisions else ""
    if wants_json(request):
        done = [*(each.comment_id for each in decisions), *(each.comment.pk for each in decided.stale)]
        return told(decided, html=said, done=done)
    if said:
        messages.success(request, said)
    say_stale(request, decided)
    return redirect(queue_url(request.GET))


def answer_undone(request: HttpRequest, undone: Decided) -> HttpResponse:
    """Tell the moderator what was given back."""
    count, said = len(undone.decisions), ""
    if count:
        words = ngettext("Undone: %(count)d comment is as before.", "Undone: %(count)d comments are as before.", count)
        said = words % {"count": count}
    if wants_json(request):
        back = [each.comment_id for each in undone.decisions if each.state_after == State.HELD]
        return told(undone, html=said, back=back)
    if said:
        messages.success(request, said)
    say_stale(request, undone)
    return redirect(queue_url(request.GET))


def told(decided: Decided, *, html: str, **ids: list[int]) -> HttpResponse:
    """Return for the script: what to show, which comments are done with or back, and how many wait."""
    stale = [stale_words(each) for each in decided.stale]
    return JsonResponse({"html": html, "stale": stale, "count": waiting_words(waiting_count()), **ids})


def waiting_words(count: int) -> str:
    """Return how many comments wait, in words."""
    words = ngettext("%(count)d comment waits for a moderator", "%(count)d comments wait for a moderator", count)
    return words % {"count": count}


def stale_words(stale: StaleDecision) -> str:
    """Return who was faster, and with what."""
    return " ".join(render_to_string("moderation/_stale.html", {"stale": stale}).split())


def say_stale(request: HttpRequest, decided: Decided) -> None:
    """Tell the moderator which comments somebody else had decided on."""
    for stale in decided.stale:
        messages.warning(request, stale_words(stale))
