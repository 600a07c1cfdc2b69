"""Mends text that was written as UTF-8 and once read as something else."""

from __future__ import annotations

import re

import ftfy

# Only letters that begin such an accident are worth a closer look, and most texts have none.
_SUSPECT = re.compile(
    "[\u00c2-\u00f4\u0102-\u010f][\u0080-\u00bf\u0152-\u017e\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|\ufffd|\u00e2\u20ac"
)


def mended(text: str) -> str:
    """Return *text* with its broken accents put right, the same text where nothing is broken."""
    return ftfy.fix_encoding(text) if _SUSPECT.search(text) else text
