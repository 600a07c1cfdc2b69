"""What the siege says: JSON, prices, and the gates."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from bench.siege.attackers import Attack
from bench.siege.figures import (
    DESK_SECONDS_PER_HELD,
    Share,
    dollars_per_1000,
    seconds_per_success,
)
from bench.siege.people import Visit
from bench.siege.pictures import Gallery

FAMILIES = ("PP-OCR", "ddddocr beta", "ddddocr,", "tesseract")
LEAD = 100  # times as dear as the dearest of the others: the goal for A
PERSONS_KEPT_OUT_AT_MOST = 0.01
FILLERS_AT_MOST = 0.001
READ_AT_MOST = 0.35
REFUSED_MS = 1.0
SPAM = {"found": "spam as it was found", "linked": "well-written spam with a link"}  # as whole.py has it
ISSUED_A_SECOND = 2_000


def as_json(attack: Attack) -> dict[str, Any]:
    """Return what came of an attack."""
    share = attack.share
    return {
        "accepted": share.accepted,
        "attempted": share.attempted,
        "interval": [round(each, 4) for each in share.interval],
        "cpu_seconds_per_success": _finite(seconds_per_success(share, seconds_per_attempt=attack.cpu_seconds)),
        "dollars_per_1000": _finite(
            dollars_per_1000(share, seconds_per_attempt=attack.cpu_seconds, dollars_per_attempt=attack.dollars)
        ),
        "note": attack.note,
    }


def _finite(number: float) -> float | None:
    return float(f"{number:.3g}") if math.isfinite(number) else None


def visit_as_json(visit: Visit) -> dict[str, Any]:
    """Return what came of a person's visit."""
    return {
        "persona": visit.persona,
        "taken": visit.is_taken,
        "step": visit.step,
        "seconds": visit.seconds,
        "note": visit.note,
    }


def gallery_as_json(gallery: Gallery) -> dict[str, Any]:
    """Return what was read of a generator's pictures."""
    best = {family: gallery.best_of(family) for family in FAMILIES}
    return {
        "pictures": gallery.best.share.attempted,
        "cpu_ms": round(1000 * gallery.cpu_seconds, 1),
        "bytes": gallery.bytes,
        "largest": gallery.largest,
        "best": {
            family: {
                "solver": reading.solver,
                "accepted": reading.share.accepted,
                "attempted": reading.share.attempted,
                "cpu_ms": round(1000 * reading.cpu_seconds),
            }
            for family, reading in best.items()
            if reading
        },
        "all": {reading.solver: reading.share.accepted for reading in gallery.readings},
    }


def cheapest(system: dict[str, Any]) -> float:
    """Return A: the dollars per 1,000 accepted of the cheapest attacker that got through; infinity when none did."""
    prices = [
        each["dollars_per_1000"]
        for name, each in system.get("attacks", {}).items()
        if each.get("accepted")
        and each["dollars_per_1000"] is not None
        and not name.startswith("S8")  # a gate, unpriced
    ]
    return min(prices, default=math.inf)


def published(said: dict[str, Any], name: str, kind: str) -> Share | None:
    """Return how much spam of *kind* that passed the check of the system *name* was published; None: not measured."""
    done = said["whole"].get(name, {}).get(kind, {})
    return Share(done["accepted"], done["attempted"]) if "accepted" in done else None


def whole_prices(said: dict[str, Any], system: dict[str, Any], kind: str) -> dict[str, float]:
    """Return the dollars per 1,000 *published* pieces of spam of *kind*, by attacker.

    That is the price of passing the check, divided by the share of what then is published. Where nothing was
    published, the upper end of its interval is taken for the share: the price is at least that.
    """
    share = published(said, system["name"], kind)
    if share is None:
        return {}
    rate = share.rate if share.accepted else share.interval[1]
    return {
        name: each["dollars_per_1000"] / rate
        for name, each in system.get("attacks", {}).items()
        if each.get("accepted") and each["dollars_per_1000"] is not None and not name.startswith("S8")
    }


def whole_price(said: dict[str, Any], system: dict[str, Any], kind: str) -> float:
    """Return A of the whole system: that of the cheapest attacker; infinity when nobody passed the check."""
    return min(whole_prices(said, system, kind).values(), default=math.inf)


