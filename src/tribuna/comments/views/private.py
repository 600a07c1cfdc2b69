"""Pages that one reader has the address of: never stored, never found, and the address goes nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse


def private_page(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Return the page that *template* makes of *context*, for one reader."""
    return kept_private(render(request, template, dict(context or {}), status=status))


def private_file(record: Mapping[str, Any], *, name: str) -> HttpResponse:
    """Return *record* as a file in JSON, to be kept under *name*."""
    response = JsonResponse(record, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return kept_private(response)


def kept_private(response: HttpResponse) -> HttpResponse:
    """Return *response* with what keeps it private said in its headers."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def see_other(name: str, *args: Any) -> HttpResponse:
    """Lead on to the page called *name*, after something was done."""
    return kept_private(HttpResponseRedirect(reverse(name, args=args), status=303))
