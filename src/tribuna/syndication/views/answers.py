"""How documents are answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri
from django.utils.translation import override
from django.views.decorators.http import require_safe

from tribuna.syndication.queries import terms_of

type View = Callable[..., HttpResponse]


def document(request: HttpRequest, text: str, kind: str, *, language: str = "", links: str = "") -> HttpResponse:
    """Return *text* as a document of the media type *kind*, with the terms for mining it (TDMRep, 4.2).

    *links* is the value of a Link header.
    """
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    terms = terms_of(request)
    response["TDM-Reservation"] = str(int(terms.reserves_training))
    if terms.reserves_training and terms.policy:
        response["TDM-Policy"] = iri_to_uri(terms.policy)
    if language:
        response["Content-Language"] = language
    if links:
        response["Link"] = links
    return response


def in_one_language(view: View) -> View:
    """Let *view*, whose address names no language, speak the site's first one, whoever asks; GET and HEAD only."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with override(settings.LANGUAGE_CODE):
            response = view(request, *args, **kwargs)
        response.headers.setdefault("Content-Language", settings.LANGUAGE_CODE)
        response.has_one_language = True  # type: ignore[attr-defined]  # for our middleware
        return response

    answered: View = require_safe(answer)
    return answered
