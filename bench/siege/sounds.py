"""S5: what is heard in the sounds, ours and `captcha`'s, by pocketsphinx and by cross-correlation; what ours cost."""

from __future__ import annotations

import json
import secrets
import subprocess
import tempfile
import time
import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.harness import NotMeasured
from bench.siege.figures import Share
from bench.siege.pictures import SITE
from bench.siege.venvs import KEPT, outside, python_of

LANGUAGES = ("en", "es", "fr", "pt")
EACH = 5  # sounds of each language, for their size
LEPTURE_DIGITS = 4  # as many characters as its README has


@dataclass(frozen=True, slots=True)
class Speaker:
    """What makes sounds: how many digits each has, and how they and a bank of single digits come into a folder."""

    name: str
    digits: int
    speak: Callable[[Path, int, int], None]  # folder, sounds, templates of each digit


def _ours(folder: Path, count: int, each: int) -> None:
    from tribuna.humans.challenges import sound

    for number in range(count):
        digits = f"{secrets.randbelow(10**sound.DIGITS):0{sound.DIGITS}}"
        (folder / f"{number:05}-{digits}.mp3").write_bytes(sound.speak(digits, "en"))
    bank = folder / "bank"
    bank.mkdir()
    accents = sound.accents("en")
    for number in range(each):
        words, rate = sound._spoken("0123456789", accents[number % len(accents)])
        for digit, samples in enumerate(words):
            with wave.open(str(bank / f"{digit}-{number:05}.wav"), "wb") as file:
                file.setparams((1, 2, rate, 0, "NONE", ""))
                file.writeframes(samples)


def _lepture(folder: Path, count: int, each: int) -> None:
    command = ["nice", python_of("lepture"), str(SITE), "speak", "lepture", str(folder), str(count), str(each)]
    subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)


def speakers() -> list[Speaker]:
    """Return ours and the one package that speaks as it is installed. django-simple-captcha needs a program, flite."""
    from tribuna.humans.challenges.sound import DIGITS

    return [Speaker("Tribuna", DIGITS, _ours), Speaker("captcha 0.7 (lepture)", LEPTURE_DIGITS, _lepture)]


def _right(texts: dict[str, str]) -> Share:
    return Share(sum(file.partition("-")[2].partition(".")[0] == text for file, text in texts.items()), len(texts))


def _heard(speaker: Speaker, count: int, templates: int) -> dict[str, Any]:
    """Return what each way of listening makes of *count* sounds: the share, and CPU seconds for each sound."""
    with tempfile.TemporaryDirectory(prefix="siege-", dir=KEPT) as name:
        folder = Path(name)
        try:
            speaker.speak(folder, count, templates)
        except subprocess.CalledProcessError as error:
            raise NotMeasured(f"{speaker.name} does not speak: {error.stderr[-200:]}") from error
        said = {
            "pocketsphinx": outside("speech", "hear.py", name, str(speaker.digits)),
            "correlation": outside("speech", "correlate.py", name, f"{name}/bank", str(speaker.digits)),
        }
        bank = len(list((folder / "bank").iterdir()))
    found: dict[str, Any] = {"digits": speaker.digits, "templates": bank}
    for way, printed in said.items():
        texts, seconds = json.loads(printed)
        share = _right(texts)
        found[way] = {"accepted": share.accepted, "attempted": share.attempted, "cpu_seconds": round(seconds, 3)}
    return found


def costs() -> dict[str, list[int]]:
    """Return milliseconds of CPU and the largest of a few sounds of ours, by language."""
    from tribuna.humans.challenges.sound import DIGITS, speak

    found = {}
    for language in LANGUAGES:
        began = time.process_time()
        sizes = [len(speak(f"{secrets.randbelow(10**DIGITS):0{DIGITS}}", language)) for _each in range(EACH)]
        found[language] = [round(1000 * (time.process_time() - began) / EACH), max(sizes)]
    return found


def heard(count: int, templates: int) -> dict[str, Any]:
    """Return what is heard in *count* English sounds of each speaker, with *templates* of each digit of ours."""
    KEPT.mkdir(parents=True, exist_ok=True)
    said: dict[str, Any] = {"costs": costs(), "speakers": {}}
    for speaker in speakers():
        try:
            said["speakers"][speaker.name] = _heard(speaker, count, templates)
        except (NotMeasured, OSError, ValueError) as error:
            said["speakers"][speaker.name] = {"not measured": str(error)[:200]}
        print(f"S5 {speaker.name}: {said['speakers'][speaker.name]}", flush=True)
    return said
