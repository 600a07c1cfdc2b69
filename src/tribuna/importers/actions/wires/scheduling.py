"""When wires are asked: the clerk looks whose turn it is, and leaves each to the task worker."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.tasks import task
from django.utils import timezone

from tribuna.core.prepared import prepared
from tribuna.importers.actions.wires.taking import take_in
from tribuna.importers.models import Wire

QUEUE = "queue"  # its name in settings.TASKS
LEASE = timedelta(minutes=10)  # until a wire whose taker died is asked again


@task(backend=QUEUE)
def take_in_wire(pk: int) -> None:
    """Take in the wire with the primary key *pk*; one that is gone or was switched off by now is not."""
    wire = Wire.objects.filter(pk=pk, enabled=True).first()
    if wire is not None:
        take_in(wire)


@prepared
def _due(now: datetime) -> QuerySet[Wire, tuple[int, datetime]]:
    return Wire.objects.filter(enabled=True, due_at__lte=now).values_list("pk", "due_at")


def enqueue_due_wires() -> int:
    """Leave every wire whose turn it is to the task worker, and return how many. Of several clerks one gets each."""
    now, count = timezone.now(), 0
    for pk, due_at in _due(now):
        if Wire.objects.filter(pk=pk, due_at=due_at).update(due_at=now + LEASE):
            take_in_wire.enqueue(pk)
            count += 1
    return count
