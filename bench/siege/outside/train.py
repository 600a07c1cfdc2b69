"""Trains a small convolutional network on a folder of labelled pictures, within a CPU budget, and reads another.

``python train.py TRAINING TEST ALPHABET SECONDS POINTS``. One head for each place in the text, with a blank for texts
that are shorter. Prints, at each of POINTS equal parts of the budget, how many pictures it has seen so far (repeated
ones count), and how many of the test pictures it reads wholly.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from PIL import Image, ImageOps

HEIGHT, WIDTH = 48, 128
CHANNELS = (1, 16, 32, 64)
HIDDEN = 256
PLACES = 6
BATCH = 64
RATE = 1e-3


def loaded(folder: str, alphabet: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the pictures of *folder*, cut to their ink and scaled, and their labels (0 is a blank)."""
    pictures, labels = [], []
    for file in sorted(Path(folder).glob("*.png")):
        grey = ImageOps.autocontrast(Image.open(file).convert("L"))
        box = ImageOps.invert(grey).point([0] * 128 + [255] * 128).getbbox()
        pictures.append(np.asarray(grey.crop(box).resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)))
        text = file.stem.partition("-")[2].upper()
        labels.append([alphabet.index(c) + 1 for c in text] + [0] * (PLACES - len(text)))
    return 1 - np.array(pictures, dtype=np.float32)[:, None] / 255, np.array(labels)


def fresh(kinds: int) -> list[Any]:
    """Return weights, drawn with a fixed seed."""
    dice = np.random.default_rng(20)

    def drawn(*shape: int, fan: int) -> Any:
        return jnp.asarray(dice.normal(0, (2 / fan) ** 0.5, shape), dtype=jnp.float32)

    weights: list[Any] = []
    for before, after in pairwise(CHANNELS):
        weights += [drawn(after, before, 3, 3, fan=9 * before), jnp.zeros((1, after, 1, 1))]
    flat = CHANNELS[-1] * HEIGHT // 8 * WIDTH // 8
    weights += [drawn(flat, HIDDEN, fan=flat), jnp.zeros(HIDDEN)]
    return [*weights, drawn(HIDDEN, PLACES * kinds, fan=HIDDEN), jnp.zeros(PLACES * kinds)]


def scores(weights: list[Any], pictures: Any) -> Any:
    """Return the scores of each character at each place."""
    here = pictures
    for at in range(0, 6, 2):
        here = jax.lax.conv_general_dilated(here, weights[at], (1, 1), "SAME") + weights[at + 1]
        here = jax.lax.reduce_window(jax.nn.relu(here), -jnp.inf, jax.lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")
    here = jax.nn.relu(here.reshape(here.shape[0], -1) @ weights[6] + weights[7])
    return (here @ weights[8] + weights[9]).reshape(here.shape[0], PLACES, -1)


said = jax.jit(lambda weights, pictures: scores(weights, pictures).argmax(2))


def loss(weights: list[Any], pictures: Any, labels: Any) -> Any:
    """Return the cross-entropy."""
    chances = jax.nn.log_softmax(scores(weights, pictures))
    return -jnp.take_along_axis(chances, labels[:, :, None], axis=2).mean()


@jax.jit
def step(weights: Any, first: Any, second: Any, number: Any, pictures: Any, labels: Any) -> Any:
    """Take one step of Adam."""
    slope = jax.grad(loss)(weights, pictures, labels)
    first = [0.9 * m + 0.1 * g for m, g in zip(first, slope, strict=True)]
    second = [0.999 * v + 0.001 * g * g for v, g in zip(second, slope, strict=True)]
    weights = [
        w - RATE * (m / (1 - 0.9**number)) / (jnp.sqrt(v / (1 - 0.999**number)) + 1e-8)
        for w, m, v in zip(weights, first, second, strict=True)
    ]
    return weights, first, second


def main(training: str, test: str, alphabet: str, seconds: float, points: int) -> None:
    """Train for *seconds* of CPU; look at the test pictures *points* times, which costs nothing of that."""
    pictures, labels = loaded(training, alphabet)
    unseen, answers = loaded(test, alphabet)
    weights = fresh(len(alphabet) + 1)
    first, second = [0 * w for w in weights], [0 * w for w in weights]
    dice, seen, found = np.random.default_rng(20), 0, []
    said(weights, unseen)
    began = time.process_time()
    for number in range(1, 10**6):
        chosen = dice.integers(0, len(pictures), BATCH)
        weights, first, second = step(weights, first, second, float(number), pictures[chosen], labels[chosen])
        seen += BATCH
        if time.process_time() - began >= seconds * (len(found) + 1) / points:
            paused = time.process_time()
            found.append([seen, int((np.asarray(said(weights, unseen)) == answers).all(1).sum()), len(answers)])
            began += time.process_time() - paused
            if len(found) == points:
                break
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4]), int(sys.argv[5]))
