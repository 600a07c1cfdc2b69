"""Photographs with an IPTC block, as a picture desk sends them."""

from __future__ import annotations

import struct

from tests.factories import photograph


def iptc_photograph(
    datasets: list[tuple[tuple[int, int], bytes]], *, marker: bytes | None = None, rubbish: bytes = b""
) -> bytes:
    """Return a JPEG with these datasets (IIM 4.2) in a Photoshop resource; *marker* declares the character set."""
    block = b"".join(_dataset(*tag, value) for tag, value in [((1, 90), marker), *datasets] if value is not None)
    resource = b"8BIM" + struct.pack(">H", 0x0404) + b"\0\0" + _padded(block + rubbish)
    segment = b"Photoshop 3.0\0" + resource
    jpeg = photograph()
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:]


def _dataset(record: int, number: int, value: bytes) -> bytes:
    return b"\x1c" + bytes([record, number]) + struct.pack(">H", len(value)) + value


def _padded(block: bytes) -> bytes:
    return struct.pack(">I", len(block)) + block + b"\0" * (len(block) % 2)
