"""Putting a letter into the post, and how often the house writes to an address that nobody has confirmed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from tribuna.comments.models import Alert, Asked, Letter, Notice
from tribuna.comments.queries.letters import DAY, address_ref, is_asked_too_often, network_ref
from tribuna.comments.tasks import fetch_carrier

UNCONFIRMED_KEPT = timedelta(days=3)
FAILED_KEPT = timedelta(days=14)


class TooManyLetters(Exception):  # noqa: N818
    """So much mail was asked for to this address, or from this network, that no more is sent today."""


def post_letter(kind: str, *, language: str, due: datetime | None = None, **fields: Any) -> Letter:
    """Leave a letter for the carrier, to be sent at once or when it is *due*; *fields* are the model's."""
    now = timezone.now()
    letter = Letter.objects.create(kind=kind, language=language, created_at=now, due_at=due or now, **fields)
    fetch_carrier(letter)
    return letter


def note_asked(email: str, *, network: str) -> None:
    """Note that somebody in *network* has the house write to *email*, which nobody has confirmed.

    Raises TooManyLetters when that was asked for often enough within a day. Hashes are kept, and for a day only.
    """
    if is_asked_too_often(email, network=network):
        raise TooManyLetters
    refs = [address_ref(email), *[network_ref(network)] * bool(network)]
    Asked.objects.bulk_create(Asked(ref=ref, at=timezone.now()) for ref in refs)


def forget_letters(*, but_for: QuerySet[Any, Any] | None = None) -> int:
    """Delete what has run out: alerts nobody confirmed, letters given up, what was asked for; return how many.

    Reports go some time after they were decided, except those whose ids *but_for* finds.
    """
    now = timezone.now()
    kept_notices = now - timedelta(days=settings.TRIBUNA_NOTICES_KEPT_DAYS)
    old = (
        Alert.objects.filter(confirmed_at=None, asked_at__lt=now - UNCONFIRMED_KEPT),
        Letter.objects.filter(due_at=None, created_at__lt=now - FAILED_KEPT),
        Asked.objects.filter(at__lt=now - DAY),
        Notice.objects.filter(decided_at__lt=kept_notices).exclude(pk__in=[] if but_for is None else but_for),
    )
    return sum(rows.delete()[0] for rows in old)
