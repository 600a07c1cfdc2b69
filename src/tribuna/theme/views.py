"""Pages for what went wrong, in the language of the address."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import get_language_from_request, override

RETRY_AFTER_SECONDS = 60


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
    """Say that we failed (500), or that the database is away (503), as the exception tells that Django has caught.

    Touches nothing that may be what failed: no database, no context processor.
    """
    if isinstance(sys.exception(), (OperationalError, InterfaceError)):
        return unavailable(request)
    return _bare(request, "theme/server_error.html", status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Say that nothing can be shown for now, and when to come back (503). Asks no database."""
    response = _bare(request, "theme/unavailable.html", status=503)
    response["Retry-After"], response["Cache-Control"] = str(RETRY_AFTER_SECONDS), "no-store"
    return response


def _dressed(request: HttpRequest, template: str, *, status: int) -> HttpResponse:
    with override(get_language_from_request(request, check_path=True)):
        return render(request, template, status=status)


def _bare(request: HttpRequest, template: str, *, status: int) -> HttpResponse:
    with override(get_language_from_request(request, check_path=True)):
        return HttpResponse(get_template(template).render(), status=status)
