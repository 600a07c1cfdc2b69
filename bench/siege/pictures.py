"""What recognisers that anybody can install read of each generator's default pictures."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.harness import ROOT, NotMeasured
from bench.siege.figures import Share
from bench.siege.venvs import KEPT, outside, python_of

SITE = ROOT / "bench/references/forms/site.py"
EVERY_CHARACTER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
TESSERACT = ("tesseract", "--psm", "7")


@dataclass(frozen=True, slots=True)
class Generator:
    """One generator of pictures: how they come into a folder, and of which characters they are made."""

    name: str
    alphabet: str
    draw: Callable[[Path, int], float]  # returns the CPU seconds for each


@dataclass(frozen=True, slots=True)
class Reading:
    """What one solver made of a generator's pictures."""

    solver: str
    share: Share
    cpu_seconds: float


def _ours(folder: Path, count: int) -> float:
    from tribuna.humans.challenges import image

    image.draw(image.random_text())
    spent = 0.0
    for number in range(count):
        text = image.random_text()
        began = time.process_time()
        picture = image.draw(text)
        spent += time.process_time() - began
        (folder / f"{number:05}-{text}.png").write_bytes(picture)
    return spent / count


def _theirs(kind: str) -> Callable[[Path, int], float]:
    def draw(folder: Path, count: int) -> float:
        command = ["nice", python_of(kind), str(SITE), "draw", kind, str(folder), str(count)]
        return float(subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder).stdout)

    return draw


def generators() -> list[Generator]:
    """Return ours and those of the packages that draw."""
    from tribuna.humans.challenges.image import ALPHABET

    return [
        Generator("Tribuna", ALPHABET, _ours),
        Generator("captcha 0.7 (lepture)", EVERY_CHARACTER, _theirs("lepture")),
        Generator("django-simple-captcha 0.7", EVERY_CHARACTER[:26], _theirs("simple")),
    ]


def answer_of(file: str) -> str:
    """Return what the picture in *file* (``00012-ABCD.png``) says."""
    return file.partition("-")[2].removesuffix(".png").upper()


def right(texts: dict[str, str]) -> Share:
    """Return how many of *texts*, by file, are what the picture says."""
    return Share(sum(answer_of(file) == text.upper() for file, text in texts.items()), len(texts))


def readings(folder: Path, alphabet: str, ways: str = "") -> list[Reading]:
    """Return what each solver reads in *folder*, the best first; tesseract, the floor, is among them.

    *ways* names some preparations and cuts (``a|b``); all of them are tried without it.
    """
    said = json.loads(outside("readers", "readers.py", str(folder), alphabet, ways))
    found = [Reading(solver, right(each["texts"]), each["cpu_seconds"]) for solver, each in said.items()]
    if shutil.which(TESSERACT[0]):
        found.append(_by_tesseract(folder, alphabet))
    return sorted(found, key=lambda reading: reading.share.rate, reverse=True)


def _by_tesseract(folder: Path, alphabet: str) -> Reading:
    program, *options = TESSERACT
    began = time.monotonic()
    texts = {}
    for file in sorted(folder.glob("*.png")):
        command = ["nice", program, str(file), "-", *options, "-c", f"tessedit_char_whitelist={alphabet}"]
        ran = subprocess.run(command, capture_output=True, text=True, check=False, env={"OMP_THREAD_LIMIT": "1"})
        texts[file.name] = "".join(ran.stdout.split())
    return Reading("tesseract, as it is", right(texts), (time.monotonic() - began) / max(1, len(texts)))


@dataclass(frozen=True, slots=True)
class Gallery:
    """A generator's pictures, measured."""

    generator: Generator
    cpu_seconds: float
    bytes: int  # the mean size
    largest: int
    readings: list[Reading]

    @property
    def best(self) -> Reading:
        """What the strongest solver reads."""
        return self.readings[0]

    def best_of(self, word: str) -> Reading | None:
        """Return the best reading by a solver whose name begins with *word*."""
        return next((reading for reading in self.readings if reading.solver.startswith(word)), None)


def gallery(generator: Generator, count: int, ways: str = "") -> Gallery:
    """Draw *count* pictures with *generator* and let everyone read them. Raises NotMeasured."""
    with tempfile.TemporaryDirectory(prefix="siege-", dir=KEPT) as name:
        folder = Path(name)
        try:
            spent = generator.draw(folder, count)
        except subprocess.CalledProcessError as error:
            raise NotMeasured(f"{generator.name} does not draw: {error.stderr[-200:]}") from error
        sizes = [file.stat().st_size for file in folder.glob("*.png")]
        return Gallery(
            generator, spent, sum(sizes) // len(sizes), max(sizes), readings(folder, generator.alphabet, ways)
        )
