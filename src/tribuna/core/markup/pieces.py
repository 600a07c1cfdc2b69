"""What a body is taken apart into."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

_SCHEMES = {"http", "https", "mailto", "tel"}


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs and lists, as safe HTML of ``p``, ``ul``, ``ol``, ``li``, ``b``, ``i``, ``a`` and ``br``."""

    html: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A line above what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture at an address, as it stood there."""

    src: str
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Gallery:
    """Several pictures that belong together."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said."""

    text: str
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Embed:
    """Something that stands elsewhere."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the first of them the head where *has_head*."""

    rows: tuple[tuple[str, ...], ...]
    has_head: bool = False


@dataclass(frozen=True, slots=True)
class Lost:
    """What could not be kept, as it was written; *is_form*: only its form is gone, the words stand in the text."""

    name: str
    original: str
    is_form: bool = False


type Piece = Text | Heading | Picture | Gallery | Quote | Embed | Table | Lost


def is_safe_address(url: str) -> bool:
    """Say whether a link may lead to *url*: within the site, or by a scheme that runs nothing."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return bool(url.strip()) and (parts.scheme in _SCHEMES if parts.scheme else True) and "\\" not in url
