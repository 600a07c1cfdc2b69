"""Tells which format a document is in, and reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tribuna.importers.base import Dispatch, PassedOver, SourceBroken, Standing
from tribuna.importers.sources.wires import feeds, newsml, ninjs, nitf
from tribuna.importers.sources.wires.trees import Element, tree_of

FORMATS = {"feed": "RSS, Atom", "newsml": "NewsML-G2", "nitf": "NITF", "ninjs": "ninjs"}
_XML: dict[str, Callable[[Element], Iterator[Dispatch | PassedOver]]] = {
    "feed": feeds.dispatches,
    "newsml": newsml.dispatches,
    "nitf": nitf.dispatches,
}
_ROOTS = {
    **dict.fromkeys(("rss", "rdf:RDF", "atom:feed", "atom:entry"), "feed"),
    **dict.fromkeys(("nar:newsItem", "nar:newsMessage", "nar:packageItem", *newsml.OTHER_ROOTS), "newsml"),
    "nitf": "nitf",
}
_MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n"  # of encodings, and blanks
_FIRST_BYTES = 1_000


def dispatches_in(content: bytes, *, format: str = "") -> Iterator[Dispatch | PassedOver]:  # noqa: A002
    """Yield the items in *content*, of one of FORMATS; without one it is told from the document.

    What is whole and no story is passed over, with a reason. Of a document that is cut off, or becomes broken, the
    items that are whole come first. Raises SourceBroken, also later while it is read.
    """
    yield from (_unless_empty(each) for each in _items_in(content, format))


def _unless_empty(found: Dispatch | PassedOver) -> Dispatch | PassedOver:
    """Return *found*, passed over if a draft of it would be empty. What an agency takes back may well be."""
    if isinstance(found, PassedOver) or found.standing != Standing.USABLE:
        return found
    if found.title or found.summary or found.html.strip():
        return found
    return PassedOver(found.key, "it has neither a headline nor a text")


def _items_in(content: bytes, wanted: str) -> Iterator[Dispatch | PassedOver]:
    if content[:_FIRST_BYTES].replace(b"\0", b"").lstrip(_MARKS).startswith((b"{", b"[")):
        _agree("ninjs", wanted)
        yield from ninjs.dispatches(content)
        return
    root, flaw = tree_of(content)
    if root is None:
        raise SourceBroken(flaw)
    found = _ROOTS.get(root.name, "")
    if not found and not flaw:
        raise SourceBroken(f"a document that begins with <{root.local}> is none of {', '.join(FORMATS.values())}")
    if found:
        _agree(found, wanted)
        yield from _XML[found](root)
    if flaw:
        raise SourceBroken(flaw)


def _agree(found: str, wanted: str) -> None:
    if wanted and wanted != found:
        raise SourceBroken(f"the document is {FORMATS[found]}, and {FORMATS[wanted]} was expected")
