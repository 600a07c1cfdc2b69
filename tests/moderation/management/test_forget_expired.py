from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from tests.moderation.factories import comment
from tribuna.moderation.models import Trace

pytestmark = pytest.mark.django_db


def test_the_command_forgets_and_says_how_much(settings) -> None:
    comment()
    said = StringIO()
    with time_machine.travel(timezone.now() + timedelta(days=settings.TRIBUNA_REPEATS_WINDOW_DAYS + 1), tick=False):
        call_command("forget_expired", stdout=said)
    assert said.getvalue() == "0 tokens, 1 traces, 0 buckets, 0 counts and 0 rows about mail and reports forgotten.\n"
    assert not Trace.objects.exists()
