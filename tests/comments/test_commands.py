"""What the operator can ask of comments."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from tests.comments.factories import comment
from tribuna.comments.models import ThreadStat

pytestmark = pytest.mark.django_db


def test_reconciling_says_which_counters_were_wrong_and_mends_them(page, capsys):
    comment(page)
    ThreadStat.objects.update(visible_count=7)
    call_command("reconcile_comments")
    assert capsys.readouterr().out == f"page {page.pk}: 7 stored, 1 counted\n1 pages had drifted.\n"
    call_command("reconcile_comments")
    assert capsys.readouterr().out == "0 pages had drifted.\n"
