"""The files of one page: its body, and beside it the same body for each coding."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from mmap import mmap
from pathlib import Path
from tempfile import mkstemp

import brotli
from zlib_ng import zlib_ng

from tribuna.press.base import BROTLI, FOR_EVER, GZIP, IDENTITY, SUFFIXES, Printed

# A quarter of a millisecond and two thirds of one for a long article. One step further costs twice that for three
# bytes in a hundred, and whoever waits for the page would feel it.
GZIP_LEVEL, BROTLI_QUALITY = 5, 4
GZIP_FORMAT = 31  # as zlib calls it: a window of 32 KiB, and gzip around it
BELL_BYTES = 8
STAMP_SECONDS = 2**30  # a file's time is made from its content, somewhere before 2004: nginx makes its ETag from it

type Identity = tuple[int, int, int]


def codings(body: bytes) -> dict[str, bytes]:
    """Return *body* in every coding."""
    packed = zlib_ng.compress(body, GZIP_LEVEL, GZIP_FORMAT)
    return {IDENTITY: body, GZIP: packed, BROTLI: brotli.compress(body, quality=BROTLI_QUALITY)}


def digest(body: bytes) -> str:
    """Return what tells whether *body* is whole."""
    return blake2b(body, digest_size=16).hexdigest()


def stamp(body: bytes) -> int:
    """Return the seconds to date the files of *body* with."""
    return int.from_bytes(blake2b(body, digest_size=8).digest()) % STAMP_SECONDS


def described(page: Printed, bodies: Mapping[str, bytes], stamp: int) -> dict[str, object]:
    """Return what the index takes down of *page*, with its *bodies* by coding."""
    return {
        "headers": json.dumps(page.headers),
        "digests": json.dumps({coding: digest(body) for coding, body in bodies.items()}),
        "stamp": stamp,
        "size": sum(map(len, bodies.values())),
        "until": page.until,
    }


def make(folder: Path, body: bytes, seconds: int) -> Path:
    """Return a new file with *body* in *folder*, dated *seconds*; its nanoseconds tell it from others like it."""
    descriptor, name = mkstemp(dir=folder)
    with os.fdopen(descriptor, "wb") as file:
        file.write(body)
        os.fchmod(file.fileno(), 0o644)  # nginx reads it
    nanoseconds = seconds * 10**9 + time.time_ns() % 10**9
    os.utime(name, ns=(nanoseconds, nanoseconds))
    return Path(name)


def put(place: Path, made: Mapping[str, Path]) -> None:
    """Move files to *place*; the plain one comes last: with it the page is there."""
    place.parent.mkdir(parents=True, exist_ok=True)
    for coding in reversed(SUFFIXES):
        made[coding].replace(f"{place}{SUFFIXES[coding]}")


def move(here: Path, there: Path) -> None:
    """Move the files of a page, as far as they are there; the plain one first."""
    source, target = str(here), str(there)
    for suffix in SUFFIXES.values():
        try:
            os.replace(source + suffix, target + suffix)  # noqa: PTH105 - thrice for each comment
        except FileNotFoundError:
            there.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):
                os.replace(source + suffix, target + suffix)  # noqa: PTH105


def unlink(place: Path) -> None:
    """Remove the files of a page, as far as they are there; the plain one first."""
    name = str(place)
    for suffix in SUFFIXES.values():
        with suppress(FileNotFoundError):
            os.unlink(name + suffix)  # noqa: PTH108 - thrice for each page that is printed


def read(place: Path, digests: Mapping[str, str]) -> tuple[dict[str, bytes], Identity] | None:
    """Return the bodies at *place* by coding, and what the plain file is told by; None unless all are whole."""
    try:
        bodies = {coding: Path(f"{place}{SUFFIXES[coding]}").read_bytes() for coding in digests}
        found = identity(place)
    except OSError:
        return None
    if {coding: digest(body) for coding, body in bodies.items()} != digests:
        return None
    return bodies, found


def identity(place: Path) -> Identity:
    """Return what the plain file at *place* is told by. Raises OSError where there is none."""
    found = place.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


@dataclass(slots=True)
class Watch:
    """Tells, at every request, whether the file at *place* is still the one that was read.

    The file is looked at only when somebody has rung the *bell* since: a few bytes of memory that all processes share.
    """

    place: str
    identity: Identity
    until: float  # POSIX seconds
    bell: mmap
    heard: bytes

    def __call__(self) -> bool:
        """Say whether it is, and before its end."""
        if self.until != FOR_EVER and time.time() >= self.until:
            return False
        rung = self.bell[:BELL_BYTES]
        return rung == self.heard or self._look(rung)

    def _look(self, rung: bytes) -> bool:
        try:
            found = identity(Path(self.place))
        except OSError:
            return False
        if found != self.identity:
            return False  # and not heard: another thread must find that out too
        self.heard = rung  # what was rung while we looked is heard the next time
        return True


def hang_bell(file: Path) -> mmap:
    """Return the bell that all processes of the newsroom share in *file*."""
    with file.open("a+b") as opened:
        if opened.seek(0, os.SEEK_END) < BELL_BYTES:
            opened.write(bytes(BELL_BYTES))
            opened.flush()
        return mmap(opened.fileno(), BELL_BYTES)


def ring(bell: mmap) -> None:
    """Make every watch look at its file before it answers again. Only one process at a time."""
    bell[:BELL_BYTES] = ((int.from_bytes(bell[:BELL_BYTES]) + 1) % 2**64).to_bytes(BELL_BYTES)
