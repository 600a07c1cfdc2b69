"""The facts."""

from tribuna.importers.models.archives import (
    KEY_MAX_CHARACTERS,
    KIND_MAX_CHARACTERS,
    NAME_MAX_CHARACTERS,
    Archive,
    Finding,
    Origin,
    Run,
)
from tribuna.importers.models.runs import ImportRun
from tribuna.importers.models.wires import Wire, WireItem

__all__ = [
    "KEY_MAX_CHARACTERS",
    "KIND_MAX_CHARACTERS",
    "NAME_MAX_CHARACTERS",
    "Archive",
    "Finding",
    "ImportRun",
    "Origin",
    "Run",
    "Wire",
    "WireItem",
]
