"""The issuer over HTTP."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.humans.wallet import ask, sent
from tribuna.core.privacy_pass import read_challenge, read_challenge_header, read_key, unarmoured
from tribuna.humans.actions import BATCH_MAXIMUM, grant_passes, issuing_keys, note_spam
from tribuna.humans.models import PassBatch, site_challenge
from tribuna.humans.witnesses.passes import PassWitness

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_keys")]

DIRECTORY = "/.well-known/private-token-issuer-directory"
PASSES = "/human/passes"
TYPE = "application/private-token-request"


def posted(client, body: bytes, *, about: str = "comment:1", grant: str | None = None, **fields):
    authorization = f"Bearer {grant_passes(about) if grant is None else grant}"
    fields = {"content_type": TYPE, "headers": {"Authorization": authorization}, **fields}
    return client.post(PASSES, body, **fields)


def test_the_directory_publishes_one_key_for_everybody(client):
    response = client.get(DIRECTORY)
    [key] = issuing_keys()
    assert response["Content-Type"] == "application/private-token-issuer-directory"
    said = json.loads(response.content)
    assert said["issuer-request-uri"] == PASSES
    [published] = said["token-keys"]
    assert (published["token-type"], published["not-before"]) == (2, key.valid_from.timestamp())
    assert published["redeemable-until"] == key.redeemable_until.timestamp()
    assert read_challenge(unarmoured(said["challenge"])) == site_challenge()
    assert read_key(unarmoured(published["token-key"])).key_size == 2048
    assert client.get(DIRECTORY).content == response.content
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@time_machine.travel(datetime(2026, 5, 4, 10, tzinfo=UTC), tick=False)
def test_the_directory_says_what_a_pass_is_for_and_for_how_long(client):
    response = client.get(DIRECTORY)
    [key] = issuing_keys()
    challenge, published, seconds = read_challenge_header(response["WWW-Authenticate"])
    assert (challenge, published) == (site_challenge(), bytes(key.public_key))
    assert timedelta(seconds=seconds) == key.redeemable_until - datetime(2026, 5, 4, 10, tzinfo=UTC)
    assert response["Cache-Control"] == "public, max-age=3600"


def test_the_directory_is_kept_no_longer_than_its_key_signs(client):
    [key] = issuing_keys()
    with time_machine.travel(key.valid_until - timedelta(minutes=1), tick=False):
        assert client.get(DIRECTORY)["Cache-Control"] == "public, max-age=60"
        issuing_keys(at=key.valid_until)
        assert len(json.loads(client.get(DIRECTORY).content)["token-keys"]) == 2


def test_a_grant_buys_a_batch_once(client):
    asked = ask(BATCH_MAXIMUM)
    response = posted(client, asked.request)
    assert response["Content-Type"] == "application/private-token-response"
    assert response["Cache-Control"] == "no-store"
    passes = asked.passes(response.content)
    assert all(PassWitness().examine(sent(token), scope="comment:1") for token in passes)
    assert posted(client, asked.request).content == response.content
    assert posted(client, ask().request).status_code == 409
    assert not response.cookies


def test_without_a_grant_nothing_is_signed(client):
    body = ask().request
    for answer in (posted(client, body, grant="x"), client.post(PASSES, body, content_type=TYPE)):
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"
    assert not PassBatch.objects.exists()


def test_what_is_no_request_is_refused_with_the_reason(client):
    body = ask().request
    too_much = posted(client, body * (BATCH_MAXIMUM + 1))
    other_type = posted(client, body, content_type="text/plain")
    no_length = posted(client, body, CONTENT_LENGTH="")
    broken = posted(client, body[:-1])
    unknown_key = posted(client, body[:2] + bytes([body[2] ^ 1]) + body[3:])
    statuses = [each.status_code for each in (too_much, other_type, no_length, broken, unknown_key)]
    assert statuses == [413, 415, 411, 422, 422]
    assert "At most 8" in too_much.text
    assert not PassBatch.objects.exists()
    assert posted(client, body).status_code == 200


def test_a_burnt_epoch_signs_nothing(client):
    body = ask().request
    for _each in range(3):
        note_spam(issuing_keys()[0].pk)
    response = posted(client, body)
    assert (response.status_code, response["Retry-After"]) == (503, "3600")


def test_the_addresses_take_what_they_are_for(client):
    assert client.get(PASSES).status_code == 405
    assert client.post(DIRECTORY).status_code == 405
