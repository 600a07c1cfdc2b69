"""The way to a person asks for nothing."""

from __future__ import annotations

from tribuna.humans.base import Puzzle
from tribuna.humans.challenges.person import PersonChallenge


def test_a_person_is_there_in_every_language_and_asks_for_nothing():
    assert PersonChallenge().is_available("xx")
    assert PersonChallenge().puzzle("xx") == Puzzle(answers=(), shown={})
    assert PersonChallenge().normalise("anything") == ""
