"""S9: whoever reads while others ask for challenges as fast as they can, and what the pool of them holds meanwhile."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

from bench.siege.client import Client
from bench.siege.systems import Target

CLIENTS = 4
POOL = "humans/pool"


def _read(client: Client, path: str, until: float) -> list[float]:
    """Read *path* again and again until then; return how many milliseconds each time took."""
    taken = []
    while time.monotonic() < until:
        began = time.perf_counter()
        client.get(path)
        taken.append(1000 * (time.perf_counter() - began))
        time.sleep(0.02)
    return sorted(taken)


def _pool_bytes(folder: Path) -> int:
    total = 0
    for file in (folder / POOL).glob("*/*"):
        try:
            total += file.stat().st_size
        except FileNotFoundError:  # claimed meanwhile
            continue
    return total


def flooded(target: Target, seconds: float) -> dict[str, Any]:
    """Read an article for *seconds* in peace and for as long under a flood; return the times and the pool's size."""
    assert target.newsroom is not None
    folder, path = target.newsroom.folder, target.newsroom.size.paths()[0]
    reader = Client(target.address, 1)
    _read(reader, path, time.monotonic() + 1)
    calm = _read(reader, path, time.monotonic() + seconds)
    until, asked, largest = time.monotonic() + seconds, [0] * CLIENTS, [0]

    def ask(number: int) -> None:
        client = Client(target.address, 100 + number)
        while time.monotonic() < until:
            client.get(target.path)
            asked[number] += 1
            largest[0] = max(largest[0], _pool_bytes(folder))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    pressed = _read(reader, path, until)
    for thread in threads:
        thread.join()
    return {
        "clients": CLIENTS,
        "challenges_a_second": round(sum(asked) / seconds),
        "calm_ms": _quantiles(calm),
        "flood_ms": _quantiles(pressed),
        "pool_bytes": largest[0],
    }


def _quantiles(taken: list[float]) -> list[float]:
    return [round(taken[min(len(taken) - 1, int(len(taken) * share))], 1) for share in (0.5, 0.95)]
