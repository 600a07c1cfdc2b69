"""Buckets in the site's own database: one row each, one statement a second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from tribuna.core.prepared import prepared
from tribuna.humans.models import Bucket


@prepared
def _rows(numbers: list[int]) -> QuerySet[Bucket, tuple[int, float]]:
    return Bucket.objects.filter(pk__in=numbers).values_list("number", "content")


class DatabaseBuckets:
    """Sums in rows. Adding is one statement whatever the number of buckets, so that none is lost between processes."""

    def pour(self, amounts: Mapping[int, float]) -> None:
        """Add each amount to its bucket."""
        Bucket.objects.add_up(amounts.items())

    def contents(self, buckets: Sequence[int]) -> Mapping[int, float]:
        """Return what is in those that have a row."""
        return dict(_rows(list(buckets)))

    def forget(self, before: int) -> int:
        """Delete the rows of earlier days."""
        return Bucket.objects.filter(pk__lt=before).delete()[0]
