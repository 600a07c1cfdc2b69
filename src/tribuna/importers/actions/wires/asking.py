"""Asks servers that an editor has named: the internet's only, for a while only, and for so much only."""

from __future__ import annotations

import time
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request

from django.conf import settings

from tribuna import __version__
from tribuna.core.outward import public_opener
from tribuna.importers.base import SourceBroken

CHUNK_BYTES = 64 * 1024
_ACCEPTED = "application/rss+xml, application/atom+xml, application/xml, application/json, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: the document, and what to ask it with the next time."""

    content: bytes
    etag: str = ""
    modified: str = ""


def ask(url: str, *, etag: str = "", modified: str = "", maximum_bytes: int) -> Answer | None:
    """Return what stands at *url*, None if nothing has changed since *etag* or *modified* (RFC 9110, 13.1).

    Raises SourceBroken, with the reason, when there is no answer, or a bad, late or too large one.
    """
    headers = {"User-Agent": f"Tribuna/{__version__}", "Accept": _ACCEPTED}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": modified} if modified else {}
    deadline = time.monotonic() + settings.TRIBUNA_WIRE_SECONDS
    try:
        if urlsplit(url).scheme not in {"http", "https"}:
            raise SourceBroken("this is no address of the web")
        request = Request(url, headers=headers)  # noqa: S310 - the scheme was looked at, and the opener knows no other
        opener = public_opener(settings.TRIBUNA_WIRE_NETWORKS)
        with opener.open(request, timeout=settings.TRIBUNA_WIRE_SECONDS) as answer:
            content = _read(answer, deadline, maximum_bytes)
            return Answer(content, answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", ""))
    except HTTPError as error:
        error.close()
        if error.code == HTTPStatus.NOT_MODIFIED:
            return None
        raise SourceBroken(f"the server answered with status {error.code}") from error
    except (OSError, HTTPException, ValueError) as error:  # the last from addresses that only look like one
        raise SourceBroken(f"the server can't be asked: {getattr(error, 'reason', error)}") from error


def joined(base: str, address: str) -> str:
    """Return *address*, which may be relative, as it is meant at *base*; one that is none as it stands."""
    try:
        return urljoin(base, address)
    except ValueError:  # such as a host in broken brackets
        return address


def _read(answer: HTTPResponse, deadline: float, maximum: int) -> bytes:
    content = bytearray()
    while chunk := answer.read1(CHUNK_BYTES):
        content += chunk
        if len(content) > maximum:
            raise SourceBroken(f"the answer is larger than {maximum:,} bytes")
        if time.monotonic() > deadline:
            raise SourceBroken(f"the answer took longer than {settings.TRIBUNA_WIRE_SECONDS} seconds")
    if answer.length:  # is still to come
        raise SourceBroken("the answer was cut off")
    return bytes(content)
