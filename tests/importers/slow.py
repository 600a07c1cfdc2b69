"""A source that gives its records as somebody listens."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tribuna.importers.base import Reading, Record
from tribuna.importers.sources.wordpress import WordPress

PATH = f"{__name__}.Heard"


class Heard(WordPress):
    """WordPress, of which ``listen`` hears the number of each record before it is given."""

    listen: Callable[[int], None] = staticmethod(lambda _number: None)

    def open(self, options) -> Reading:
        reading = super().open(options)
        return Reading(self._heard(reading.records), reading.total)

    def _heard(self, records) -> Iterator[Record]:
        for number, record in enumerate(records):
            type(self).listen(number)
            yield record
