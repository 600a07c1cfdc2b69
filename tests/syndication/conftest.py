"""Stories to be found by machines."""

from __future__ import annotations

from tests.press.conftest import own_store
from tests.theme.conftest import full, picture

__all__ = ["full", "own_store", "picture"]
