"""The sites that a text leads to, under the name that somebody registered."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

LINK = re.compile(
    r"(?:https?://|www\.|\bwatch\?v=)\S*|\b[\w-]{2,}(?:\.[\w-]{2,})*\.(?:com|net|org|info|biz|ru|io|co|tv|me|ly|be|xyz|top"
    r"|site|online|shop|club|de|es|fr|uk|br|in|cn|tk|pl|it|eu|us|app|dev|link|click|live|gl|gg|to)\b(?:/\S*)?",
    re.IGNORECASE,
)
_ALMOST = re.compile(r"\.\w|://|www\.|watch\?v=", re.IGNORECASE)  # in every link, and quickly found
_HOST = re.compile(r"^(?:https?://)?(?:www\.)?([\w.-]+)", re.IGNORECASE)


def links_in(text: str) -> list[str]:
    """Return the links in *text*, with or without a scheme."""
    return [found.group() for found in LINK.finditer(text)] if _ALMOST.search(text) else []


def domains_in(text: str) -> set[str]:
    """Return the registered domains of the links in *text*: "example.co.uk" of "http://www.shop.example.co.uk/x"."""
    hosts = map(_HOST.match, links_in(text))
    names = (_suffixes().privatesuffix(host[1].lower().strip(".")) for host in hosts if host)
    return {name for name in names if name}


@cache
def _suffixes() -> Any:
    from publicsuffixlist import PublicSuffixList  # a list of ten thousand endings, read when it is first needed

    return PublicSuffixList()
