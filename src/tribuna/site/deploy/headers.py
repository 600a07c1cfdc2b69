"""The headers that Tribuna sends with what a proxy serves in its place, taken from the code that sends them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.module_loading import import_string
from django.views.decorators.csp import csp_override

from tribuna.press.front.answers import kept_headers
from tribuna.site.deploy.facts import Facts
from tribuna.site.media import FILE_CSP, KEPT_SECONDS

type Headers = list[tuple[str, str]]

_FILES = "whitenoise.middleware.WhiteNoiseMiddleware"  # it answers for the static files itself
_OF_ONE_ANSWER = {"content-type", "content-length"}
_OF_NO_PICTURE = {"content-language", "vary"}  # Django says which language it would have spoken


def page_headers(facts: Facts, prefix: str) -> Headers:
    """Return the headers of a stored page whose path begins with *prefix*."""
    found = _answered(facts, prefix, _answer, [each for each in settings.MIDDLEWARE if each != _FILES])
    return _without(kept_headers(found, ()), _OF_ONE_ANSWER)


def picture_headers(facts: Facts) -> Headers:
    """Return the headers of a picture."""
    through = [each for each in settings.MIDDLEWARE if each != _FILES]
    found = _answered(facts, settings.MEDIA_URL, csp_override(FILE_CSP)(_picture), through)
    return _without(found, _OF_ONE_ANSWER | _OF_NO_PICTURE)


def static_headers(facts: Facts) -> Headers:
    """Return the headers of a file of the interface, but for how long it is kept."""
    before = settings.MIDDLEWARE[: settings.MIDDLEWARE.index(_FILES)]
    found = _answered(facts, settings.STATIC_URL, _answer, before)
    return [*_without(found, _OF_ONE_ANSWER), ("Access-Control-Allow-Origin", "*")]


def _answer(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _picture(_request: HttpRequest) -> HttpResponse:
    response = HttpResponse()
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response


def _answered(
    facts: Facts, path: str, view: Callable[[HttpRequest], HttpResponse], middleware: Iterable[str]
) -> Headers:
    """Return the headers that *middleware* gives to what *view* answers at *path*."""
    handler = view
    for name in reversed(list(middleware)):
        handler = import_string(name)(handler)
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "HTTP_HOST": f"{facts.hosts[0].removeprefix('.')}{facts.port_suffix}",
        "SERVER_NAME": facts.hosts[0],
        "SERVER_PORT": str(facts.port),
        "wsgi.url_scheme": facts.scheme,
        "wsgi.input": BytesIO(),
    }
    with translation.override(translation.get_language()):
        return list(handler(WSGIRequest(environ)).items())


def _without(headers: Iterable[tuple[str, str]], names: set[str]) -> Headers:
    return [(name, value) for name, value in headers if name.lower() not in names]
