"""Redeeming a pass: what it proves, how often, and how quickly anything else is refused."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import timedelta
from statistics import median

import pytest
import time_machine
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.humans.wallet import ask, draw, sent
from tribuna.core.privacy_pass import TOKEN_BYTES, Token, TokenChallenge, armoured
from tribuna.humans.actions import AlreadySpent, issuing_keys, note_spam, spend_proof
from tribuna.humans.base import Evidence, Outcome, Proof
from tribuna.humans.models import PassKey, SpentNonce, pass_nonce, site_challenge
from tribuna.humans.witnesses.passes import PassWitness

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_keys")]

REFUSED_WITHIN_MILLISECONDS = 1.0


def examined(text: str, scope: str = "comment:1") -> Evidence | None:
    return PassWitness().examine(text, scope=scope)


def spend(evidence: Evidence) -> None:
    spend_proof(Proof(evidence.nonce, Outcome.PASSED, "pass", evidence.expires_at))


def test_a_pass_proves_once_that_a_comment_was_published():
    [token] = draw()
    [key] = issuing_keys()
    evidence = examined(sent(token))
    assert evidence == Evidence("pass", pass_nonce(token), key.redeemable_until.timestamp(), epoch=key.pk)
    assert len(bytes.fromhex(evidence.nonce)) == 16
    assert examined(sent(token), scope="letter:2") == evidence
    spend(evidence)
    assert examined(sent(token)) is None
    with pytest.raises(AlreadySpent):
        spend(evidence)


def test_examining_writes_nothing_and_asks_twice(django_assert_num_queries):
    [token] = draw()
    with django_assert_num_queries(2):
        assert examined(sent(token))
    assert not SpentNonce.objects.exists()
    assert PassKey.objects.get().redeemed == 0


def test_another_signature_over_the_same_nonce_is_the_same_pass():
    one, other = ask(), ask()
    other = replace(other, tokens=one.tokens)
    assert pass_nonce(one.tokens[0]) == pass_nonce(other.tokens[0])


def test_the_names_in_the_challenge_are_those_of_the_site(settings):
    assert site_challenge() == TokenChallenge("testserver", b"", ("testserver",))
    settings.WAGTAILADMIN_BASE_URL = "https://Mañana.example:8443/"
    assert site_challenge().issuer_name == "xn--maana-pta.example:8443"
    [token] = draw()
    assert examined(sent(token))
    settings.WAGTAILADMIN_BASE_URL = "https://news.example"
    assert examined(sent(token)) is None


def test_a_pass_lasts_for_its_epoch_and_the_next():
    [token] = draw()
    [key] = issuing_keys()
    for moment, is_good in ((key.redeemable_until - timedelta(seconds=2), True), (key.redeemable_until, False)):
        with time_machine.travel(moment, tick=False):
            assert bool(examined(sent(token))) is is_good
    for early, is_good in ((timedelta(minutes=10), True), (timedelta(minutes=10, seconds=1), False)):
        with time_machine.travel(key.valid_from - early, tick=False):  # by a clock that is behind the signer's
            assert bool(examined(sent(token))) is is_good


def test_a_burnt_epoch_lets_nothing_through_and_the_next_one_does():
    [token] = draw()
    [key] = issuing_keys()
    for _each in range(3):
        note_spam(key.pk)
    assert examined(sent(token)) is None
    with time_machine.travel(key.valid_until + timedelta(hours=2), tick=False):
        assert examined(sent(token)) is None
        assert examined(sent(draw()[0]))


@pytest.mark.parametrize("part", ["nonce", "challenge_digest", "token_key_id", "authenticator"])
def test_a_pass_with_one_changed_bit_is_none(part):
    [token] = draw()
    right = getattr(token, part)
    for place in (0, len(right) // 2, len(right) - 1):
        wrong = right[:place] + bytes([right[place] ^ 1]) + right[place + 1 :]
        assert examined(sent(replace(token, **{part: wrong}))) is None


def test_a_pass_for_another_site_or_spliced_of_two_is_none():
    foreign = TokenChallenge("other.example", b"", ("other.example",))
    assert examined(sent(draw(challenge=foreign)[0])) is None
    one, other = draw(2)
    assert examined(sent(replace(one, authenticator=other.authenticator))) is None


@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=600)
    | st.binary(max_size=TOKEN_BYTES + 20).map(lambda raw: f'PrivateToken token="{armoured(raw)}"')
    | st.binary(min_size=320, max_size=320).map(
        lambda raw: sent(Token(raw[:32], site_challenge().digest(), raw[32:64], raw[64:]))
    )
)
def test_whatever_else_comes_is_none(text):
    assert examined(text) is None


def _cpu_milliseconds(text: str) -> float:
    times = []
    for _each in range(60):
        began = time.thread_time()
        PassWitness().examine(text, scope="comment:1")
        times.append(1000 * (time.thread_time() - began))
    return median(times)


def test_what_is_refused_is_refused_within_a_millisecond():
    [token], [replayed] = draw(), draw()
    spend(examined(sent(replayed)))
    refused = {
        "malformed": "PrivateToken token=" + "A" * 100,
        "oversized": "PrivateToken token=" + "A" * 900_000,
        "truncated": sent(token)[:-40],
        "foreign": sent(replace(token, challenge_digest=bytes(32))),
        "unknown key": sent(replace(token, token_key_id=bytes(32))),
        "forged": sent(replace(token, authenticator=bytes(256))),
        "replayed": sent(replayed),
    }
    slow = {name: spent for name, text in refused.items() if (spent := _cpu_milliseconds(text)) > 1.0}
    assert slow == {}


@pytest.mark.storage
@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_spend_a_pass_at_once_one_is_first():
    [token] = draw()
    evidence, outcomes = examined(sent(token)), []

    def redeem() -> None:
        try:
            spend(evidence)
            outcomes.append("spent")
        except AlreadySpent:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=redeem) for _each in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 49 + ["spent"]
