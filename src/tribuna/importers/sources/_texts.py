"""Files of XML as text, whatever their encoding says, and without the characters that XML forbids."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import IO

CHUNK_BYTES = 64 * 1024
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
_DECLARED = re.compile(rb"""^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding=["']([\w.-]+)["']""")


def texts_in(file: IO[bytes]) -> Iterator[tuple[str, bool]]:
    """Yield the file as text, and whether that was all. What is not in its encoding is read as Windows did."""
    first = file.read(CHUNK_BYTES)
    decoder = codecs.getincrementaldecoder(_encoding(first))(errors="tribuna.windows")
    yield decoder.decode(first).translate(_CONTROLS), False
    while chunk := file.read(CHUNK_BYTES):
        yield decoder.decode(chunk).translate(_CONTROLS), False
    yield decoder.decode(b"", final=True).translate(_CONTROLS), True


def _encoding(first: bytes) -> str:
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    declared = _DECLARED.match(first)
    name = declared[1].decode("ascii") if declared else "utf-8"
    try:
        codec = codecs.lookup(name).name
        b"text".decode(codec, "replace")  # refuses what nobody writes in, such as base64 and idna
    except (LookupError, UnicodeError):
        codec = "utf-8"
    return "utf-8-sig" if codec == "utf-8" else codec


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("tribuna.windows", _as_windows)
