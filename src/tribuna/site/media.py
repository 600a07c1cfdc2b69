"""Gives out the pictures. Documents go through Wagtail's own view, which knows whom they are for."""

from __future__ import annotations

import posixpath

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.static import serve

KEPT_SECONDS = 24 * 60 * 60
# Whatever a file claims to be, opened by itself it is no page of ours: it loads nothing, runs nothing, has no origin.
FILE_CSP: dict[str, list[str] | str] = {"default-src": [CSP.NONE], "sandbox": ""}


@csp_override(FILE_CSP)
def serve_picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """Return the picture at *path* under the media folder; anything else, and anything that is no picture, is a 404."""
    path = posixpath.normpath(path).lstrip("/")
    suffix = posixpath.splitext(path)[1].lower().removeprefix(".")
    if suffix not in settings.WAGTAILIMAGES_EXTENSIONS or path.lower().startswith("documents/"):
        raise Http404(path)
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except (OSError, ValueError, SuspiciousFileOperation) as error:  # a name too long, a NUL, a way out of the folder
        raise Http404(path) from error
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response
