"""Keys, epochs, and signing once for each published comment."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from tests.humans.wallet import ask, draw
from tribuna.core.privacy_pass import Malformed, TokenRequest
from tribuna.humans.actions import (
    BATCH_MAXIMUM,
    AlreadyDrawn,
    NoPasses,
    NotGranted,
    UnknownKey,
    grant_passes,
    issue_passes,
    issuing_keys,
    note_redeemed,
    note_spam,
    passes,
    rotate_keys,
)
from tribuna.humans.models import PassBatch, PassKey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_keys")]

MONDAY = datetime(2026, 5, 4, 10, tzinfo=UTC)
WEEK = timedelta(days=7)


def issued(about: str = "comment:1", **fields) -> bytes:
    return issue_passes(
        grant_passes(about), asked=fields.pop("asked") if "asked" in fields else ask().request, **fields
    )


@time_machine.travel(MONDAY, tick=False)
def test_an_epoch_has_one_key_that_is_made_when_it_is_needed():
    [key] = issuing_keys()
    assert issuing_keys() == [key]
    assert key.valid_from <= MONDAY < key.valid_until == key.valid_from + WEEK
    assert key.redeemable_until == key.valid_until + WEEK
    assert str(key) == "2026-04-30"
    assert issuing_keys(at=MONDAY + 2 * WEEK)[0] != key


def test_processes_that_begin_an_epoch_at_once_get_the_same_key(monkeypatch):
    made = passes._fresh_key

    def meanwhile(taken):
        monkeypatch.setattr(passes, "_fresh_key", made)
        issuing_keys()
        return made(taken)

    monkeypatch.setattr(passes, "_fresh_key", meanwhile)
    assert issuing_keys() == list(PassKey.objects.all())
    assert PassKey.objects.count() == 1


def test_a_key_lies_sealed_and_no_two_in_use_are_asked_for_alike(settings, monkeypatch):
    [key] = issuing_keys()
    assert b"\x02\x03\x01\x00\x01" in bytes(key.public_key)
    assert b"\x02\x03\x01\x00\x01" not in bytes(key.sealed_key)
    ids = iter([b"\1", b"\2", b"\3"])
    monkeypatch.setattr(passes, "token_key_id", lambda _public: next(ids))
    monkeypatch.setattr(passes, "encoded_key", lambda _key: b"")
    monkeypatch.setattr(passes, "generate_private_key", lambda _exponent, _bits: passes._private(key))
    passes._fresh_key({1, 2})
    assert next(ids, None) is None


def test_keys_are_made_a_day_ahead_and_forgotten_when_nothing_of_theirs_can_be_redeemed():
    with time_machine.travel(MONDAY, tick=False):
        assert rotate_keys() == 0
        [first] = issuing_keys()
        draw()
    with time_machine.travel(first.valid_until - timedelta(hours=2), tick=False):
        assert rotate_keys() == 0
        assert [key.valid_from for key in issuing_keys()] == [first.valid_from, first.valid_until]
    with time_machine.travel(first.redeemable_until, tick=False):
        assert rotate_keys() == 1
    batch = PassBatch.objects.get()
    assert (batch.key, bytes(batch.answer)) == (None, b"")
    assert str(batch) == batch.about


def test_epochs_follow_each_other_when_their_length_is_changed(settings):
    with time_machine.travel(MONDAY, tick=False):
        [old] = issuing_keys()
        settings.TRIBUNA_PASS_EPOCH_DAYS = 11
    with time_machine.travel(old.valid_until, tick=False):
        [new] = issuing_keys()
    assert new.valid_from == old.valid_until
    assert new.valid_until - new.valid_from < timedelta(days=11)


def test_a_key_that_can_t_be_unsealed_signs_nothing_and_is_replaced(settings):
    with time_machine.travel(MONDAY, tick=False):
        [old] = issuing_keys()
        issuing_keys(at=old.valid_until)
        asked = ask(key=old).request
        settings.SECRET_KEY = "n" * 50
        with pytest.raises(NoPasses):
            issued(asked=asked)
        assert rotate_keys() == 0
        assert old not in issuing_keys()
        assert issued(asked=ask().request)
        settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "m" * 50
        rotate_keys()
        assert issued("comment:2")


def test_a_key_that_was_lost_within_its_epoch_is_replaced_up_to_the_next(settings):
    with time_machine.travel(MONDAY, tick=False):
        [old] = issuing_keys()
        following = issuing_keys(at=old.valid_until)[-1]
        old.delete()
        assert [key.valid_until for key in issuing_keys()] == [following.valid_from, following.valid_until]


def test_the_same_request_gets_the_same_answer_and_another_none():
    asked, other = ask(BATCH_MAXIMUM), ask()
    answer = issued(asked=asked.request)
    assert len(asked.passes(answer)) == BATCH_MAXIMUM
    assert issued(asked=asked.request) == answer
    with pytest.raises(AlreadyDrawn):
        issued(asked=other.request)
    assert issuing_keys()[0].issued == BATCH_MAXIMUM
    assert issued("comment:2", asked=other.request)


def test_who_died_while_signing_is_signed_for_after_all():
    asked = ask(2)
    answer = issued(asked=asked.request)
    PassBatch.objects.update(answer=b"")
    assert issued(asked=asked.request) == answer
    PassBatch.objects.update(key=None)
    with pytest.raises(AlreadyDrawn):
        issued(asked=asked.request)


def test_what_has_earned_one_pass_draws_one():
    grant = grant_passes("comment:1", count=1)
    with pytest.raises(Malformed):
        issue_passes(grant, asked=ask(2).request)
    assert len(issue_passes(grant, asked=ask(1).request)) == 256


@pytest.mark.parametrize("grant", ["", "comment:1", "comment:1:1:x", "é", "\ud800"])
def test_nothing_is_signed_without_a_grant(grant):
    with pytest.raises(NotGranted):
        issue_passes(grant, asked=ask().request)
    assert not PassBatch.objects.exists()


def test_a_grant_lasts_an_hour():
    with time_machine.travel(MONDAY, tick=False):
        grant, asked = grant_passes("comment:1"), ask().request
    with time_machine.travel(MONDAY + timedelta(minutes=61), tick=False), pytest.raises(NotGranted):
        issue_passes(grant, asked=asked)


@pytest.mark.parametrize(
    "change",
    [
        lambda asked: b"",
        lambda asked: asked[:-1],
        lambda asked: asked * (BATCH_MAXIMUM + 1),
        lambda asked: TokenRequest(asked[2], b"\xff" * 256).encoded(),
    ],
)
def test_what_can_t_be_signed_is_not_drawn(change):
    asked = ask().request
    with pytest.raises(Malformed):
        issued(asked=change(asked))
    assert issued(asked=asked)


def test_a_key_that_signs_no_more_is_taken_for_as_long_as_its_publication_may_be_kept():
    with time_machine.travel(MONDAY, tick=False):
        [key] = issuing_keys()
        asked = ask(key=key).request
    assert issued(asked=asked, at=key.valid_until + timedelta(minutes=59))
    for moment in (key.valid_until + timedelta(hours=1), key.valid_from - timedelta(seconds=1)):
        with pytest.raises(UnknownKey):
            issued("comment:2", asked=asked, at=moment)
    with pytest.raises(UnknownKey):
        issued("comment:2", asked=asked[:2] + bytes([asked[2] ^ 1]) + asked[3:], at=key.valid_from)


def test_spam_tightens_and_then_burns_an_epoch(settings):
    [key] = issuing_keys()
    settings.TRIBUNA_PASS_SPAM_MINIMUM, settings.TRIBUNA_PASS_SPAM_PERCENT = 3, 10

    def strictness() -> float:
        key.refresh_from_db()
        return key.strictness

    for _each in range(20):
        note_redeemed(key.pk)
    assert strictness() == 0
    note_spam(key.pk)
    assert strictness() == pytest.approx(1 / 3)
    note_spam(key.pk)
    assert not key.is_burnt
    note_spam(key.pk)
    assert strictness() == 1
    assert key.is_burnt
    with pytest.raises(NoPasses):
        issued()
    for _each in range(5):
        note_spam(key.pk, withdrawn=True)
    assert strictness() == 0
    assert issued()


def test_much_that_is_good_outweighs_a_little_spam(settings):
    [key] = issuing_keys()
    PassKey.objects.update(redeemed=1000, spam=10)
    key.refresh_from_db()
    assert key.strictness == pytest.approx(0.1)


def test_what_came_without_a_pass_counts_for_no_epoch():
    [key] = issuing_keys()
    note_redeemed(None)
    note_spam(None)
    key.refresh_from_db()
    assert (key.redeemed, key.spam) == (0, 0)


@pytest.mark.storage
@pytest.mark.usefixtures("django_db_setup")
@pytest.mark.django_db(transaction=True)
def test_of_many_requests_at_once_one_batch_is_drawn():
    requests, outcomes = [ask().request for _each in range(10)], []

    def draw_one(asked: bytes) -> None:
        try:
            outcomes.append(len(issued("comment:7", asked=asked, at=timezone.now())))
        except AlreadyDrawn:
            outcomes.append(0)
        finally:
            connection.close()

    threads = [threading.Thread(target=draw_one, args=[asked]) for asked in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [0] * 9 + [256]
    assert PassKey.objects.get().issued == 1
