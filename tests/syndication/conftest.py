"""Stories to be found by machines."""

from __future__ import annotations

from tests.press.conftest import front, own_store
from tests.theme.conftest import full, picture

__all__ = ["front", "full", "own_store", "picture"]
