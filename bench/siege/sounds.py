"""S5: what pocketsphinx hears in our English sounds, and what they cost."""

from __future__ import annotations

import json
import secrets
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.siege.figures import Share
from bench.siege.venvs import KEPT, outside

LANGUAGES = ("en", "es", "fr", "pt")
EACH = 5  # sounds of each language, for their size


def heard(count: int) -> dict[str, Any]:
    """Return how many of *count* English sounds are heard rightly, and milliseconds and bytes by language."""
    from tribuna.humans.challenges.sound import DIGITS, speak

    costs: dict[str, Any] = {}
    for language in LANGUAGES:
        began = time.process_time()
        sizes = [len(speak(f"{secrets.randbelow(10**DIGITS):0{DIGITS}}", language)) for _each in range(EACH)]
        costs[language] = [round(1000 * (time.process_time() - began) / EACH), max(sizes)]
    with tempfile.TemporaryDirectory(prefix="siege-", dir=KEPT) as folder:
        for number in range(count):
            digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
            (Path(folder) / f"{number:05}-{digits}.mp3").write_bytes(speak(digits, "en"))
        texts, seconds = json.loads(outside("speech", "hear.py", folder))
    right = sum(file.partition("-")[2].removesuffix(".mp3") == text for file, text in texts.items())
    return {"heard": str(Share(right, len(texts))), "cpu_seconds": round(seconds, 3), "costs": costs}
