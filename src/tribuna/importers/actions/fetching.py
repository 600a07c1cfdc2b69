"""Files that are not in the folder, from the old site, where the operator or an editor asked for it."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import OpenerDirector, Request, build_opener

from django.conf import settings

from tribuna.core.outward import public_opener

FETCH_SECONDS = 30
_AGENT = "Tribuna import"


def fetch_file(url: str) -> bytes:
    """Return what stands at *url*. Raises OSError or ValueError; what is larger than an upload may be is refused."""
    return _fetched(url, build_opener())


def fetch_public_file(url: str) -> bytes:
    """Return what stands at *url*, as ``fetch_file`` does, but for what is not in the public net: that is refused.

    So neither an editor nor the old site can look into the network around this machine.
    """
    return _fetched(url, public_opener())


def _fetched(url: str, opener: OpenerDirector) -> bytes:
    if urlsplit(url).scheme not in {"http", "https"}:
        raise ValueError(f"{url} is no address of the web")
    request = Request(url, headers={"User-Agent": _AGENT})  # noqa: S310 - the scheme was looked at
    with opener.open(request, timeout=FETCH_SECONDS) as answer:
        maximum = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
        content: bytes = answer.read(maximum + 1)
    if len(content) > maximum:
        raise ValueError(f"{url} is larger than {maximum:,} bytes")
    return content
