"""Tables: rows of cells, all of one length."""

from __future__ import annotations

from typing import ClassVar


class Rows:
    """A table being read."""

    TAGS: ClassVar = frozenset({"tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup", "col"})

    def __init__(self) -> None:
        self._rows: list[list[list[str]]] = []
        self._heads: set[int] = set()
        self._said: list[str] = []  # outside of every cell, such as a caption

    def begin(self, tag: str) -> None:
        """Begin a row or a cell."""
        if tag == "tr" or (tag in {"td", "th"} and not self._rows):
            self._rows.append([])
        if tag in {"td", "th"}:
            self._rows[-1].append([])
        if tag == "th":
            self._heads.add(len(self._rows) - 1)

    def say(self, data: str) -> None:
        """Add words to the cell."""
        row = self._rows[-1] if self._rows else []
        (row[-1] if row else self._said).append(data)

    def taken(self) -> tuple[tuple[tuple[str, ...], ...], bool]:
        """Return the rows, filled up to the longest, and whether the first is the head."""
        rows = [[" ".join("".join(cell).split()) for cell in row] for row in self._rows]
        kept = [(number, row) for number, row in enumerate(rows) if any(row)]
        width = max((len(row) for _number, row in kept), default=0)
        outside = " ".join("".join(self._said).split())
        lines = [tuple(row + [""] * (width - len(row))) for _number, row in kept]
        if outside:
            lines.append((outside, *[""] * (width - 1)))
        return tuple(lines), bool(kept) and kept[0][0] in self._heads
