"""What a request asks for: which key, in which coding, and what of its query anybody understands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings

from tribuna.press.base import BROTLI, GZIP, IDENTITY, Key

type Environ = dict[str, Any]

_PORTS = {"http": ":80", "https": ":443"}
_PREFERRED = (BROTLI, GZIP)
QUERY_MAXIMUM_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A reader's GET or HEAD."""

    key: Key
    passed: str  # the query for Django: what belongs to the key, and what is understood besides
    may_be_stored: bool


def asked_for(environ: Environ) -> Asked | None:
    """Return what a GET or HEAD asks for; None if that is no reader's page, or no path at all: for Django to answer."""
    host, query = environ.get("HTTP_HOST", ""), environ.get("QUERY_STRING", "")
    return _asked(scheme_of(environ), host, environ["PATH_INFO"], query)


@lru_cache(maxsize=4096)
def _asked(scheme: str, host: str, path: str, query: str) -> Asked | None:
    if path.startswith(tuple(settings.TRIBUNA_PRESS_NOT_PRINTED)):
        return None
    try:
        path = path.encode("latin-1").decode()
    except UnicodeError:
        return None
    own, passed = _sifted(query)
    return Asked(Key(scheme, host.lower().removesuffix(_PORTS[scheme]), path, own), passed, may_be_stored=own == passed)


def may_have_caused_it(environ: Environ) -> bool:
    """Say whether the reader comes from a page of ours, perhaps from sending something (W3C Fetch Metadata)."""
    came_from = environ.get("HTTP_SEC_FETCH_SITE")
    if came_from is not None:
        return bool(came_from == "same-origin")
    return bool(urlsplit(environ.get("HTTP_REFERER", "")).netloc == environ.get("HTTP_HOST"))


def scheme_of(environ: Environ) -> str:
    """Return the scheme that the reader used, as a trusted proxy tells it or else the connection itself."""
    told = environ.get("HTTP_X_FORWARDED_PROTO")
    if told is None or not _is_trusted(environ.get("REMOTE_ADDR", "")):
        return "https" if environ["wsgi.url_scheme"] == "https" else "http"
    return "https" if told == "https" else "http"


@lru_cache(maxsize=1024)
def _is_trusted(peer: str) -> bool:
    try:
        address = ip_address(peer)
    except ValueError:
        return False
    return any(address in network for network in settings.TRIBUNA_TRUSTED_PROXIES)


def _sifted(query: str) -> tuple[str, str]:
    """Return the part of a query string that belongs to the key, and all that is understood of it."""
    if not query:
        return "", ""
    try:
        pairs = parse_qsl(query[:QUERY_MAXIMUM_CHARACTERS], max_num_fields=50)
    except ValueError:
        pairs = []
    own = _only(pairs, settings.TRIBUNA_PRESS_QUERY)
    return own, _only(pairs, [*settings.TRIBUNA_PRESS_QUERY, *settings.TRIBUNA_PRESS_PASSED_QUERY])


def _only(pairs: list[tuple[str, str]], names: Collection[str]) -> str:
    """Return *pairs* with one of *names* as a query; of a name that came twice the last counts, as in Django."""
    return urlencode(sorted({name: value for name, value in pairs if name in names}.items()))


@lru_cache(maxsize=1024)
def coding_for(accepted: str) -> str:
    """Return the coding to answer with, for the value of Accept-Encoding (RFC 9110, 12.5.3)."""
    weights = dict(map(_weighed, accepted.lower().split(",")))
    any_other = weights.get("*", 0.0)
    return next((coding for coding in _PREFERRED if weights.get(coding, any_other) > 0), IDENTITY)


def _weighed(item: str) -> tuple[str, float]:
    coding, _, parameters = item.partition(";")
    name, _, value = parameters.partition("=")
    try:
        weight = float(value) if name.strip() == "q" else 1.0
    except ValueError:
        weight = 0.0
    return coding.strip(), weight
