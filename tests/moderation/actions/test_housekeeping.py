from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.moderation.factories import comment, moderator
from tribuna.comments.models import ThreadStat
from tribuna.moderation.actions import check_counts, check_counts_nightly, save_filter
from tribuna.moderation.actions.housekeeping import NIGHT_HOUR
from tribuna.moderation.models import CountCheck, SavedFilter

pytestmark = pytest.mark.django_db


def test_the_counts_are_put_right_and_what_was_found_is_kept():
    stored = comment(state="published")
    ThreadStat.objects.filter(page=stored.page_id).update(visible_count=7)
    assert check_counts().drifted == 1
    assert str(CountCheck.objects.latest()).endswith(": 1")
    assert check_counts().drifted == 0
    assert ThreadStat.objects.get(page=stored.page_id).visible_count == 1


def test_it_is_done_once_a_night():
    night = timezone.localtime().replace(hour=NIGHT_HOUR, minute=30)
    with time_machine.travel(night, tick=False) as now:
        assert check_counts_nightly()
        assert check_counts_nightly() is None
        now.shift(timedelta(hours=23))  # still before three
        assert check_counts_nightly() is None
        now.shift(timedelta(hours=1))
        assert check_counts_nightly()


def test_old_checks_are_forgotten(monkeypatch):
    monkeypatch.setattr("tribuna.moderation.actions.housekeeping.CHECKS_KEPT", 2)
    with time_machine.travel(timezone.now(), tick=False) as now:
        for _ in range(4):
            check_counts()
            now.shift(timedelta(days=1))
    assert CountCheck.objects.count() == 2


def test_a_filter_of_the_same_name_takes_the_others_place():
    mara = moderator()
    save_filter(mara, name="Spanish", query="language=es")
    kept = save_filter(mara, name="Spanish", query="language=es&judge=links")
    assert [str(each) for each in SavedFilter.objects.all()] == ["Spanish"]
    assert kept.query == "language=es&judge=links"
