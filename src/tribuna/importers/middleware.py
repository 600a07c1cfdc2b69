"""Old addresses that no redirect holds by itself: /?p=12, /?q=node/12, pictures in other sizes, feeds of what moved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from wagtail.contrib.redirects.middleware import get_redirect

from tribuna.importers.actions.addresses import old_path
from tribuna.importers.queries import by_other_sizes
from tribuna.newsroom.models import AuthorPage, HomePage, SectionPage, TopicPage

FRONT = ("/", "/index.php")
NAMED = ("p", "page_id", "attachment_id", "cat", "tag", "author")  # WordPress's
PATH = "q"  # Drupal's, of sites without clean addresses
_FEED = re.compile(r"/feed(?:/(?P<kind>rss2?|rdf|atom))?/?$")  # WordPress has them below everything, Drupal below terms


class OldAddresses:
    """Answers questions to the front page, which knows nothing of them, and then what nobody else has an answer to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Send a reader on for good where an archive says so."""
        asked = _asked(request) if request.path in FRONT and request.GET else ()
        answer = _sent_on(request, asked)
        if answer is None:
            answer = self.get_response(request)
            if answer.status_code == HTTPStatus.NOT_FOUND:
                answer = _sent_on(request, by_other_sizes(quote(request.path))) or _feed(request) or answer
        return answer


def _asked(request: HttpRequest) -> Iterator[str]:
    """Yield the old addresses that *request* may mean, whatever else it says."""
    if path := request.GET.get(PATH, "").strip("/"):
        yield f"/{quote(path)}"
    yield from (f"/?{name}={quote(request.GET[name])}" for name in NAMED if request.GET.get(name))


def _sent_on(request: HttpRequest, paths: Iterable[str]) -> HttpResponse | None:
    for path in paths:
        redirect = get_redirect(request, old_path(path))
        if redirect is not None and redirect.link is not None:
            return HttpResponsePermanentRedirect(redirect.link)
    return None


def _feed(request: HttpRequest) -> HttpResponse | None:
    """Send programs that read feeds on to the feed of the same now; one of a story's comments, to the story."""
    found = _FEED.search(request.path)
    if found is None:
        return None
    name = "atom.xml" if found["kind"] == "atom" else "rss.xml"
    above = request.path[: found.start()]
    if not above:
        return HttpResponsePermanentRedirect(f"/{name}")
    redirect = get_redirect(request, old_path(quote(above)))
    if redirect is None or redirect.link is None:
        return None
    page = redirect.redirect_page
    has_feed = page is not None and page.specific_class in {AuthorPage, HomePage, SectionPage, TopicPage}
    return HttpResponsePermanentRedirect(f"{redirect.link}{name}" if has_feed else redirect.link)