def dearest_of(said: dict[str, Any], systems: list[dict[str, Any]], kind: str) -> float:
    """Return what 1,000 published pieces cost at the dearest of *systems*; NaN where nothing is known."""
    prices = [whole_price(said, system, kind) for system in systems]
    return max((price for price in prices if math.isfinite(price)), default=math.nan)


def persons(system: dict[str, Any]) -> tuple[float, float, float]:
    """Return H (mean seconds), F (share kept out or held against their will) and D (desk seconds per 1,000)."""
    visits = system.get("people", [])
    if not visits:
        return math.nan, math.nan, math.nan
    held = sum(visit["step"] == "moderator" for visit in visits) / len(visits)
    kept_out = sum(not visit["taken"] for visit in visits) / len(visits)
    return sum(visit["seconds"] for visit in visits) / len(visits), kept_out, 1000 * held * DESK_SECONDS_PER_HELD


def gates(said: dict[str, Any]) -> list[dict[str, Any]]:
    """Return each gate with whether it holds; None where it was not measured."""
    mine = [system for system in said["systems"] if system["name"].startswith("Tribuna")]
    others = [system for system in said["systems"] if system not in mine and "attacks" in system]
    found = [each for system in mine for each in _gates_of(said, system, others)]
    picture = said["pictures"].get("Tribuna", {})
    if "best" in picture:
        shares = [Share(each["accepted"], each["attempted"]) for each in picture["best"].values()]
        best = max(shares, key=lambda share: share.rate)
        found.append(_gate("best untrained solver on our picture <= 35 %", best.rate <= READ_AT_MOST, str(best)))
    return found


def _gate(name: str, holds: bool | None, value: str) -> dict[str, Any]:
    return {"gate": name, "holds": holds, "value": value}


def _gates_of(said: dict[str, Any], system: dict[str, Any], others: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the gates of one setting of ours."""
    name = system["name"]
    if "not measured" in system:
        yield _gate(name, None, system["not measured"])
        return
    for attack, most in (("S2", 0.0), ("S8", 0.0), ("S0", FILLERS_AT_MOST), ("S1", FILLERS_AT_MOST)):
        done = next(value for key, value in system["attacks"].items() if key.startswith(attack))
        is_measured = "accepted" in done
        share = Share(done["accepted"], done["attempted"]) if is_measured else Share(0, 0)
        limit = f"{100 * most:g} %" if most else "0"
        yield _gate(f"{name}: {attack} accepted <= {limit}", share.rate <= most if is_measured else None, str(share))
    _human, kept_out, _desk = persons(system)
    yield _gate(f"{name}: people kept out <= 1 %", _held(kept_out, PERSONS_KEPT_OUT_AT_MOST), f"{100 * kept_out:.1f} %")
    for each in system["people"]:
        if each["persona"] == "second visit":
            free = each["taken"] and each["step"] == "none"
            yield _gate(f"{name}: second visit costs 0 seconds", free, f"step: {each['step']}")
    slowest, refused = max(system["cheap"]["refused"].items(), key=lambda each: each[1])
    yield _gate(f"{name}: refusing takes <= 1 ms of CPU", refused <= REFUSED_MS, f"{refused:.2f} ms ({slowest})")
    rate, least = min(system["cheap"]["issued"]["a_second"].values()), f"{ISSUED_A_SECOND:,}"
    yield _gate(f"{name}: challenges out of the pool >= {least} a second", rate >= ISSUED_A_SECOND, f"{rate:,}")
    yield from _prices(said, system, others)


def _prices(said: dict[str, Any], system: dict[str, Any], others: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for kind, words in SPAM.items():
        share, dearest = published(said, system["name"], kind), dearest_of(said, others, kind)
        if share is None or math.isnan(dearest):
            continue
        lead, least = whole_price(said, system, kind) / dearest, "" if share.accepted else "at least "
        name = f"{system['name']}: {words}, published >= {LEAD} times as dear as elsewhere"
        yield _gate(name, lead >= LEAD, f"{least}{lead:.3g} times; published {share}")


def _held(value: float, most: float) -> bool | None:
    return None if math.isnan(value) else value <= most
