"""Parts of pages, each a row of the index: they are read for every page that is printed, and served to nobody."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable
from datetime import datetime

from zlib_ng import zlib_ng

from tribuna.press.base import Fragment
from tribuna.press.stores.files.index import Index

logger = logging.getLogger(__name__)

EVICTED_AT_ONCE = 50
PACKING_LEVEL = 1  # of zlib's: it need not be small, but quick


def find(index: Index, name: str) -> Fragment | None:
    """Return the fragment of that *name*, unless its lifetime has ended, or its checksum says that it is damaged."""
    for packed, tags, until in index.run("SELECT packed, tags, until FROM fragment WHERE name = ?", [name]):
        end = datetime.fromisoformat(until) if until else None
        if end is None or end.timestamp() > time.time():
            try:
                return Fragment(zlib_ng.decompress(packed).decode(), frozenset(json.loads(tags)), end)
            except zlib_ng.error:  # type: ignore[misc]  # it is one, which the stubs don't know
                logger.warning("A stored part of a page was damaged and is printed again: %s", name)
    return None


def add(index: Index, name: str, fragment: Fragment, *, room: float) -> None:
    """Keep *fragment* in the place of what was called so; while all take more than *room* bytes, the oldest go."""
    packed = zlib_ng.compress(fragment.html.encode(), PACKING_LEVEL)
    until = fragment.until and fragment.until.isoformat()
    values = [name, packed, json.dumps(list(fragment.tags)), until]
    with index.at_once() as db:
        db.execute("DELETE FROM fragment WHERE name = ?", [name])
        number = db.execute("INSERT INTO fragment (name, packed, tags, until) VALUES (?, ?, ?, ?)", values).lastrowid
        db.executemany("INSERT INTO fragment_tag VALUES (?, ?)", [(tag, number) for tag in fragment.tags])
        while index.number("bytes.fragments") > room:
            oldest = "SELECT id FROM fragment ORDER BY id LIMIT ?"
            db.execute(f"DELETE FROM fragment WHERE id IN ({oldest})", [EVICTED_AT_ONCE])  # noqa: S608 - a constant


def drop(index: Index, tags: Iterable[str] | None) -> None:
    """Let go of the fragments with one of *tags*; None: of all."""
    shown = "SELECT fragment FROM fragment_tag WHERE tag IN (SELECT value FROM json_each(?))"
    if tags is None:
        index.run("DELETE FROM fragment")
    else:
        index.run(f"DELETE FROM fragment WHERE id IN ({shown})", [json.dumps(list(tags))])  # noqa: S608 - a constant
