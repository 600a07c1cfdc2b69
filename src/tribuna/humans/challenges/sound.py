"""Digits spoken aloud in the page's language: the equal of the picture for whoever can't see it.

Each sound is synthesised afresh by eSpeak NG (its library and its voices come with the package ``espeakng-loader``), so
there is no bank of recordings to match against. Voice, pitch, pace, pauses and a light noise are drawn each time.
"""

from __future__ import annotations

import ctypes
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from secrets import SystemRandom, token_bytes
from threading import Lock
from typing import TYPE_CHECKING, Any
from unicodedata import decimal

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tribuna.humans.base import Puzzle, Unavailable
from tribuna.humans.stores.pool import prepared_puzzle

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    type Samples = NDArray[np.float32]

DIGITS = 5
RATE_WORDS_PER_MINUTE = (115, 145)
PITCH_PERCENT = (35, 62)
PAUSE_SECONDS = (0.45, 0.85)
LEAD_SECONDS = 0.6  # so that a screen reader has stopped talking
SPEECH_LEVEL = 0.12  # root mean square of the voiced samples, of full scale
NOISE_LEVEL = 0.012  # 20 dB under the voice: heard, and in nobody's way
PEAK_LEVEL = 0.9
MP3_KILOBITS_PER_SECOND = 32

# Where the language alone is not what a reader of news expects to hear. The data decide what else can be spoken.
ACCENTS = {"en": ("en", "en-us"), "es": ("es", "es-419"), "pt": ("pt", "pt-br")}
VARIANTS = ("m1", "m2", "m3", "m7", "f1", "f2", "f3", "f4")

# Names and values from eSpeak NG's speak_lib.h.
_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_UTF8 = 1
_RATE, _PITCH = 1, 3
_OK = 0

_random = SystemRandom()
_speaking = Lock()  # the library has one state for the whole process


class Voice:
    """eSpeak NG, set up once for the process: it has one state, so use it only while holding ``_speaking``."""

    def __init__(self, library: Any, data: str) -> None:
        """Set *library* up with the voices in the folder *data*. Raises Unavailable when it can't read them."""
        self._library = library
        self.samples_per_second: int = library.espeak_Initialize(_SYNCHRONOUS, 0, data.encode(), _DO_NOT_EXIT)
        if self.samples_per_second <= 0:
            raise Unavailable(f"eSpeak NG can't read its voices in {data}.")
        self._heard = bytearray()
        kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
        self._callback = kind(self._hear)  # the library keeps only a pointer
        self._library.espeak_SetSynthCallback(self._callback)

    def _hear(self, samples: int | None, count: int, _events: int | None) -> int:
        if samples:
            self._heard += ctypes.string_at(samples, count * 2)
        return 0

    def choose(self, name: str) -> bool:
        """Speak as *name* from now on; False when there is no such voice."""
        return bool(self._library.espeak_SetVoiceByName(name.encode()) == _OK)

    def say(self, text: str, *, rate: int, pitch: int) -> bytes:
        """Return *text* spoken, as signed 16-bit samples; *rate* in words a minute, *pitch* from 0 to 99."""
        self._heard.clear()
        self._library.espeak_SetParameter(_RATE, rate, 0)
        self._library.espeak_SetParameter(_PITCH, pitch, 0)
        words = text.encode() + b"\0"
        self._library.espeak_Synth(words, ctypes.c_size_t(len(words)), 0, 0, 0, _UTF8, None, None)
        return bytes(self._heard)


@cache
def _voice() -> Voice:
    if find_spec("espeakng_loader") is None:
        raise Unavailable("The package espeakng-loader is not installed.")
    import espeakng_loader

    try:
        library = ctypes.CDLL(espeakng_loader.get_library_path())
    except OSError as error:
        raise Unavailable(f"eSpeak NG can't be loaded: {error}") from error
    return Voice(library, espeakng_loader.get_data_path())


