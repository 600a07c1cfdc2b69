"""ninjs 1, 2 and 3 (News in JSON, IPTC): one item, or an array of them.

1.x writes ``body_xhtml`` and keyed objects, 2.x arrays such as ``bodies``, 3.x the same in camel case.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from tribuna.core.markup import text_of
from tribuna.core.text import clean_line, clean_text
from tribuna.importers.base import Dispatch, PassedOver, SourceBroken, Standing, WirePicture
from tribuna.importers.sources.wires.moments import moment

_TEXTS = {"text", "composite", ""}
_STANDINGS = {"canceled": Standing.CANCELED, "cancelled": Standing.CANCELED, "withheld": Standing.WITHHELD}
_MARKED_UP = ("xhtml", "html", "richtext")

type Item = Mapping[str, Any]


def dispatches(content: bytes) -> Iterator[Dispatch | PassedOver]:
    """Yield the texts in *content*; what is no text, or no item at all, is passed over. Raises SourceBroken."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise SourceBroken(f"this is not JSON: {error}") from error
    items = found if isinstance(found, list) else [found]
    for each in items:
        item = _low(each)
        kind = _word(item, "type")
        if not _word(item, "uri"):
            yield PassedOver(_word(item, "headline", "title"), "it has no uri, which every item has")
        elif kind not in _TEXTS:
            yield PassedOver(_word(item, "uri"), f"it is no text, its type is {kind}")
        else:
            yield _dispatch(item)


def _low(value: Any) -> dict[str, Any]:
    """Return an object with its names in small letters: 3.x differs from 2.x in little else."""
    return {str(name).lower(): each for name, each in value.items()} if isinstance(value, dict) else {}


def _word(item: Item, *names: str) -> str:
    """Return the first of *names* that is a text or a number, as a text."""
    for name in names:
        value = item.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and value != "":
            return str(value).replace("\0", "").encode("utf-8", "replace").decode()  # as databases take it
    return ""


def _dispatch(item: Item) -> Dispatch:
    title = _text(item, "headline", "headlines") or _word(item, "title", "slugline")
    embargo = moment(_word(item, "embargoed"))
    return Dispatch(
        key=_word(item, "uri"),
        version=_word(item, "version"),
        title=clean_line(title),
        summary=_text(item, "description", "descriptions"),
        html=_html(item),
        language=_word(item, "language"),
        byline=clean_line(_word(item, "byline", "by")),
        credit=clean_line(_word(item, "creditline") or _sources(item) or _word(item, "copyrightholder")),
        terms=" · ".join(clean_line(each) for name in _RIGHTS if (each := _word(item, name))),
        address=_web(item),
        published_at=moment(_word(item, "firstcreated", "versioncreated")),
        embargo=embargo,
        standing=_standing(item, is_until_told="embargoed" in item and embargo is None),
        picture=_picture(item),
    )


_RIGHTS = ("copyrightnotice", "usageterms")


def _standing(item: Item, *, is_until_told: bool) -> Standing:
    """An embargo that can't be read lasts until the agency says otherwise."""
    said = _STANDINGS.get(_word(item, "pubstatus"), Standing.USABLE)
    return Standing.WITHHELD if said == Standing.USABLE and is_until_told else said


def _listed(item: Item, name: str) -> list[dict[str, Any]]:
    """Return the objects called *name*: an array of them, or an object of them as 1.x has."""
    value = item.get(name)
    some = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [low for each in some if (low := _low(each))]


def _variants(item: Item, singular: str, plural: str) -> Iterator[tuple[str, str]]:
    """Yield (what it is, text) of something that may be there in several forms."""
    for each in _listed(item, plural):
        yield f"{_word(each, 'contenttype')} {_word(each, 'role')}".lower(), _word(each, "value")
    for name in sorted(item):
        if name == singular or name.startswith(f"{singular}_"):
            yield name.removeprefix(singular).strip("_"), _word(item, name)


def _is_marked_up(kind: str) -> bool:
    return any(mark in kind for mark in _MARKED_UP)


def _text(item: Item, singular: str, plural: str) -> str:
    """Return it as plain text."""
    forms = [(kind, text) for kind, text in _variants(item, singular, plural) if text]
    plain = next((text for kind, text in forms if not _is_marked_up(kind)), "")
    return clean_text(plain or next((text_of(text) for _kind, text in forms), ""))


def _html(item: Item) -> str:
    """Return the body as HTML; one in another kind of XML is only taken where there is nothing else."""
    forms = [(kind, text) for kind, text in _variants(item, "body", "bodies") if text]
    rich = next((text for kind, text in forms if _is_marked_up(kind)), "")
    plain = next((text for kind, text in forms if "xml" not in kind), "")
    if rich:
        return rich
    paragraphs = plain.replace("\r\n", "\n").split("\n")
    html = "".join(f"<p>{escape(each, quote=False)}</p>" for each in paragraphs if each.strip())
    return html or next((text for _kind, text in forms), "")


_SOURCES = ("infosources", "infosource")  # the second is 1.x


def _sources(item: Item) -> str:
    return ", ".join(filter(None, (_word(each, "name") for name in _SOURCES for each in _listed(item, name))))


def _web(item: Item) -> str:
    """Return where it stands on the web: its own address, if that is one."""
    uri = _word(item, "uri")
    alternatives = [_word(each, "value") for each in _listed(item, "altids")]
    keyed = _low(item.get("altids"))  # as 1.3 has them
    return next(
        (
            each
            for each in (uri, *alternatives, *(_word(keyed, name) for name in keyed))
            if each.startswith(("https://", "http://"))
        ),
        "",
    )


def _picture(item: Item) -> WirePicture | None:
    for each in _listed(item, "associations"):
        if _word(each, "type") in {"picture", "image"} and (url := _best(each)):
            caption = _text(each, "description", "descriptions")
            return WirePicture(
                url=url,
                alt=clean_line(_word(each, "alttext") or _text(each, "headline", "headlines")),
                caption=caption,
                credit=clean_line(_word(each, "creditline", "byline", "by", "copyrightholder")),
            )
    return None


def _best(picture: Item) -> str:
    """Return the address of the widest form of *picture*."""
    forms = [each for each in _listed(picture, "renditions") if _word(each, "href")]
    pictures = [each for each in forms if _word(each, "contenttype", "mimetype").startswith("image")] or forms
    return _word(max(pictures, key=_pixels), "href") if pictures else ""


def _pixels(rendition: Item) -> float:
    width = rendition.get("width")
    return width if isinstance(width, int | float) else 0
