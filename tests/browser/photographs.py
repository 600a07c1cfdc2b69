"""A real photograph, and the caption that its photographer's desk would write into it."""

from __future__ import annotations

import struct
from pathlib import Path

import sklearn.datasets.images as photographs

PHOTOGRAPH = Path(photographs.__file__).parent / "china.jpg"  # CC BY, comes with scikit-learn


def _dataset(number: int, text: str) -> bytes:
    data = text.encode()
    return struct.pack(">BBBH", 0x1C, 2, number, len(data)) + data


def photograph_with_iptc(file: Path, *, credit: str, caption: str) -> Path:
    """Write the photograph to *file* with an IPTC-IIM record 2 (credit 2:110, caption 2:120) in its APP13 segment."""
    record = b"\x1c\x01\x5a\x00\x03\x1b%G" + _dataset(110, credit) + _dataset(120, caption)
    resource = b"8BIM" + struct.pack(">HBBI", 0x0404, 0, 0, len(record)) + record + b"\0" * (len(record) % 2)
    segment = b"Photoshop 3.0\0" + resource
    original = PHOTOGRAPH.read_bytes()
    file.write_bytes(original[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + original[2:])
    return file
