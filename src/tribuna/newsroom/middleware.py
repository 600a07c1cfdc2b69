"""Finds a reader's page in one query, before Wagtail would walk down to it with two or three for each step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail import views
from wagtail.models import Site
from wagtail.url_routing import RouteResult

from tribuna.newsroom.queries import find_page


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
        root_path = _root_path(request) if view is views.serve else None
        page = find_page(*args, root_path=root_path) if root_path else None
        if page is not None:
            request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]  # Wagtail's own name


def _root_path(request: HttpRequest) -> str | None:
    """Return the ``url_path`` of the home page at the request's host in the language of its address."""
    site = Site.find_for_request(request)
    roots = Site.get_site_root_paths() if site else []
    return next(
        (root.root_path for root in roots if root.site_id == site.pk and root.language_code == get_language()), None
    )
