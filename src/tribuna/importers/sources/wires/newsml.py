"""NewsML-G2 (IPTC): a news item, or a message or package of several."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from tribuna.core.text import clean_line, clean_text
from tribuna.importers.base import Dispatch, PassedOver, Standing, WirePicture
from tribuna.importers.sources.wires import nitf
from tribuna.importers.sources.wires.moments import moment
from tribuna.importers.sources.wires.trees import Element

_STANDINGS = {"canceled": Standing.CANCELED, "withheld": Standing.WITHHELD}
_PICTURES = {"picture", "graphic"}
_TEXTS = {"text", "composite", ""}
_OTHER_ITEMS = ("nar:catalogItem", "nar:conceptItem", "nar:knowledgeItem", "nar:planningItem")
OTHER_ROOTS = (*_OTHER_ITEMS, "nar:catalog")
_PROSE = {"body", "div", "html", "p", "section", "article", "pre", "blockquote", "ul", "ol", "table", "h1", "h2", "h3"}


@dataclass(slots=True)
class _Message:
    """What stands beside an item in the same document."""

    pictures: dict[str, Element] = field(default_factory=dict)  # news items, by their guids
    packages: list[set[str]] = field(default_factory=list)  # the guids that belong together


def dispatches(root: Element) -> Iterator[Dispatch | PassedOver]:
    """Yield the texts in the document, as far as they are whole, and what else there is.

    Pictures and packages beside a text belong to it; alone they are passed over.
    """
    items = [each for each in _within(root, "nar:newsItem") if each.is_whole]
    packages = [
        {ref.attributes.get("residref", "") for ref in package.within("nar:itemRef")}
        for package in _within(root, "nar:packageItem")
    ]
    pictures = {each.attributes.get("guid", ""): each for each in items if _class(each) in _PICTURES}
    message = _Message(pictures, packages)
    judged = [(each, _why_no_story(each)) for each in items]
    yield from (_dispatch(each, message) for each, why in judged if not why)
    has_story = not all(why for _each, why in judged)
    for each, why in judged:
        if why and not (has_story and _class(each) in _PICTURES):
            yield PassedOver(each.attributes.get("guid", ""), why)
    yield from _other_items(root, has_items=bool(items))


def _why_no_story(item: Element) -> str:
    """Return why nobody would want a draft of *item*, empty if somebody would.

    Whatever its class, words of its own make it a story, such as the script of a film; only those in a picture are the
    picture's. What is taken back may have lost its words.
    """
    kind = _class(item)
    if kind in _PICTURES:
        return f"it is a {kind} without a story"
    if _html(item, _nitf(item)) or _standing(_part(item, "nar:itemMeta"), is_until_told=False) == Standing.CANCELED:
        return ""
    if kind not in _TEXTS:
        return f"it is no text, its class is {kind}"
    data = next(filter(_is_data, _inline(item)), None)
    return f"its content is no text but {data.attributes.get('contenttype') or data.below[0].local}" if data else ""


def _other_items(root: Element, *, has_items: bool) -> Iterator[PassedOver]:
    """Yield what else the standard knows: plans, concepts, lists of them, and packages whose items come elsewhere."""
    names = _OTHER_ITEMS if has_items else ("nar:packageItem", *_OTHER_ITEMS)
    found = [root] if root.name in OTHER_ROOTS else [each for name in names for each in _within(root, name)]
    for each in found:
        if each.is_whole:
            yield PassedOver(each.attributes.get("guid", ""), f"a {each.local} tells no story")


def _within(root: Element, name: str) -> Iterator[Element]:
    if root.name == name:
        yield root
    else:
        yield from root.within(name)


def _code(element: Element | None) -> str:
    """Return the last part of a concept's code or address, such as ``text`` of ``ninat:text``."""
    if element is None:
        return ""
    said = element.attributes.get("qcode") or element.attributes.get("uri", "")
    return said.replace("/", ":").rpartition(":")[2].lower()


def _class(item: Element) -> str:
    return _code(item.first("nar:itemMeta", "nar:itemClass"))


def _dispatch(item: Element, message: _Message) -> Dispatch:
    about, content = _part(item, "nar:itemMeta"), _part(item, "nar:contentMeta")
    languages = [each.attributes.get("tag", "") for each in content.all("nar:language")]
    inside = _nitf(item)
    embargoed = about.first("nar:embargoed")
    embargo = moment(embargoed.text) if embargoed is not None else None
    return Dispatch(
        key=item.attributes.get("guid", ""),
        version=item.attributes.get("version", ""),
        title=_title(item, inside),
        summary=_summary(content, inside),
        html=_html(item, inside),
        language=next(filter(None, [*languages, _inline_language(item), item.language]), ""),
        byline=_byline(content, inside),
        credit=content.line("nar:creditline") or _provider(about),
        terms=_terms(item),
        address=_address(item),
        published_at=moment(about.get("nar:firstCreated")) or moment(about.get("nar:versionCreated")),
        embargo=embargo,
        standing=_standing(about, is_until_told=embargoed is not None and embargo is None),
        picture=_picture(item, inside, message),
    )


def _nitf(item: Element) -> Element | None:
    return item.first("nar:contentSet", "nar:inlineXML", "nitf")


