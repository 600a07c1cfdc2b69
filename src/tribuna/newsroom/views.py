"""The addresses that are not pages of the tree: the archive and the search."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from tribuna.core.text import whole_number
from tribuna.newsroom.queries import CursorError, archive_months, articles_of_month, search_articles
from tribuna.newsroom.queries.listings import PAGE_SIZE, SEARCH_MAXIMUM_CHARACTERS


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
@cache_control(no_store=True)
def search(request: HttpRequest) -> HttpResponse:
    """Show the stories that a reader's words are in. A page beyond the last is not found."""
    query = request.GET.get("q", "").replace("\0", "")[:SEARCH_MAXIMUM_CHARACTERS].strip()
    number = _page_number(request.GET.get("page", "1"))
    results, total = search_articles(Locale.get_active(), query, number)
    if number > 1 and not results:
        raise Http404
    context = {"query": query, "results": results, "total": total, "page_number": number}
    return render(request, "newsroom/search.html", {**context, "has_next": total > number * PAGE_SIZE})


def _page_number(text: str) -> int:
    """Return a page's number, from 1. Raises Http404 for anything else."""
    number = whole_number(text)
    if number is None or not 0 < number < 10_000:
        raise Http404
    return number
