"""What the desk keeps of a comment whose author changed the text."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.moderation.factories import article, comment, draft
from tribuna.comments.actions import edit_comment
from tribuna.comments.base import Decision as Wanted
from tribuna.comments.models import Comment, Receipt
from tribuna.moderation.judges.pace import PaceJudge
from tribuna.moderation.judges.repeats import RepeatsJudge
from tribuna.moderation.models import Decision, Trace, WordEntry

pytestmark = pytest.mark.django_db

TEXT = "The new ferry is a great success for all of us on the island."


@pytest.fixture
def stored(settings) -> Comment:
    """A published comment that may still be edited."""
    return comment(article(comments_policy="open"), text=TEXT, state="published", email="ana@example.org")


def edited(stored: Comment, text: str) -> Comment:
    receipt = Receipt.objects.select_related("comment").get(pk=stored.pk)
    page = stored.page.specific
    return edit_comment(receipt, page=page, text=text, at=stored.created_at + timedelta(minutes=1))


def test_an_edit_that_changes_nothing_for_readers_leaves_no_record(stored: Comment) -> None:
    before, digest = Decision.objects.count(), Trace.objects.get().text_digest
    edited(stored, f"{TEXT} Really.")
    assert Decision.objects.count() == before
    assert Trace.objects.get().text_digest != digest


@pytest.mark.parametrize(("consequence", "action"), [("HOLD", "hold"), ("REJECT", "reject")])
def test_what_the_judges_do_to_an_edit_is_written_down(stored: Comment, consequence: str, action: str) -> None:
    WordEntry.objects.create(phrase="cheap", decision=WordEntry.Consequence[consequence])
    edited(stored, f"{TEXT} Cheap!")
    decision = Decision.objects.latest("pk")
    assert (decision.action, decision.state_before, decision.found_by) == (action, "published", "words")
    assert decision.is_automatic


def test_an_edit_is_neither_a_repetition_of_itself_nor_another_comment(stored: Comment, settings) -> None:
    settings.TRIBUNA_PACE_AUTHOR_MAXIMUM = 1
    assert timezone.now() - stored.created_at < timedelta(minutes=10)
    sent = {"author_ref": stored.author_ref, "network_ref": ""}
    for judge in (RepeatsJudge(), PaceJudge()):
        assert judge.judge(draft(TEXT, **sent)).decision is Wanted.HOLD
        assert judge.judge(draft(TEXT, replaces=stored.pk, **sent)).decision is Wanted.PUBLISH
