"""``python -m bench.siege.cheap``, in a newsroom: what handing out a challenge and saying no cost, without any page.

Prints one JSON object: puzzles a second of one CPU out of the pool, by kind; milliseconds of CPU to refuse each bad
token, proof and pass; what the pool holds at most, and by how much this process grew while it was emptied.
"""

from __future__ import annotations

import json
import os
import resource
import tempfile
import time
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

SCOPE, LANGUAGE = "comment:1", "en"
PUZZLES = {"image": 1_024, "sound": 0, "work": 512}
REPEATS = 200


def main() -> None:
    """Measure all of it."""
    import django
    from django.conf import settings

    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        settings.TRIBUNA_POOL_FOLDER, settings.TRIBUNA_POOL_PUZZLES = Path(folder), PUZZLES
        said = {"issued": _issued(), "refused": _refused()}
    print(json.dumps({**said, "pool_at_most": settings.TRIBUNA_POOL_MAXIMUM_BYTES}))


def _fill() -> None:
    from tribuna.humans.challenges.image import ImageChallenge
    from tribuna.humans.stores.pool import pool
    from tribuna.humans.witnesses.work import PBKDF2, prepare_work

    store, picture = pool(), ImageChallenge()
    with store.filling():
        made = picture.prepare(LANGUAGE)
        for _batch in range(PUZZLES["image"] // 32):  # in batches as the mint makes them; the content does not matter
            store.put("image", [{"answers": made.answers, "shown": made.shown}] * 32)
        work = prepare_work(0, algorithm=PBKDF2)
        for _batch in range(PUZZLES["work"] // 4):
            store.put("work:0", [work] * 4)


def _issued() -> dict[str, Any]:
    from tribuna.humans.actions import issue_challenge, issue_work

    _fill()
    issue_challenge(SCOPE, language=LANGUAGE)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rates = {
        "picture": _rate(lambda: issue_challenge(SCOPE, language=LANGUAGE), PUZZLES["image"] - 32),
        "work": _rate(lambda: issue_work(SCOPE), PUZZLES["work"] - 4),
    }
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {"a_second": rates, "grown_kib": grown}


def _rate(issue: Callable[[], object], count: int) -> int:
    began = time.process_time()
    for _each in range(count):
        issue()
    return round(count / (time.process_time() - began))


def _refused() -> dict[str, float]:
    """Return the milliseconds of CPU of each refusal that signature, expiry or shape decides."""
    from tribuna.humans.actions import issue_token, issue_work, open_token
    from tribuna.humans.witnesses.passes import PassWitness
    from tribuna.humans.witnesses.work import WorkWitness

    token, other = (issue_token(SCOPE, language=LANGUAGE) for _each in range(2))
    asked = issue_work(SCOPE)
    asked["parameters"]["cost"] = 1
    nested = "[" * 1_500
    forged = {"challenge": asked, "solution": {"counter": 1, "derivedKey": "00" * 32}}

    def opened(text: str) -> Callable[[], object]:
        return lambda: open_token(text, scope=SCOPE, language=LANGUAGE)

    def work(said: str) -> Callable[[], object]:
        sent = b64encode(said.encode()).decode()
        return lambda: WorkWitness().examine(sent, scope=SCOPE)

    ways = {
        "token: nonsense": opened("A" * 200),
        "token: cut short": opened(token[:-1]),
        "token: spliced": opened(token.rpartition(":")[0] + ":" + other.rpartition(":")[2]),
        "token: another page's": opened(issue_token("comment:2", language=LANGUAGE)),
        "token: 1 MB": opened("A" * 1_000_000),
        "work: changed": work(json.dumps(forged)),
        "work: nested": work(nested),
        "work: 1 MB": work("A" * 1_000_000),
        "pass: nonsense": lambda: PassWitness().examine("PrivateToken token=" + "A" * 400, scope=SCOPE),
        "pass: 1 MB": lambda: PassWitness().examine("A" * 1_000_000, scope=SCOPE),
    }
    return {name: round(1000 / _rate(way, REPEATS), 4) for name, way in ways.items()}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tribuna.site.settings")
    main()
