"""What everybody may read: the rest of a thread, in which order they like, and the way to one comment in it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from tribuna.comments.models import Comment
from tribuna.comments.queries import (
    BrokenCursor,
    Sort,
    branch_page,
    branch_place_of,
    comment_counts,
    place_of,
    public_page,
    thread_page,
)
from tribuna.comments.views.refusals import UNKNOWN, WITHDRAWN, is_open, refused
from tribuna.press.actions import lasts_until, shows


@require_safe
def thread(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the comments that follow ``?after=`` in the order of ``?sort=``.

    Without either lead to the article, which carries the newest of them.
    """
    page = public_page(page_id)
    if page is None or not is_open(page):
        return refused(request, UNKNOWN if page is None else WITHDRAWN)
    after, sort = request.GET.get("after"), _sort(request)
    if after is None and sort is Sort.NEWEST:
        return redirect(f"{page.get_url(request)}#comments")
    try:
        found = thread_page(page.pk, after, sort=sort)
    except BrokenCursor as error:
        raise Http404 from error
    _stands_with(page)
    return render(request, "comments/thread.html", {"page": page, "thread": found, "sort": sort, "sorts": list(Sort)})


@require_safe
def branch(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Show a comment and all that was answered to it, from ``?after=`` on."""
    top, page = _found(comment_id)
    if page is None or not is_open(page):
        return refused(request, UNKNOWN if page is None else WITHDRAWN)
    try:
        found = branch_page(top, request.GET.get("after"))
    except BrokenCursor as error:
        raise Http404 from error
    _stands_with(page)
    return render(request, "comments/branch.html", {"page": page, "thread": found, "top": top})


@require_safe
def count(request: HttpRequest, page_id: int) -> HttpResponse:
    """Say how many comments there are, in as few bytes as possible: whoever has the article open asks now and then."""
    page = public_page(page_id)
    if page is None or not is_open(page):
        raise Http404
    total = comment_counts([page.pk])[page.pk]
    _stands_with(page)
    return HttpResponse(f'<!doctype html><title>{total}</title><p data-count="{total}">{total}</p>')


@require_safe
def comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Lead to the place where the comment stands among the others."""
    found, page = _found(comment_id)
    if page is None or not is_open(page):
        return refused(request, UNKNOWN if page is None else WITHDRAWN)
    return redirect(f"{_place(request, found, page)}#comment-{found.pk}")


def _found(comment_id: int) -> tuple[Comment, Page | None]:
    """Return a comment that everybody may see, and its page if that is public. Raises Http404."""
    found = get_object_or_404(Comment.objects.public().select_related("root"), pk=comment_id)
    return found, public_page(found.page_id)


def _place(request: HttpRequest, found: Comment, page: Page) -> str:
    if place := branch_place_of(found):
        top, after = place
        address = reverse("comments:branch", args=[top])
    else:
        after = place_of(found)
        address = reverse("comments:thread", args=[page.pk]) if after else str(page.get_url(request))
    return f"{address}?after={after}" if after else address


def _sort(request: HttpRequest) -> Sort:
    """Return the order that is asked for. Raises Http404 for one that there isn't."""
    try:
        return Sort(request.GET.get("sort", Sort.NEWEST))
    except ValueError as error:
        raise Http404 from error


def _stands_with(page: Page) -> None:
    """Note that what is printed shows *page*, and is right no longer than that stands."""
    shows(f"page:{page.pk}")
    lasts_until(page.expire_at)
