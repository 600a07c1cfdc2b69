"""Where the words of entries are kept: one module for each kind of database."""

from __future__ import annotations

from typing import Any

from tribuna.search.base import Shelf
from tribuna.search.stores import postgresql, sqlite


def shelf_in(connection: Any) -> Shelf:
    """Return the shelf in the database of *connection*."""
    return postgresql.Vectors(connection) if connection.vendor == "postgresql" else sqlite.Pages(connection)
