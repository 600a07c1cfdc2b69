"""Pages for what went wrong, in the language of the address."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.translation import get_language_from_request, override


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request can't be read (400). Touches no database: the host itself may be wrong."""
    return _bare(request, "theme/bad_request.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this is not for everyone (403)."""
    return _dressed(request, "theme/permission_denied.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form didn't come from a page of ours, or came too late (403). Asks neither database nor session."""
    return _bare(request, "theme/csrf_failure.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that nothing is at this address (404)."""
    return _dressed(request, "theme/page_not_found.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that we failed (500). Touches nothing that may be what failed: no database, no context processor."""
    return _bare(request, "theme/server_error.html", status=500)


def _dressed(request: HttpRequest, template: str, *, status: int) -> HttpResponse:
    with override(get_language_from_request(request, check_path=True)):
        return render(request, template, status=status)


def _bare(request: HttpRequest, template: str, *, status: int) -> HttpResponse:
    with override(get_language_from_request(request, check_path=True)):
        page = get_template(template).render({"name": settings.WAGTAIL_SITE_NAME, "style": _style()})
    return HttpResponse(page, status=status)


def _style() -> str:
    """Return the stylesheet's address, or nothing where the static files were never collected."""
    try:
        return static("theme/site.css")
    except ValueError:
        return ""
