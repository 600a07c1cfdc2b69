"""What was shown is used up once: all of it, or nothing."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from secrets import token_hex

import pytest
from django.db import connection, transaction

from tribuna.humans.actions import (
    AlreadySpent,
    burn_token,
    forget_expired_nonces,
    pressure_of,
    spend_proof,
    spend_proofs,
)
from tribuna.humans.base import Evidence, Outcome, Proof
from tribuna.humans.models import SpentNonce


def proof(nonce: str = "ab" * 16, seconds: float = 60) -> Proof:
    return Proof(nonce=nonce, outcome=Outcome.PASSED, challenge="image", expires_at=time.time() + seconds)


def test_a_proof_is_spent_once(db):
    once = proof()
    spend_proof(once)
    with pytest.raises(AlreadySpent):
        spend_proof(once)
    assert SpentNonce.objects.get(pk=once.nonce).expires_at.timestamp() == pytest.approx(once.expires_at, abs=1e-3)


def test_a_transaction_goes_on_after_it_was_told_that_a_proof_is_spent(db):
    spend_proof(proof())
    with transaction.atomic():
        with pytest.raises(AlreadySpent):
            spend_proof(proof())
        spend_proof(proof("cd" * 16))
    assert SpentNonce.objects.count() == 2


def test_a_proof_is_not_spent_when_what_it_allows_fails(db):
    def allow():
        with transaction.atomic():
            spend_proof(proof())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        allow()
    spend_proof(proof())
    assert SpentNonce.objects.count() == 1


def at_once(proofs: list[Proof], blocker) -> list[str]:
    """Return what came of it when each of *proofs* was spent at the same time, in a connection of its own."""
    outcomes = []

    def spend(each: Proof) -> None:
        try:
            spend_proof(each)
            outcomes.append("spent")
        except AlreadySpent:
            outcomes.append("refused")
        finally:
            connection.close()

    nonces = {nonce for each in proofs for nonce in (each.nonce, *(one.nonce for one in each.evidence))}
    with blocker.unblock():
        threads = [threading.Thread(target=spend, args=[each]) for each in proofs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        SpentNonce.objects.filter(nonce__in=nonces).delete()
        connection.close()
    return sorted(outcomes)


@pytest.mark.storage
@pytest.mark.usefixtures("django_db_setup")
def test_of_many_at_once_one_is_first(django_db_blocker):
    assert at_once([proof(token_hex(16))] * 50, django_db_blocker) == ["refused"] * 49 + ["spent"]


@pytest.mark.storage
@pytest.mark.usefixtures("django_db_setup")
def test_of_many_forms_with_the_same_evidence_one_is_first(django_db_blocker):
    same = [Evidence("work", token_hex(16), time.time() + 60), Evidence("pass", token_hex(16), time.time() + 60)]
    proofs = [replace(proof(token_hex(16)), evidence=(same[number % 2], same[1 - number % 2])) for number in range(50)]
    assert at_once(proofs, django_db_blocker) == ["refused"] * 49 + ["spent"]


def test_all_of_a_proof_is_spent_or_nothing(db):
    used, fresh = (Evidence("work", letter * 32, time.time() + 60) for letter in "ef")
    spend_proof(replace(proof(), evidence=(used,)))
    with pytest.raises(AlreadySpent):
        spend_proof(replace(proof("cd" * 16), evidence=(fresh, used)))
    assert set(SpentNonce.objects.values_list("pk", flat=True)) == {"ab" * 16, "e" * 32}


def test_what_was_burnt_can_t_be_spent_and_burning_twice_is_once(db):
    wrong = proof()
    burn_token(wrong.nonce, expires_at=wrong.expires_at)
    burn_token(wrong.nonce, expires_at=wrong.expires_at)
    with pytest.raises(AlreadySpent):
        spend_proof(wrong)
    assert SpentNonce.objects.count() == 1


def test_spent_numbers_are_forgotten_a_day_after_their_tokens_expired(db):
    now = datetime.now(tz=UTC)
    for nonce, expires_at in {
        "long gone": now - timedelta(days=2),
        "just gone": now - timedelta(hours=23),
        "living": now + timedelta(hours=1),
    }.items():
        SpentNonce.objects.create(nonce=nonce, expires_at=expires_at)
    assert forget_expired_nonces() == 1
    assert set(SpentNonce.objects.values_list("nonce", flat=True)) == {"just gone", "living"}
    assert forget_expired_nonces(at=now + timedelta(days=2)) == 2
    assert str(SpentNonce(nonce="ab")) == "ab"


def test_of_proofs_that_come_together_each_is_spent_or_not_by_itself(db, django_assert_num_queries):
    first, second, third = (proof(letter * 32) for letter in "abc")
    with django_assert_num_queries(1):
        assert spend_proofs([first, None, second, first, first]) == [True, True, True, False, False]
    with django_assert_num_queries(1):
        assert spend_proofs([second, third]) == [False, True]
    assert SpentNonce.objects.count() == 3
    assert spend_proofs([]) == []


def test_what_is_half_used_leaves_the_rest_to_who_comes_with_it(db):
    shared = Evidence("pass", "e" * 32, time.time() + 60)
    used = proof("d" * 32)
    spend_proof(used)
    replayed, honest = replace(used, evidence=(shared,)), replace(proof("a" * 32), evidence=(shared,))
    assert spend_proofs([replayed, honest, replace(proof("b" * 32), evidence=(shared,))]) == [False, True, False]
    assert set(SpentNonce.objects.values_list("pk", flat=True)) == {"d" * 32, "a" * 32, "e" * 32}


@pytest.mark.django_db(transaction=True)
def test_what_comes_of_them_is_counted_once_for_all(django_assert_num_queries):
    here = [
        replace(proof(letter * 32), scope="comment:1", network=f"192.0.{place}.0/24")
        for place, letter in enumerate("abc")
    ]
    with transaction.atomic():
        assert spend_proofs([*here, proof("d" * 32), here[0]]) == [True, True, True, True, False]
        assert pressure_of("192.0.1.0/24") == 0
    with django_assert_num_queries(0):  # it was asked about all of them at once
        levels = [pressure_of(each.network) for each in here]
    assert levels[0] > 0
    assert levels == pytest.approx([levels[0]] * 3, rel=0.1)
