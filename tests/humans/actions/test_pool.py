"""The pool is filled with what the site asks for, between two marks and within its room."""

from __future__ import annotations

import pytest

from tests.humans.factories import PERSON, QUESTION
from tribuna.humans.actions import fill_pool, issue_challenge
from tribuna.humans.actions import pool as filling
from tribuna.humans.base import Unavailable
from tribuna.humans.challenges import image
from tribuna.humans.challenges.image import ImageChallenge
from tribuna.humans.challenges.sound import SoundChallenge
from tribuna.humans.stores.pool import pool
from tribuna.humans.witnesses import work

IMAGE, SOUND = "tribuna.humans.challenges.image.ImageChallenge", "tribuna.humans.challenges.sound.SoundChallenge"


@pytest.fixture(autouse=True)
def _few(settings, tmp_path, monkeypatch):
    settings.TRIBUNA_POOL_FOLDER = tmp_path / "pool"
    settings.TRIBUNA_POOL_PUZZLES = {"image": 16, "sound": 4, "work": 4}
    settings.TRIBUNA_CHALLENGES = [IMAGE, SOUND, QUESTION, PERSON]
    monkeypatch.setattr(filling, "BATCH_OF_PUZZLES", {"image": 4, "sound": 2, "work": 2})


def counts():
    return {kind: pool().count(kind) for kind in ("image", "sound:en", "sound:es", "work:0", "work:1", "work:2")}


FULL = {"image": 16, "sound:en": 4, "sound:es": 4, "work:0": 4, "work:1": 4, "work:2": 4}


def test_it_is_filled_with_all_that_the_site_asks_for(settings):
    assert fill_pool() == sum(FULL.values())
    assert counts() == FULL
    assert fill_pool() == 0


def test_only_what_has_fallen_below_half_is_filled_up():
    fill_pool()
    for _each in range(9):
        ImageChallenge().puzzle("en")
    SoundChallenge().puzzle("es")
    assert (pool().count("image"), pool().count("sound:es")) == (4, 2)
    assert fill_pool() == 12
    assert counts() == FULL | {"sound:es": 2}


def test_what_is_shown_comes_out_of_the_pool(monkeypatch):
    fill_pool()
    monkeypatch.setattr(ImageChallenge, "prepare", None)
    monkeypatch.setattr(SoundChallenge, "prepare", None)
    issued = [issue_challenge("letter:1", language="es", wanted=wanted) for wanted in ("image", "image", "sound")]
    assert [each.challenge.name for each in issued] == ["image", "image", "sound"]
    assert len({each.puzzle.answers for each in issued}) == 3


@pytest.mark.django_db
def test_when_the_pool_is_empty_a_puzzle_is_made_at_once():
    assert issue_challenge("letter:1", language="es", wanted="image").challenge.name == "image"
    assert issue_challenge("letter:1", language="es", wanted="sound").challenge.name == "sound"


def test_nothing_is_made_of_what_the_site_does_not_ask_for(settings, monkeypatch):
    settings.TRIBUNA_CHALLENGES = [QUESTION, PERSON]
    settings.TRIBUNA_POOL_PUZZLES = {"image": 16, "work": 0}
    assert fill_pool() == 0
    settings.TRIBUNA_CHALLENGES = [IMAGE, PERSON]
    monkeypatch.setattr(image, "FACES", (("fontpkg_that_is_not_there", "No.ttf", 1.0),))
    assert fill_pool() == 0


def test_what_can_t_be_made_holds_up_nothing_else(settings, monkeypatch):
    def broken(*_arguments):
        raise Unavailable("No font.")

    monkeypatch.setattr(ImageChallenge, "prepare", broken)
    monkeypatch.setattr(filling, "missing_parts", lambda: ["altcha"])
    assert fill_pool() == 8
    assert counts() == dict.fromkeys(FULL, 0) | {"sound:en": 4, "sound:es": 4}


def test_there_is_no_more_than_its_room(settings):
    settings.TRIBUNA_POOL_MAXIMUM_BYTES = 1
    fill_pool()
    assert counts() == {"image": 4, "sound:en": 0, "sound:es": 0, "work:0": 0, "work:1": 0, "work:2": 0}


def test_two_do_not_fill_it_at_once():
    with pool().filling():
        assert fill_pool() == 0
    assert counts() == dict.fromkeys(FULL, 0)


def test_where_it_can_t_be_written_that_is_said_to_the_caller(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.TRIBUNA_POOL_FOLDER = tmp_path / "file" / "pool"
    with pytest.raises(OSError, match="Not a directory"):
        fill_pool()
    assert ImageChallenge().puzzle("en").answers


def test_a_kind_of_somebody_s_own_has_its_batch(settings, monkeypatch):
    monkeypatch.setattr(filling, "BATCH_OF_PUZZLES", {})
    settings.TRIBUNA_CHALLENGES = [IMAGE, PERSON]
    settings.TRIBUNA_POOL_PUZZLES = {"image": 4}
    assert fill_pool() == filling.BATCH_OF_OTHERS


def test_work_that_can_t_be_prepared_here_is_left_out(settings, monkeypatch):
    settings.TRIBUNA_CHALLENGES = [PERSON]
    monkeypatch.setattr(work, "find_spec", lambda _name: None)
    assert fill_pool() == 0
