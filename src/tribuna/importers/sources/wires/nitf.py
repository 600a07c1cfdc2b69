"""NITF 3 (News Industry Text Format, IPTC): one story in a document of its own, or inside NewsML-G2."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from tribuna.core.text import clean_line
from tribuna.importers.base import Dispatch, PassedOver, Standing, WirePicture
from tribuna.importers.sources.wires.moments import moment
from tribuna.importers.sources.wires.trees import Element

_STANDINGS = {"canceled": Standing.CANCELED, "withheld": Standing.WITHHELD}
_AS_HTML = {"hl2": "h2", "bq": "blockquote", "block": "div", "fn": "p", "em": "em", "credit": "cite"}
_LEFT_OUT = {"media", "nitf-table-metadata"}


def dispatches(root: Element) -> Iterator[Dispatch | PassedOver]:
    """Yield the story, if it is whole."""
    body, docdata = root.first("body"), root.first("head", "docdata")
    if not root.is_whole:
        return
    if body is None:
        yield PassedOver(headline_of(root), "it has no body")
        return
    docdata = docdata or Element("docdata", {})
    facts = {each.name: each.attributes for each in docdata.below}
    title = headline_of(root)
    yield Dispatch(
        key=facts.get("doc-id", {}).get("id-string") or root.attributes.get("uno") or title,
        version=facts.get("du-key", {}).get("version", ""),
        title=title,
        kicker=clean_line(facts.get("fixture", {}).get("fix-id", "")),
        summary=body.get("body.head", "abstract"),
        html=body_of(body),
        language=body.language,
        byline=byline_of(body),
        credit=body.line("body.head", "distributor") or facts.get("doc.copyright", {}).get("holder", ""),
        terms=_terms(body, facts),
        published_at=moment(facts.get("date.issue", {}).get("norm", "")),
        embargo=moment(facts.get("date.release", {}).get("norm", "")),
        standing=_STANDINGS.get(docdata.attributes.get("management-status", ""), Standing.USABLE),
        picture=picture_of(body),
    )


def headline_of(root: Element) -> str:
    """Return the main headline, else the document's title."""
    head = root.line("body", "body.head", "hedline", "hl1") or root.line("body", "body.head", "headline", "hl1")
    return head or root.line("head", "title")


def byline_of(body: Element) -> str:
    """Return the names over the story."""
    lines = [clean_line(each.get("person") or each.text) for each in body.all("body.head", "byline")]
    return ", ".join(filter(None, lines))


def _terms(body: Element, facts: dict[str, dict[str, str]]) -> str:
    holder = facts.get("doc.copyright", {})
    owner = " ".join(filter(None, (holder.get("year", ""), holder.get("holder", ""))))
    usage = facts.get("doc.rights", {})
    said = [body.line("body.head", "rights"), f"© {owner}" if owner else "", usage.get("type", "")]
    return " · ".join(filter(None, said))


def body_of(body: Element) -> str:
    """Return the text as HTML."""
    return "".join(html_of(each) for each in body.all("body.content"))


def html_of(element: Element) -> str:
    """Return what stands in *element*, its tags as HTML has them; pictures and films are not part of it."""
    return "".join(
        escape(part, quote=False) if isinstance(part, str) else _tagged(part)
        for part in element.parts
        if isinstance(part, str) or part.name not in _LEFT_OUT
    )


def _tagged(element: Element) -> str:
    tag = _AS_HTML.get(element.local, element.local)
    if tag == "br":
        return "<br>"
    if "." in tag or "-" in tag or tag in {"body", "nitf"}:  # such as virtloc's neighbours: only its words count
        tag = "span"
    href = element.attributes.get("href", "") if tag == "a" else ""
    return f'<{tag} href="{escape(href)}">{html_of(element)}</{tag}>' if href else f"<{tag}>{html_of(element)}</{tag}>"


def picture_of(body: Element) -> WirePicture | None:
    """Return the first picture in the text."""
    for media in body.within("media"):
        for reference in media.all("media-reference"):
            source = reference.attributes.get("source", "")
            kind = reference.attributes.get("mime-type", "") or media.attributes.get("media-type", "")
            if source and kind.startswith("image"):
                return WirePicture(
                    url=source,
                    alt=reference.attributes.get("alternate-text", ""),
                    caption=media.line("media-caption"),
                    credit=media.line("media-producer"),
                )
    return None
