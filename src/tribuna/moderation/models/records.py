"""What is written down once: rows that are added and never touched again."""

from __future__ import annotations

from typing import Any, Never

from django.db import models


class AppendOnly(Exception):  # noqa: N818
    """Someone tried to alter what was written down. It is answered by another row."""


class AppendOnlyQuerySet[Row: models.Model](models.QuerySet[Row]):
    """Rows that can be read and added; what would alter or remove them is refused."""

    def update(self, **values: Any) -> Never:
        """Refuse."""
        raise AppendOnly(f"{self.model.__name__} rows are not altered: {sorted(values)}")

    def delete(self) -> Never:
        """Refuse."""
        raise AppendOnly(f"{self.model.__name__} rows are not deleted.")


class AppendOnlyModel(models.Model):
    """A row that is stored once."""

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new row. Raises AppendOnly for one that is stored already."""
        if not self._state.adding:
            raise AppendOnly(f"{type(self).__name__} rows are not altered.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        """Refuse."""
        raise AppendOnly(f"{type(self).__name__} rows are not deleted.")
