"""Each mistake in the settings is said."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks

from tests.humans.factories import PERSON, QUESTION
from tribuna.humans.challenges import image
from tribuna.humans.witnesses import work

pytestmark = pytest.mark.django_db  # some of Django's own checks ask the database


def said() -> list[str]:
    return [message.id for message in run_checks() if message.id.startswith("tribuna.humans.")]


def test_the_site_as_it_comes_is_in_order():
    assert said() == []


def test_a_challenge_that_can_t_be_loaded_is_an_error(settings):
    for path in (
        "tribuna.humans.challenges.nothing.Nothing",
        "tribuna.humans.base.Puzzle",
        "tribuna.humans.base.Outcome",
    ):
        settings.TRIBUNA_CHALLENGES = [path, PERSON]
        assert said() == ["tribuna.humans.E001"]


def test_no_way_to_a_person_is_an_error(settings):
    settings.TRIBUNA_CHALLENGES = [QUESTION]
    assert said() == ["tribuna.humans.E002"]


def test_a_short_secret_is_an_error_in_production_only(settings):
    settings.SECRET_KEY = "short"
    assert said() == ["tribuna.humans.E003"]
    settings.DEBUG = True
    assert said() == []


def test_a_short_old_secret_is_an_error_too_and_bytes_count_as_they_are(settings):
    settings.SECRET_KEY_FALLBACKS = [b"x" * 32]
    assert said() == []
    settings.SECRET_KEY_FALLBACKS = [b"x" * 31]
    assert said() == ["tribuna.humans.E003"]


def test_missing_fonts_are_a_warning(monkeypatch):
    monkeypatch.setattr(image, "FACES", (("fontpkg_that_is_not_there", "No.ttf", 1.0),))
    assert said() == ["tribuna.humans.W004"]


def test_a_language_without_a_voice_is_a_warning(settings):
    settings.LANGUAGES = [("en", "English"), ("gl", "Galician")]
    assert said() == ["tribuna.humans.W005"]


def test_a_witness_that_can_t_be_loaded_or_told_apart_is_an_error(settings):
    settings.TRIBUNA_WITNESSES = ["tests.humans.factories.FakeWitness", "tests.humans.factories.FakePass"]
    assert said() == []
    for wrong in ("tests.humans.factories.Nobody", "tribuna.humans.base.Visit", "tests.humans.factories.FakePass"):
        settings.TRIBUNA_WITNESSES = ["tests.humans.factories.FakePass", wrong]
        assert said() == ["tribuna.humans.E010"]
    settings.TRIBUNA_WITNESSES = [f"{__name__}.Answer"]
    assert said() == ["tribuna.humans.E010"]


class Answer:
    name = "answer"


def test_a_word_for_asking_that_nobody_knows_is_an_error(settings):
    settings.TRIBUNA_ASKING, settings.TRIBUNA_ASKING_PER_FORM = "always", {"letter": "never"}
    assert said() == []
    settings.TRIBUNA_ASKING, settings.TRIBUNA_ASKING_PER_FORM = "sometimes", {"letter": ""}
    assert said() == ["tribuna.humans.E011"] * 2


def test_a_store_of_pressure_that_is_none_is_an_error(settings):
    for path in ("tribuna.humans.stores.nothing.Nothing", "tribuna.humans.base.Visit"):
        settings.TRIBUNA_PRESSURE_STORE = path
        assert said() == ["tribuna.humans.E012"]
    settings.TRIBUNA_PRESSURE_STORE = "tribuna.humans.stores.null.NullBuckets"
    assert said() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRIBUNA_PRESSURE_SECONDS", 299),
        ("TRIBUNA_PRESSURE_SECONDS", 86_401),
        ("TRIBUNA_PRESSURE_NETWORK_POINTS", 0),
        ("TRIBUNA_WAITING_SITE_MAXIMUM", -1),
    ],
)
def test_a_bucket_that_can_not_be_is_an_error(settings, name, value):
    setattr(settings, name, value)
    assert said() == ["tribuna.humans.E013"]


def test_a_missing_package_of_the_proof_of_work_is_a_warning(monkeypatch):
    monkeypatch.setattr(work, "find_spec", lambda name: None if name == "altcha" else True)
    assert said() == ["tribuna.humans.W006"]
