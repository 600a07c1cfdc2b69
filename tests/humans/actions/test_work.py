"""A proof of work is handed out from the pool, and where that is empty a cheap one is made."""

from __future__ import annotations

import time

import pytest

from tests.humans.witnesses.solving import answered, written
from tribuna.humans.actions import issue_work
from tribuna.humans.stores.pool import pool
from tribuna.humans.witnesses.work import ARGON2ID, PBKDF2, WorkWitness, prepare_work


@pytest.fixture
def prepared(settings, tmp_path):
    """The puzzles in the pool, one for each level."""
    settings.TRIBUNA_POOL_FOLDER = tmp_path / "pool"
    puzzles = [prepare_work(level) for level in range(3)]
    with pool().filling():
        for level, puzzle in enumerate(puzzles):
            pool().put(f"work:{level}", [puzzle])
    return puzzles


def algorithm(issued):
    return issued["parameters"]["algorithm"]


def test_a_prepared_puzzle_is_bound_to_who_asks_and_handed_out_once(prepared, settings):
    issued = issue_work("comment:12")
    assert issued["parameters"].items() >= prepared[0].items()
    assert WorkWitness().examine(written(answered(issued)), scope="comment:12") is not None
    assert WorkWitness().examine(written(answered(issued)), scope="comment:13") is None
    lasts = issued["parameters"]["expiresAt"] - time.time()
    assert settings.TRIBUNA_CHALLENGE_LIFETIME_SECONDS - 5 < lasts <= settings.TRIBUNA_CHALLENGE_LIFETIME_SECONDS
    assert issue_work("comment:12")["parameters"]["nonce"] != issued["parameters"]["nonce"]


def test_pressure_chooses_among_the_prepared(prepared):
    issued = [issue_work("comment:12", pressure=pressure) for pressure in (1.0, 0.5, 0.0)]
    assert [each["parameters"]["nonce"] for each in issued] == [each["nonce"] for each in reversed(prepared)]


@pytest.mark.usefixtures("prepared")
def test_without_webassembly_or_without_a_pool_it_is_pbkdf2():
    assert algorithm(issue_work("comment:12", with_wasm=False)) == PBKDF2
    assert [algorithm(issue_work("comment:12")) for _each in range(2)] == [ARGON2ID, PBKDF2]
