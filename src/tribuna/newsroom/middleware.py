"""Finds a reader's page in three queries, before Wagtail would walk down to it with two or three for each step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail import views
from wagtail.url_routing import RouteResult

from tribuna.newsroom.queries import find_page, frame_of


class PageLookup:
    """Leaves the page where Wagtail looks for an answer it already has; what isn't found is left to Wagtail."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Look the page up when *view* is Wagtail's own."""
        if view is not views.serve:
            return
        page = find_page(*args, frame=frame_of(request), language=get_language() or "")
        if page is not None:
            request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]  # Wagtail's own name
