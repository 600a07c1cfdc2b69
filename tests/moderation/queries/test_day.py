from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.moderation.factories import article, comment, moderator
from tests.moderation.views.pages import QUEUE, soup, text_of
from tribuna.moderation.actions import check_counts, decide
from tribuna.moderation.queries import day_of

pytestmark = pytest.mark.django_db


def test_an_empty_desk_has_an_empty_day(django_assert_num_queries):
    mara = moderator()
    with django_assert_num_queries(1):
        day = day_of(mara)
    assert (day.waiting, day.oldest, day.decided, day.pace, day.appeals, day.checked_at) == (0, None, 0, 0, 0, None)
    assert day.done_at is None


def test_a_day_says_what_waits_since_when_and_when_it_will_be_done(client):
    mara, page = moderator(), article()
    noon = timezone.localtime().replace(hour=12, minute=0)
    with time_machine.travel(noon, tick=False) as now:
        stored = [comment(page, text=f"Comment {number}") for number in range(4)]
        now.shift(timedelta(hours=2))
        for each in stored[:2]:
            decide(each, actor=mara, state="published")
        decide(stored[2], actor=moderator("otto@example.org", "Otto"), state="spam")
        check_counts()
        day = day_of(mara)
        assert (day.waiting, day.oldest, day.decided, day.pace, day.arrivals) == (1, stored[3].created_at, 2, 3, 0)
        assert day.done_at == timezone.now() + timedelta(minutes=20)
        client.force_login(mara)
        shown = text_of(soup(client.get(QUEUE)).select_one(".desk-day"))
        assert "3 decided, 0 came" in shown
        assert "all right" in shown


def test_where_more_comes_than_is_decided_there_is_no_end(client):
    mara, page = moderator(), article()
    stored = [comment(page, text=f"Comment {number}") for number in range(3)]
    decide(stored[0], actor=mara, state="published")
    assert day_of(mara).done_at is None
    client.force_login(mara)
    assert "more comes than is decided" in text_of(soup(client.get(QUEUE)).select_one(".desk-day"))
