"""Where a page's files lie, so that nginx and Caddy find them by address alone: ``pages/https/host/en/city/@.html``.

What is no page but a document of another kind, such as ``/en/rss.xml``, has an ending that they don't look for: they
would call it HTML. They hand it on, and it is answered from here.
"""

from __future__ import annotations

import re
from pathlib import Path

from tribuna.press.base import Key, is_document

PAGES, RETIRED, MAKING, TURNS = "pages", "retired", "making", "turns"  # folders; the last three are nobody's business

SEGMENT_MAXIMUM_BYTES = 200  # a file system takes 255, and the name gets endings
PATH_MAXIMUM_BYTES = 1_000
QUERY_MAXIMUM_BYTES = 100

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,62}\.?)){1,8}(?::[0-9]{1,5})?|\[[0-9a-f:.]{2,45}\](?::[0-9]{1,5})?")
_QUERY = re.compile(r"[A-Za-z0-9_=&.:~%+-]*")  # no slash: it is part of a file's name
_NO_SEGMENT = re.compile(r"\.{1,2}|@.*|.*[\0-\x1f\x7f].*", re.DOTALL)


def may_lie(key: Key) -> bool:
    """Say whether *key* has a place under the folder: no way out of it, no name that a file system refuses."""
    host_is_plain = len(key.host) <= 255 and _HOST.fullmatch(key.host) is not None
    query_is_plain = len(key.query) <= QUERY_MAXIMUM_BYTES and _QUERY.fullmatch(key.query) is not None
    return key.scheme in {"http", "https"} and host_is_plain and query_is_plain and _path_is_plain(key.path)


def _path_is_plain(path: str) -> bool:
    if not path.startswith("/") or not (path.endswith("/") or is_document(path)):
        return False
    if len(path.encode()) > PATH_MAXIMUM_BYTES:
        return False
    segments = path.removeprefix("/").removesuffix("/").split("/") if path != "/" else []
    return all(
        segment and len(segment.encode()) <= SEGMENT_MAXIMUM_BYTES and not _NO_SEGMENT.fullmatch(segment)
        for segment in segments
    )


def place_of(folder: Path, shelf: str, key: Key) -> Path:
    """Return the file of *key* without the ending of its coding. Only for a key that ``may_lie``."""
    ending = "document" if is_document(key.path) else "html"
    return folder / shelf / key.scheme / key.host / key.path.strip("/") / f"@{key.query}.{ending}"
