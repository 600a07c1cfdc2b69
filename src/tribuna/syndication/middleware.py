"""Documents that have no language in their address, and are the same whoever asks."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class OneLanguage:
    """Takes back that an answer varies with the reader's language, where a view has chosen the language itself.

    Django says so of every address that doesn't begin with a language, and the press keeps nothing that varies so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        response = self.get_response(request)
        if getattr(response, "has_one_language", False):
            others = [name for name in response["Vary"].split(", ") if name.lower() != "accept-language"]
            del response["Vary"]
            if others:
                response["Vary"] = ", ".join(others)
        return response
