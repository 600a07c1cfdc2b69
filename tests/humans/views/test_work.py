"""The puzzle and its solver over HTTP: for our forms only, never kept, under their own policy."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.humans.factories import letter
from tests.humans.witnesses.solving import answered, written
from tribuna.humans.witnesses import work
from tribuna.humans.witnesses.work import PBKDF2, WorkWitness

pytestmark = pytest.mark.django_db  # the form looks for a question of the newsroom's

ADDRESS = "/human/work"


@pytest.fixture
def token():
    return letter()["token"].value()


def test_a_form_gets_a_challenge_for_itself(client, token):
    response = client.get(ADDRESS, {"token": token})
    assert response.status_code == 200
    assert WorkWitness().examine(written(answered(response.json())), scope="letter:1") is not None
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"] == "application/json"
    assert not response.cookies


def test_without_webassembly_it_is_another_kind(client, token):
    asked = client.get(ADDRESS, {"token": token, "without": "wasm"}).json()
    assert asked["parameters"]["algorithm"] == PBKDF2


def test_only_the_token_of_an_open_form_counts(client, token):
    for wrong in ("", "letter:1", token[:-1], token[1:], token + "x", "x" * 5_000, "ñ", "\x00"):
        assert client.get(ADDRESS, {"token": wrong}).status_code == 403
    assert client.get(ADDRESS).status_code == 403
    with time_machine.travel(datetime.now(tz=UTC) + timedelta(hours=2)):
        assert client.get(ADDRESS, {"token": token}).status_code == 403


def test_it_can_only_be_asked_for(client, token):
    assert client.post(ADDRESS, {"token": token}).status_code == 405


def test_where_nothing_can_be_made_that_is_said(client, token, monkeypatch):
    monkeypatch.setattr(work, "find_spec", lambda _name: None)
    response = client.get(ADDRESS, {"token": token})
    assert response.status_code == 503
    assert "altcha" in response.json()["error"]


def test_the_worker_s_script_may_compile_webassembly_and_ask_us_and_nothing_else(client):
    response = client.get("/human/worker.js", headers={"Accept-Encoding": "gzip"})
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert response.headers["Cache-Control"] == "public, max-age=3600"
    assert b"WebAssembly" in gzip.decompress(response.content)
    assert len(response.content) < 8_000
    assert sorted(response.headers["Content-Security-Policy"].split("; ")) == [
        "connect-src 'self'",
        "default-src 'none'",
        "script-src 'wasm-unsafe-eval'",
    ]
    assert not response.cookies


def test_no_other_page_s_policy_changes(client):
    assert "unsafe" not in client.get(ADDRESS).headers["Content-Security-Policy"]