def _part(item: Element, name: str) -> Element:
    return item.first(name) or Element(name, {})


def _standing(about: Element, *, is_until_told: bool) -> Standing:
    """An embargo without a moment, or with one that can't be read, lasts until the agency says otherwise."""
    said = _STANDINGS.get(_code(about.first("nar:pubStatus")), Standing.USABLE)
    return Standing.WITHHELD if said == Standing.USABLE and is_until_told else said


def _title(item: Element, inside: Element | None) -> str:
    named = item.line("nar:contentMeta", "nar:headline") or (nitf.headline_of(inside) if inside else "")
    return named or item.line("nar:itemMeta", "nar:title") or item.line("nar:contentMeta", "nar:slugline")


def _summary(content: Element, inside: Element | None) -> str:
    said = {_code_of_role(each): clean_text(each.text) for each in reversed(content.all("nar:description"))}
    inner = inside.get("body", "body.head", "abstract") if inside else ""
    return said.get("summary") or said.get("abstract") or next(iter(said.values()), "") or inner


def _code_of_role(element: Element) -> str:
    return element.attributes.get("role", "").rpartition(":")[2].lower()


def _byline(content: Element, inside: Element | None) -> str:
    names = [clean_line(each.text) for each in content.all("nar:by")]
    names = names or [each.line("nar:name") for each in content.all("nar:creator")]
    return ", ".join(filter(None, names)) or (nitf.byline_of(_part(inside, "body")) if inside else "")


def _provider(about: Element) -> str:
    provider = _part(about, "nar:provider")
    return provider.line("nar:name") or provider.attributes.get("literal", "")


def _terms(item: Element) -> str:
    said = [
        each.line(name) for each in item.all("nar:rightsInfo") for name in ("nar:copyrightNotice", "nar:usageTerms")
    ]
    holders = [each.line("nar:name") for each in item.all("nar:rightsInfo", "nar:copyrightHolder")]
    return " · ".join(dict.fromkeys(filter(None, said or []))) or ", ".join(filter(None, holders))


def _address(item: Element) -> str:
    links = [each for each in item.all("nar:itemMeta", "nar:link") if "html" in each.attributes.get("contenttype", "")]
    return next((each.attributes.get("href", "") for each in links), "")


def _inline(item: Element) -> list[Element]:
    return item.all("nar:contentSet", "nar:inlineXML")


def _inline_language(item: Element) -> str:
    return next((below.language for each in _inline(item) for below in each.below), "")


def _is_data(inline: Element) -> bool:
    """Say whether it is XML of another kind, such as the score of a match: its words alone would make no sense."""
    return bool(inline.below) and not any(
        each.name == "nitf" or each.name.startswith("html:") or each.local in _PROSE for each in inline.below
    )


def _prose(inline: Element) -> str:
    """Return what it says as HTML; some agencies forget the namespace of XHTML."""
    if _is_data(inline):
        return ""
    page = inline
    for name in ("html", "body"):
        page = next((each for each in page.below if each.local == name), page)
    return page.html().strip()


def _html(item: Element, inside: Element | None) -> str:
    """Return the text as HTML: of XHTML what stands in its body, of NITF its content, else plain text."""
    if inside is not None:
        return nitf.body_of(_part(inside, "body"))
    prose = next(filter(None, map(_prose, _inline(item))), "")
    if prose:
        return prose
    said = [
        (each.attributes.get("contenttype", ""), each.text) for each in item.all("nar:contentSet", "nar:inlineData")
    ]
    marked = next((text for kind, text in said if "html" in kind), "")
    if marked:
        return marked
    lines = next((text.splitlines() for kind, text in said if not kind or kind.startswith("text/plain")), [])
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line.strip())


def _picture(item: Element, inside: Element | None, message: _Message) -> WirePicture | None:
    """Return the picture that belongs to the text: one it links to, one in the same package, or one within it."""
    guid = item.attributes.get("guid", "")
    named = [each.attributes.get("residref", "") for each in item.all("nar:itemMeta", "nar:link")]
    packed = [ref for package in message.packages if guid in package for ref in message.pictures if ref in package]
    for ref in [*named, *packed]:
        if ref in message.pictures and (found := _of_item(message.pictures[ref])):
            return found
    own = _of_item(item)
    return own or (nitf.picture_of(_part(inside, "body")) if inside else None)


def _of_item(item: Element) -> WirePicture | None:
    forms = [each for each in item.all("nar:contentSet", "nar:remoteContent") if _is_picture(each)]
    if not forms:
        return None
    best = max(forms, key=_width)
    content = _part(item, "nar:contentMeta")
    captions = {_code_of_role(each): clean_text(each.text) for each in reversed(content.all("nar:description"))}
    return WirePicture(
        url=best.attributes.get("href", ""),
        alt=content.line("nar:headline") if _class(item) in _PICTURES else "",
        caption=captions.get("caption") or next(iter(captions.values()), "") if _class(item) in _PICTURES else "",
        credit=content.line("nar:creditline") or _byline(content, None),
    )


def _is_picture(form: Element) -> bool:
    return form.attributes.get("contenttype", "").startswith("image") and bool(form.attributes.get("href"))


def _width(form: Element) -> int:
    text = form.attributes.get("width", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
