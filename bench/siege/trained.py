"""S11: a small network learns each generator, all for the same CPU budget; what it reads then is the learning curve."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from bench.harness import NotMeasured
from bench.siege.figures import Share
from bench.siege.pictures import generators
from bench.siege.venvs import KEPT, outside

PICTURES = {False: 20_000, True: 1_000}  # labelled ones; drawing them is not in the budget
TEST = 100
SECONDS = {False: 300, True: 16}  # of CPU, for learning
POINTS = 4


def curves(*, quick: bool) -> dict[str, Any]:
    """Return each generator's learning curve: CPU seconds -> how many of the test pictures were read wholly."""
    found: dict[str, Any] = {}
    for generator in generators():
        try:
            found[generator.name] = _curve(generator, quick)
        except (NotMeasured, OSError, ValueError, subprocess.SubprocessError) as error:
            found[generator.name] = {"note": f"not measured: {str(error)[:200]}"}
        print(f"S11 {generator.name}: {found[generator.name]}", flush=True)
    return found


def _curve(generator: Any, quick: bool) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="siege-", dir=KEPT) as name:
        training, test = Path(name) / "training", Path(name) / "test"
        training.mkdir()
        test.mkdir()
        generator.draw(training, PICTURES[quick])
        generator.draw(test, TEST)
        points = json.loads(
            outside(
                "trainer", "train.py", str(training), str(test), generator.alphabet, str(SECONDS[quick]), str(POINTS)
            )
        )
    curve = {
        str(SECONDS[quick] * (at + 1) // POINTS): f"{100 * right / count:.0f} % ({Share(right, count)})"
        for at, (_seen, right, count) in enumerate(points)
    }
    note = f"{PICTURES[quick]:,} labelled pictures, looked at {points[-1][0]:,} times in all"
    return {"curve": curve, "points": points, "note": note}
