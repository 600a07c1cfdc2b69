"""systemd: keeps ``tribuna serve`` running, starts it with the machine, and lets it write nowhere but in its data."""

from __future__ import annotations

import pwd
import sys
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from tribuna.site import env
from tribuna.site.deploy.facts import Facts, absolute, quoted
from tribuna.site.deploy.paper import filled
from tribuna.site.files import sqlite_files

HOMES = (Path("/home"), Path("/root"), Path("/run/user"))  # what ProtectHome= is about
SUGGESTED_USER = "tribuna"


def configuration(facts: Facts) -> str:
    """Return the text of a unit for the newsroom in the working directory."""
    folder, program = absolute(env.HOME), command(Path(sys.executable))
    written = outermost([env.DATA, *_folders_of_settings()])
    return filled(
        "tribuna.service",
        {
            "address": facts.address,
            "upstream": facts.upstream,
            "user": user(folder.stat().st_uid),
            "folder": quoted(folder)[1:-1].replace("%", "%%"),
            "suggested_user": SUGGESTED_USER,
            "program": program,
            "writable": " ".join(_word(each) for each in written),
            "homes": "read-only" if lives_at_home([folder, Path(sys.prefix), *written]) else "yes",
        },
    )


def _folders_of_settings() -> list[Path]:
    named = [settings.MEDIA_ROOT, settings.STATIC_ROOT, settings.TRIBUNA_PRESS_FOLDER]
    return [*map(Path, named), *(file.parent for file in sqlite_files().values())]


def command(python: Path) -> str:
    """Return how to call ``tribuna`` as the environment of *python* has it."""
    program = python.with_name("tribuna")
    return _word(program) if program.exists() else f"{_word(python)} -P -m tribuna.site.cli"


def user(uid: int) -> str:
    """Return who *uid* is, the owner of the newsroom's folder; empty for root, who should not serve it."""
    if uid == 0:
        return ""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def outermost(folders: Iterable[Path]) -> list[Path]:
    """Return *folders* without those that are inside another."""
    every = sorted({absolute(folder) for folder in folders})
    return [each for each in every if not set(each.parents) & set(every)]


def lives_at_home(folders: Iterable[Path]) -> bool:
    """Say whether one of *folders* is in somebody's home."""
    return any(each.is_relative_to(home) for each in folders for home in HOMES)


def _word(path: Path) -> str:
    """Return *path* as one word of a line: ``%`` means something to systemd."""
    return quoted(path).replace("%", "%%")
