"""The addresses that are not pages of the tree: the archive, live blogs."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from tribuna.newsroom.models import ArticlePage
from tribuna.newsroom.queries import (
    CursorError,
    archive_months,
    articles_of_month,
    frame_of,
    live_story,
    live_version,
    ready_posts,
)


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Show the months in which something was published."""
    return render(request, "newsroom/archive.html", {"months": archive_months(Locale.get_active())})


@require_safe
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Show what was published in a month; one without stories is not found."""
    try:
        first_day = date(year, month, 1)
        listing = articles_of_month(Locale.get_active(), year, month, request.GET.get("before"))
    except (CursorError, ValueError, OverflowError) as error:
        raise Http404 from error
    if not listing.items:
        raise Http404
    return render(request, "newsroom/archive_month.html", {"month": first_day, "listing": listing})


@require_safe
def live_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Say, in a few bytes that the press keeps, which state the live blog of a story is in: whoever follows it asks."""
    story = _live(pk)
    return HttpResponse(f"<!doctype html><title>{live_version(story)}</title>")


@require_safe
def live_posts(request: HttpRequest, pk: int) -> HttpResponse:
    """Show nothing but the posts of a live blog, for whoever has the rest of the page."""
    story = _live(pk)
    context = {"story": story, "posts": ready_posts(story, frame_of(request))}
    return render(request, "newsroom/live_posts.html", context)


def _live(pk: int) -> ArticlePage:
    """Return the story *pk* with a live blog. Raises Http404."""
    story = live_story(pk)
    if story is None:
        raise Http404
    return story
