"""The page that readers search on."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from tribuna.core.text import whole_number
from tribuna.search.base import CEILING
from tribuna.search.forms import SearchForm
from tribuna.search.queries import PAGE_SIZE, Asked, Found, find_stories

_LAST_PAGE = -(-CEILING // PAGE_SIZE)


@require_safe
@cache_control(no_store=True)
def search(request: HttpRequest) -> HttpResponse:
    """Show the stories that a reader asks for. A page beyond the last is not found."""
    locale = Locale.get_active()
    given = {name: value.replace("\0", "") for name, value in request.GET.dict().items()}
    number = _page_number(given.pop("page", "1"))
    form = SearchForm(given, locale=locale)
    asked = form.asked if form.is_valid() else Asked()
    found = find_stories(locale, asked, page=number) if form.is_valid() else Found()
    if number > 1 and not found.hits:
        raise Http404
    context = {
        "form": form,
        "query": form.cleaned_data.get("q", ""),
        "asked": asked,
        "found": found,
        "page_number": number,
        "has_next": found.has_more_than(number),
        "kept": urlencode({name: value for name, value in given.items() if name in form.fields and value}),
    }
    return render(request, "search/results.html", context)


def _page_number(text: str) -> int:
    """Return a page's number, from 1. Raises Http404 for anything else."""
    number = whole_number(text)
    if number is None or not 0 < number <= _LAST_PAGE:
        raise Http404
    return number
