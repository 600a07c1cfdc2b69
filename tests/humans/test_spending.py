"""What was shown is used up once: all of it, or nothing."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from secrets import token_hex

import pytest
from django.db import connection, transaction

from tribuna.humans.actions import AlreadySpent, burn_token, forget_expired_nonces, spend_proof
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
