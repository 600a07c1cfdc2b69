"""Tells which format a document is in, and reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tribuna.importers.base import Dispatch, SourceBroken
from tribuna.importers.sources.wires import feeds, newsml, ninjs, nitf
from tribuna.importers.sources.wires.trees import Element, tree_of

FORMATS = {"feed": "RSS, Atom", "newsml": "NewsML-G2", "nitf": "NITF", "ninjs": "ninjs"}
_XML: dict[str, Callable[[Element], Iterator[Dispatch]]] = {
    "feed": feeds.dispatches,
    "newsml": newsml.dispatches,
    "nitf": nitf.dispatches,
}
_ROOTS = {
    **dict.fromkeys(("rss", "rdf:RDF", "atom:feed", "atom:entry"), "feed"),
    **dict.fromkeys(("nar:newsItem", "nar:newsMessage", "nar:packageItem"), "newsml"),
    "nitf": "nitf",
}
_MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n"  # of encodings, and blanks
_FIRST_BYTES = 1_000


def dispatches_in(content: bytes, *, format: str = "") -> Iterator[Dispatch]:  # noqa: A002
    """Yield the items in *content*, of one of FORMATS; without one it is told from the document.

    Of a document that is cut off, or becomes broken, the items that are whole come first. Raises SourceBroken, also
    later while it is read.
    """
    if content[:_FIRST_BYTES].replace(b"\0", b"").lstrip(_MARKS).startswith((b"{", b"[")):
        _agree("ninjs", format)
        yield from ninjs.dispatches(content)
        return
    root, flaw = tree_of(content)
    if root is None:
        raise SourceBroken(flaw)
    found = _ROOTS.get(root.name, "")
    if not found and not flaw:
        raise SourceBroken(f"a document that begins with <{root.local}> is none of {', '.join(FORMATS.values())}")
    if found:
        _agree(found, format)
        yield from _XML[found](root)
    if flaw:
        raise SourceBroken(flaw)


def _agree(found: str, wanted: str) -> None:
    if wanted and wanted != found:
        raise SourceBroken(f"the document is {FORMATS[found]}, and {FORMATS[wanted]} was expected")
