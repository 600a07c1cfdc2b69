"""Reads: where an old address leads."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SIZED = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w+$)")  # WordPress keeps smaller copies beside the original
_STYLED = re.compile(r"/styles/[^/]+/(?:public|private)/")  # and Drupal in folders of their own


def by_other_sizes(path: str) -> Iterator[str]:
    """Yield where the original of the picture at *path* may have stood, if that is a copy in another size."""
    for original in (_SIZED.sub("", path), _STYLED.sub("/", path)):
        if original != path:
            yield original
