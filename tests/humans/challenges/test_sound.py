"""The sound: synthesised afresh, in the right language, loud enough and short enough."""

from __future__ import annotations

import subprocess
import sys
from base64 import b64decode
from itertools import combinations
from types import SimpleNamespace

import espeakng_loader
import numpy as np
import pytest

from tribuna.humans.base import Unavailable
from tribuna.humans.challenges import sound
from tribuna.humans.challenges.sound import SoundChallenge, Voice, accents, speak


def words(digits: str, accent: str) -> list[bytes]:
    return sound._spoken(digits, accent)[0]


def fixed(accent: str, text: str) -> bytes:
    with sound._speaking:
        sound._voice().choose(accent)
        return sound._voice().say(text, rate=130, pitch=50)


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt", "ar", "es-mx", "pt-br"])
def test_the_languages_of_pages_and_stories_are_spoken(language):
    mp3 = speak("48213", language)
    assert mp3[0] == 0xFF  # an MPEG frame begins with eleven set bits
    assert mp3[1] & 0xE0 == 0xE0
    assert 12_000 < len(mp3) <= 60_000


def test_a_region_s_own_accent_comes_first():
    assert accents("pt-br")[0] == "pt-br"
    assert accents("es-mx") == accents("es")


def test_each_language_says_the_digits_otherwise():
    def lengths(language: str) -> list[int]:
        return [len(fixed(accents(language)[0], digit)) for digit in "0123456789"]

    def distance(one: list[int], other: list[int]) -> int:
        return max(abs(a - b) for a, b in zip(one, other, strict=True))

    said = [lengths(language) for language in ("en", "es", "fr", "pt", "ar")]
    assert min(distance(one, other) for one, other in combinations(said, 2)) > 2_000
    assert distance(said[0], lengths("en")) < 500


def test_digits_are_spoken_one_by_one_and_never_twice_alike():
    first, second = words("77777", "en"), words("77777", "en")
    assert len(first) == 5
    assert len({*first, *second}) > 5
    assert all(0.15 < len(word) / 2 / sound._voice().samples_per_second < 1.5 for word in first)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_words_are_equally_loud_without_clipping_and_stand_out_of_the_noise(language):
    per_second = sound._voice().samples_per_second
    mixed = sound._mixed(words("01234", accents(language)[0]), per_second)
    assert 4 < mixed.size / per_second < 9
    assert np.abs(mixed).max() <= sound.PEAK_LEVEL + 1e-6
    lead = mixed[: int(sound.LEAD_SECONDS * per_second)]
    loud = mixed[np.abs(mixed) > 0.06]
    assert 14 < 20 * np.log10(np.sqrt(np.mean(loud**2)) / np.sqrt(np.mean(lead**2))) < 32
    assert lead.std() > 0.005


def test_the_sound_stands_in_the_page_itself():
    puzzle = SoundChallenge().puzzle("es")
    head, _comma, body = puzzle.shown["source"].partition(",")
    assert head == "data:audio/mpeg;base64"
    assert len(b64decode(body)) > 12_000
    assert len(puzzle.answers[0]) == 5
    assert puzzle.answers[0].isdecimal()


@pytest.mark.parametrize("typed", ["48213", " 4 8 2 1 3 ", "4-8-2-1-3.", "٤٨٢١٣", "４８２１３"])  # noqa: RUF001
def test_digits_count_in_any_script_with_anything_between_them(typed):
    assert SoundChallenge().normalise(typed) == "48213"


def test_a_language_that_nobody_speaks_is_not_offered_and_leaves_no_trace():
    assert not SoundChallenge().is_available("xx")
    with pytest.raises(Unavailable, match="'xx'"):
        SoundChallenge().puzzle("xx")
    assert not sound._voice().choose("xx")


@pytest.fixture
def _fresh_start(monkeypatch):
    """The library is looked for anew; the voice of the other tests stays as it is, because it can't be had twice."""
    monkeypatch.setattr(sound, "_voice", sound._voice.__wrapped__)
    accents.cache_clear()
    yield
    accents.cache_clear()


@pytest.mark.usefixtures("_fresh_start")
def test_without_the_package_there_is_no_sound(monkeypatch):
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    assert accents("en") == ()
    with pytest.raises(Unavailable, match="No voice speaks 'en'"):
        speak("48213", "en")


@pytest.mark.usefixtures("_fresh_start")
def test_a_library_that_can_t_be_loaded_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(espeakng_loader, "get_library_path", lambda: str(tmp_path / "nothing.so"))
    with pytest.raises(Unavailable, match="can't be loaded"):
        sound._voice()


def test_voices_that_can_t_be_read_are_said():
    library = SimpleNamespace(espeak_Initialize=lambda *_arguments: -1)
    with pytest.raises(Unavailable, match="voices in /nowhere"):
        Voice(library, "/nowhere")


def test_importing_the_challenge_loads_no_library():
    code = (
        "import sys; import tribuna.humans.challenges.sound;"
        "print(*{'numpy', 'lameenc', 'espeakng_loader'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == ""
