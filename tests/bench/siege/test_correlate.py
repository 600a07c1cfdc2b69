"""Cross-correlation finds what was planted, wherever and however loud it is, and nothing in silence."""

from __future__ import annotations

import numpy as np

from bench.siege.outside.correlate import RATE, correlations, heard, spectrogram

DICE = np.random.default_rng(5)


def tone(*hertz: float, seconds: float = 0.3):
    moments = np.arange(int(RATE * seconds)) / RATE
    part = len(moments) // len(hertz)
    return np.concatenate([np.sin(2 * np.pi * each * moments[:part]) for each in hertz])


WORDS = {"1": tone(400, 900), "2": tone(1_500, 700), "3": tone(2_500, 3_000, 600)}
BANK = [(digit, spectrogram(samples)) for digit, samples in WORDS.items()]


def sound(digits: str, *, loud: float):
    pause = np.zeros(RATE // 3)
    samples = np.concatenate([pause, *(np.concatenate([loud * WORDS[digit], pause]) for digit in digits)])
    return spectrogram(samples + DICE.normal(0, loud / 100, len(samples)))


def test_a_template_matches_itself_wholly_and_nothing_more_than_that():
    template = BANK[0][1]
    assert correlations(template, template).round(3).tolist() == [1.0]
    scores = correlations(sound("123", loud=0.2), template)
    assert (np.abs(scores) <= 1.001).all()
    assert correlations(template[:5], template).size == 0


def test_the_digits_are_heard_in_their_order_whatever_their_loudness():
    for digits in ("123", "321", "22", "13131"):
        assert heard(sound(digits, loud=0.5), BANK, len(digits)) == digits
        assert heard(sound(digits, loud=0.01), BANK, len(digits)) == digits