@cache
def accents(language: str) -> tuple[str, ...]:
    """Return the voices that speak *language* (a Django language code), none when it can't be spoken."""
    base = language.partition("-")[0]
    with _speaking:
        try:
            voice = _voice()
        except Unavailable:
            return ()
        wanted = ACCENTS.get(language) or (language, *ACCENTS.get(base, (base,)))
        return tuple(name for name in dict.fromkeys(wanted) if voice.choose(name))


def _spoken(digits: str, accent: str) -> tuple[list[bytes], int]:
    """Return each digit spoken by one voice, and the samples per second."""
    with _speaking:
        voice = _voice()
        voice.choose(f"{accent}+{_random.choice(VARIANTS)}")
        pitch, rate = _random.randint(*PITCH_PERCENT), _random.randint(*RATE_WORDS_PER_MINUTE)
        return [
            voice.say(digit, rate=rate + _random.randint(-8, 8), pitch=pitch + _random.randint(-6, 6))
            for digit in digits
        ], voice.samples_per_second


def _noise(count: int) -> Samples:
    """Return *count* samples of noise at NOISE_LEVEL, darker than white, as a room has."""
    import numpy as np

    white = np.frombuffer(token_bytes(2 * (count + 3)), dtype=np.int16).astype(np.float32)
    dark = np.convolve(white, np.ones(4, dtype=np.float32), "valid")
    return np.asarray(dark * (NOISE_LEVEL / dark.std()), dtype=np.float32)


def _mixed(words: list[bytes], samples_per_second: int) -> Samples:
    """Return the words one after the other with pauses, equally loud, noise over all of it; from -1 to 1."""
    import numpy as np

    def silence(seconds: float) -> Samples:
        return np.zeros(round(seconds * samples_per_second), dtype=np.float32)

    parts = [silence(LEAD_SECONDS)]
    for word in words:
        sound = np.frombuffer(word, dtype=np.int16).astype(np.float32) / 32768
        voiced = sound[np.abs(sound) > 0.02]
        parts += [sound * (SPEECH_LEVEL / np.sqrt(np.mean(voiced**2))), silence(_random.uniform(*PAUSE_SECONDS))]
    mixed = np.concatenate(parts)
    mixed += _noise(mixed.size)
    return np.asarray(mixed * min(1.0, PEAK_LEVEL / float(np.abs(mixed).max())), dtype=np.float32)


def _mp3(samples: Samples, samples_per_second: int) -> bytes:
    import lameenc
    import numpy as np

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(samples_per_second)
    encoder.set_bit_rate(MP3_KILOBITS_PER_SECOND)
    encoder.set_quality(5)
    return bytes(encoder.encode((samples * 32767).astype(np.int16).tobytes()) + encoder.flush())


def speak(digits: str, language: str) -> bytes:
    """Return an MP3 file of *digits* spoken in *language*. Raises Unavailable when it can't be spoken."""
    known = accents(language)
    if not known:
        raise Unavailable(f"No voice speaks {language!r}.")
    words, samples_per_second = _spoken(digits, _random.choice(known))
    return _mp3(_mixed(words, samples_per_second), samples_per_second)


class SoundChallenge:
    """Type the digits you hear."""

    name = "sound"
    offer = _("Listen to a sound instead")
    again = _("Another sound")

    def is_available(self, language: str) -> bool:
        return bool(accents(language))

    def puzzle(self, language: str) -> Puzzle:
        """Return spoken digits that nobody has heard, as a data: URI."""
        return prepared_puzzle(self.kind(language)) or self.prepare(language)

    def prepares_for(self) -> Sequence[str]:
        return [code for code, _name in settings.LANGUAGES if accents(code)]

    def kind(self, language: str) -> str:
        return f"{self.name}:{language}"

    def prepare(self, language: str) -> Puzzle:
        digits = "".join(str(_random.randrange(10)) for _each in range(DIGITS))
        source = "data:audio/mpeg;base64," + b64encode(speak(digits, language)).decode()
        return Puzzle(answers=(digits,), shown={"source": source})

    def normalise(self, typed: str) -> str:
        """Return the digits of *typed*, of whatever script, and nothing else."""
        return "".join(str(decimal(character)) for character in typed if character.isdecimal())
