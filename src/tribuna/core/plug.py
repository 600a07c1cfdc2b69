"""Loads the implementations that a setting names by dotted path."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.utils.module_loading import import_string


@cache
def plug(path: str) -> Any:
    """Return one instance, kept for the life of the process, of the class at *path*.

    Raises ImportError when nothing is there.
    """
    return import_string(path)()


def plugs(paths: Iterable[str]) -> list[Any]:
    """Return an instance for each dotted path, in order."""
    return [plug(path) for path in paths]
