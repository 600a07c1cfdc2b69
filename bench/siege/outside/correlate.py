"""Listens to spoken digits by cross-correlation alone: nothing is learned, every sound is held against every place.

``python correlate.py FOLDER BANK COUNT`` (requirements/speech.txt). BANK holds templates, one digit each, named
``7-00012.wav``: what the attacker took out of its own copy of the generator. Each is slid along the spectrogram of each
sound of FOLDER; the COUNT best matches that do not overlap are what was said. Prints {file: digits} and the CPU seconds
for each sound. NumPy only.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

RATE = 8_000  # samples a second: all that tells digits apart is below 4 kHz
WINDOW, HOP = 256, 80  # 32 ms, every 10 ms
BANDS = 32  # as the ear has them: closer together where it is low (mel)
FLOOR = 1e-3  # of the loudest: what is quieter is silence
APART = 0.6  # of a template's length: nearer than that, two matches are of one digit

type Frames = np.ndarray[Any, Any]


def _filters() -> Frames:
    """Return how much of each frequency goes into each band: triangles along the mel scale."""
    top = 2595 * np.log10(1 + RATE / 2 / 700)
    edges = 700 * (10 ** (np.linspace(60, top, BANDS + 2) / 2595) - 1)
    frequencies = np.fft.rfftfreq(WINDOW, 1 / RATE)[:, None]
    low, middle, high = edges[:-2], edges[1:-1], edges[2:]
    rising, falling = (frequencies - low) / (middle - low), (high - frequencies) / (high - middle)
    return np.clip(np.minimum(rising, falling), 0, None)


FILTERS = _filters()


def spectrogram(samples: Frames) -> Frames:
    """Return the loudness of *samples* (at RATE), a row for each HOP, a column for each band; means are out."""
    padded = np.pad(samples.astype(np.float32), (0, max(0, WINDOW - len(samples))))
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP] * np.hanning(WINDOW)
    power = np.abs(np.fft.rfft(windows, axis=1)) ** 2 @ FILTERS
    loud = np.log(power + FLOOR * power.max() + 1e-9)
    return (loud - loud.mean(0)).astype(np.float32)


def correlations(sound: Frames, template: Frames) -> Frames:
    """Return the normalised cross-correlation (-1 to 1) of *template* with *sound* at each place where it fits."""
    length = len(template)
    if len(sound) < length:
        return np.zeros(0, np.float32)
    shape = template - template.mean()
    shape /= np.linalg.norm(shape) + 1e-9
    places = np.lib.stride_tricks.sliding_window_view(sound, length, axis=0).transpose(0, 2, 1)
    inner = np.tensordot(places, shape, axes=([1, 2], [0, 1]))
    sums = np.concatenate([[0], sound.sum(1).cumsum()])
    squares = np.concatenate([[0], (sound**2).sum(1).cumsum()])
    total, square = sums[length:] - sums[:-length], squares[length:] - squares[:-length]
    spread = np.sqrt(np.maximum(square - total**2 / shape.size, 1e-9))
    return inner / spread


def heard(sound: Frames, bank: Sequence[tuple[str, Frames]], count: int) -> str:
    """Return the *count* digits whose templates match *sound* best, each at a place of its own, in their order."""
    found: list[tuple[float, int, int, str]] = []
    for digit, template in bank:
        scores = correlations(sound, template)
        best = np.argsort(scores)[::-1][: 4 * count]
        found += [(float(scores[place]), int(place), len(template), digit) for place in best]
    taken: list[tuple[float, str]] = []
    for _score, place, length, digit in sorted(found, reverse=True):
        middle = place + length / 2
        if all(abs(middle - other) > APART * length for other, _digit in taken):
            taken.append((middle, digit))
        if len(taken) == count:
            break
    return "".join(digit for _middle, digit in sorted(taken))


def _trimmed(frames: Frames) -> Frames:
    """Return *frames* without the silence before and after."""
    loud = frames.mean(1)
    inside = np.flatnonzero(loud > (loud.max() + loud.min()) / 2 - 0.25 * (loud.max() - loud.min()))
    return frames[inside[0] : inside[-1] + 1]


def _read(file: Path) -> Frames:
    import miniaudio

    sound = miniaudio.decode(file.read_bytes(), nchannels=1, sample_rate=RATE)
    return np.frombuffer(sound.samples, np.int16) / 32768


def main(folder: str, bank: str, count: int) -> None:
    """Listen to every file."""
    templates = [
        (file.name.partition("-")[0], _trimmed(spectrogram(_read(file)))) for file in sorted(Path(bank).glob("*.wav"))
    ]
    files = sorted(file for file in Path(folder).iterdir() if file.suffix in {".mp3", ".wav"})
    texts, began = {}, time.process_time()
    for file in files:
        texts[file.name] = heard(spectrogram(_read(file)), templates, count)
    print(json.dumps([texts, (time.process_time() - began) / max(1, len(texts))]))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
