"""Pictures as HTML: every format and size, for the browser to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from tribuna.newsroom.models import NewsImage
from tribuna.newsroom.models.images import Print


def picture_element(image: NewsImage, shape: str, attributes: Mapping[str, Any]) -> SafeString:
    """Return a <picture> in every format and size of *shape*; *attributes* are those of its <img>."""
    of_img = {"alt": image.default_alt_text, **attributes}
    safe = tuple(
        (name, value if isinstance(value, SafeString) else escape(str(value))) for name, value in of_img.items()
    )
    return _picture(tuple(image.prints(shape).items()), safe)


@lru_cache(maxsize=4096)
def _picture(prints: tuple[tuple[str, Print], ...], attributes: tuple[tuple[str, str], ...]) -> SafeString:
    """Return the element for *prints* by spec; the *attributes* are escaped."""
    formats = _by_format(prints)
    of_img = dict(attributes)
    sizes = of_img.pop("sizes", "")
    if len({each.width for drawn in formats.values() for each in drawn}) == 1:
        sizes = ""  # there is nothing to choose, and HTML forbids to say so
    *others, (_, fallback) = formats.items()
    sources = [
        f"<source{_attributes(sizes=sizes, srcset=_srcset(drawn), type=f'image/{name}')}>" for name, drawn in others
    ]
    first, several = fallback[0], _srcset(fallback) if len(fallback) > 1 else ""
    of_img |= {"src": escape(first.url), "width": str(first.width), "height": str(first.height)}
    img = f"<img{_attributes(sizes=sizes, srcset=several, **of_img)}>"
    return SafeString(f"<picture>{''.join(sources)}{img}</picture>")


def _by_format(prints: Iterable[tuple[str, Print]]) -> dict[str, list[Print]]:
    """Return *prints* by format, the best first, less those as wide as one before.

    A small picture isn't blown up, and HTML bans repeats. One whose file is gone has but one print, which is not there.
    """
    formats: dict[str, dict[int, Print]] = {}
    seen: set[Print] = set()
    for spec, each in prints:
        if each not in seen:
            seen.add(each)
            formats.setdefault(spec.rpartition("format-")[2], {}).setdefault(each.width, each)
    return {name: list(widths.values()) for name, widths in formats.items()}


def _srcset(prints: list[Print]) -> str:
    if len(prints) == 1:
        return escape(prints[0].url)
    return escape(", ".join(f"{each.url} {each.width}w" for each in prints))


def _attributes(**attributes: str) -> str:
    """Return attributes of an element, in alphabetical order. Of those that can be empty, only ``alt`` is kept so."""
    given = sorted(attributes.items())
    return "".join(f' {name}="{value}"' for name, value in given if value or name == "alt")
