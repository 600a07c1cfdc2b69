"""Proof of work over HTTP: the puzzle, and the script that solves it beside the page.

Only a form of ours can ask: with its own sealed token, out of which the scope is taken. So nobody gets puzzles for a
page without having been given its form, and a puzzle says nothing that the form did not say.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.csp import CSP
from django.views.decorators.cache import cache_control
from django.views.decorators.csp import csp_override
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from tribuna.humans.actions import issue_work, pressure_of, scope_of, visit_of
from tribuna.humans.base import Unavailable

WORKER_FILE = "theme/worker.js"
# A dedicated worker lives under the policy of its own answer. WebAssembly is compiled there and nowhere else: the
# page's policy knows of none. The worker asks us for its puzzle, and can reach nobody else.
WORKER_CSP = {"default-src": [CSP.NONE], "script-src": [CSP.WASM_UNSAFE_EVAL], "connect-src": [CSP.SELF]}


@require_safe
@cache_control(no_store=True)
def work(request: HttpRequest) -> HttpResponse:
    """Give the form whose token is in ``?token=`` a challenge of ALTCHA's; ``&without=wasm`` asks for PBKDF2.

    403 for any other token, or one that has expired; 503 when nothing can be made here. Neither stops a reader: the
    form is then sent without proof.
    """
    scope = scope_of(request.GET.get("token", ""))
    if scope is None:
        return JsonResponse({"error": "This is not the token of an open form."}, status=403)
    with_wasm, pressure = request.GET.get("without") != "wasm", pressure_of(visit_of(request).network)
    try:
        return JsonResponse(issue_work(scope, with_wasm=with_wasm, pressure=pressure))
    except Unavailable as error:
        return JsonResponse({"error": str(error)}, status=503)


@require_safe
@csp_override(WORKER_CSP)
@gzip_page
@cache_control(public=True, max_age=3600)
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the worker's script, built by ``./dev widget``."""
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8")


@cache
def _script() -> bytes:
    return Path(str(finders.find(WORKER_FILE))).read_bytes()
