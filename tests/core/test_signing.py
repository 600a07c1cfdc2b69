"""Keyed hashes."""

from __future__ import annotations

from datetime import date

import pytest

from tribuna.core.signing import daily_hash, keyed_hash, keyed_hashes


def test_a_hash_tells_values_and_purposes_apart_and_is_always_the_same():
    assert keyed_hash("a", "x") == keyed_hash("a", "x")
    assert len({keyed_hash("a", "x"), keyed_hash("a", "y"), keyed_hash("b", "x")}) == 3
    assert len(bytes.fromhex(keyed_hash("a", "x"))) == 32


def test_a_hash_depends_on_the_key(settings):
    before = keyed_hash("a", "x")
    settings.SECRET_KEY = "another key, just as long as the first one was"
    assert keyed_hash("a", "x") != before


def test_what_was_stored_is_found_again_after_the_key_was_changed(settings):
    stored = keyed_hash("a", "x")
    assert keyed_hashes("a", "x") == [stored]
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, just as long as the first one was"
    assert keyed_hashes("a", "x") == [keyed_hash("a", "x"), stored]


@pytest.mark.parametrize(
    "other", [("a", "y", date(2022, 12, 2)), ("b", "x", date(2022, 12, 2)), ("a", "x", date(2022, 12, 3))]
)
def test_a_daily_hash_can_not_be_compared_with_another_days(other):
    purpose, value, day = other
    assert daily_hash("a", "x", day=date(2022, 12, 2)) == daily_hash("a", "x", day=date(2022, 12, 2))
    assert daily_hash("a", "x", day=date(2022, 12, 2)) != daily_hash(purpose, value, day=day)
