"""Collects the static files, and only when there is something new: compressing them takes longer than all the rest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from tribuna import __version__

STAMP = ".collected"


def _sources() -> Iterator[str]:
    """Say of every file that there is to collect which it is, how long, and of when."""
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            yield f"{name} {found.st_size} {found.st_mtime_ns}"


def _fingerprint() -> str:
    facts = [__version__, settings.STORAGES["staticfiles"]["BACKEND"], settings.STATIC_URL, *sorted(_sources())]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def collect_static() -> None:
    """Bring STATIC_ROOT up to date."""
    stamp, fingerprint = Path(settings.STATIC_ROOT) / STAMP, _fingerprint()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == fingerprint:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint, encoding="utf-8")
