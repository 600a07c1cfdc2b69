"""What tests of reports begin with."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests.moderation.factories import comment
from tribuna.comments.actions import settle_notice
from tribuna.comments.models import Notice
from tribuna.people.models import User


def declined(actor: User, **fields: Any) -> Notice:
    """Return a report of a published comment that *actor* has declined."""
    reported = comment(text="Never mind the silly ferry.", state="published")
    fields = {
        "explanation": "It insults the ferry.",
        "language": "en",
        "at": timezone.now(),
        "ground": "rule",
        **fields,
    }
    notice = Notice.objects.create(page=reported.page, comment=reported, **fields)
    return settle_notice(notice, outcome="dismissed", answer="It is an opinion.", actor=actor)
