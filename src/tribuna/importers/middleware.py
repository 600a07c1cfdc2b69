"""Old addresses that say which story they mean by asking the front page: /?p=12, /?page_id=12, /?q=node/12."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

ASKED = ("p", "page_id", "q")


class OldAddresses:
    """Answers them before the front page does, which knows nothing of such questions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Send a reader on for good where an archive says so."""
        if request.path == "/" and any(name in request.GET for name in ASKED):
            path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
            redirect = get_redirect(request, path)
            if redirect is not None and redirect.link is not None:
                return HttpResponsePermanentRedirect(redirect.link)
        return self.get_response(request)
