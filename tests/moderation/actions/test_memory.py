from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.dispatch import receiver
from django.utils import timezone

from tests.moderation.factories import article, comment
from tribuna.comments.models import Comment
from tribuna.comments.signals import comment_submitted
from tribuna.moderation.actions import forget_traces
from tribuna.moderation.models import Decision, Trace

pytestmark = pytest.mark.django_db


def test_what_comes_in_is_written_down_with_the_judges_reasons(settings) -> None:
    settings.TRIBUNA_JUDGES = ["tribuna.moderation.judges.links.LinksJudge"]
    stored = comment(text="Look at cheap.com and a.net and b.org", network="192.0.2.0/24")
    decision = Decision.objects.get()
    assert decision.action == "receive"
    assert (decision.state_before, decision.state_after) == ("", "held")
    assert decision.is_automatic
    assert decision.found_by == "links"
    assert [str(reason) for reason in decision.why] == [
        "A link from a newcomer (cheap.com) is read by a person first.",
        "It has 3 links; more than 2 are read by a person.",
        "A moderator reads all comments on this article before they appear.",
    ]
    assert decision.at == stored.created_at
    trace = Trace.objects.get()
    assert trace.comment == stored
    assert trace.author_ref == stored.author_ref
    assert len(trace.text_digest) == len(trace.network_ref) == 64


def test_what_is_published_at_once_is_written_down_too() -> None:
    comment(state="published")
    decision = Decision.objects.get()
    assert (decision.state_after, decision.found_by, decision.facts) == ("published", "", [])


def test_the_record_is_lost_with_the_comment_when_storing_fails() -> None:
    @receiver(comment_submitted)
    def fail(**kwargs: object) -> None:
        raise RuntimeError

    page = article()
    try:
        with pytest.raises(RuntimeError):
            comment(page)
    finally:
        comment_submitted.disconnect(fail)
    assert not Comment.objects.exists()
    assert not Decision.objects.exists()
    assert not Trace.objects.exists()


def test_traces_are_forgotten_when_no_judge_asks_for_them(settings) -> None:
    comment()
    later = timezone.now() + timedelta(days=settings.TRIBUNA_REPEATS_WINDOW_DAYS, seconds=1)
    assert forget_traces() == 0
    with time_machine.travel(later, tick=False):
        assert forget_traces() == 1
    assert not Trace.objects.exists()
