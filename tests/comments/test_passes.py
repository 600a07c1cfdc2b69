"""A comment remembers the epoch of the pass it came with: what is found to be spam burns passes of that epoch."""

from __future__ import annotations

import time

import pytest

from tests import factories
from tribuna.comments import actions
from tribuna.humans.actions import issuing_keys
from tribuna.humans.base import Evidence, Outcome, Proof

pytestmark = pytest.mark.django_db


@pytest.fixture
def key():
    return issuing_keys()[0]


def with_pass(key, *, number=1):
    later = time.time() + 60
    evidence = Evidence(witness="pass", nonce=f"{number:032}", expires_at=later, epoch=key.pk)
    return Proof(f"{number + 1:032}", Outcome.PASSED, "", later, evidence=(evidence,))


def submit(proof):
    story = factories.article(title="Ferry returns")
    return actions.submit_comment(story, text="At last.", name="Zoe", language="en", proof=proof).comment


def counted(key):
    key.refresh_from_db()
    return key.redeemed, key.spam


def test_what_came_with_a_pass_is_counted_and_spam_found_later_too(newsroom, key, settings):
    settings.TRIBUNA_JUDGES = []
    comment = submit(with_pass(key))
    assert (comment.pass_epoch, counted(key)) == (key.pk, (1, 0))
    actions.mark_comment_as_spam(comment)
    assert counted(key) == (1, 1)
    actions.publish_comment(comment)
    assert counted(key) == (1, 0)


def test_without_a_pass_nothing_is_counted(newsroom, key, settings):
    settings.TRIBUNA_JUDGES = []
    comment = submit(None)
    actions.mark_comment_as_spam(comment)
    assert (comment.pass_epoch, counted(key)) == (None, (0, 0))


def test_a_comment_that_came_with_a_pass_earns_one_in_its_place(newsroom, key, settings, client, monkeypatch):
    settings.TRIBUNA_JUDGES = []
    granted = []
    monkeypatch.setattr(
        "tribuna.comments.views.receipts.grant_passes", lambda about, count=8: granted.append(count) or ""
    )
    for number, proof in enumerate((None, with_pass(key))):
        story = factories.article(title=f"Story {number}")
        sent = actions.submit_comment(story, text="At last.", name="Zoe", language="en", proof=proof)
        assert client.get(f"/en/receipts/{sent.secret}/").status_code == 200
    assert granted == [8, 1]
