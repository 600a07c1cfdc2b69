"""The postman of the tests: what would be sent, and where its links lead."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import time_machine
from django.core import mail
from django.utils import timezone

from tribuna.comments.actions import ask_for_alerts, confirm_alerts
from tribuna.comments.models import Alert, Comment
from tribuna.comments.tasks import carry_letters

READER = "reader@example.org"


def sent_after(**wait: float) -> list[mail.EmailMessage]:
    """Return the mails that go out, in their order, after a while (of ``timedelta``)."""
    mail.outbox.clear()
    with time_machine.travel(timezone.now() + timedelta(**wait), tick=False):
        carry_letters.call()
    return list(mail.outbox)


def paths_in(message: mail.EmailMessage) -> list[str]:
    """Return the paths of the links in a mail."""
    return [urlsplit(url).path for url in re.findall(r"http://\S+", message.body)]


def alert_for(comment: Comment, *, email: str = READER, **fields: Any) -> Alert:
    """Return a confirmed alert of the author of *comment*; what was sent for it is sent."""
    fields = {"pace": "at-once", "language": "en", **fields}
    alert = ask_for_alerts(comment, email=email, **fields)
    confirm_alerts(alert)
    sent_after()
    return Alert.objects.get(pk=alert.pk)
