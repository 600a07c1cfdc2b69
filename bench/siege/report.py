"""What the siege says: JSON, the gates, and the tables of the reference."""

from __future__ import annotations

import math
from typing import Any

from bench.siege.attackers import Attack
from bench.siege.figures import (
    DESK_SECONDS_PER_HELD,
    PERSON_SECONDS,
    Share,
    dollars,
    dollars_per_1000,
    seconds_per_success,
    table,
)
from bench.siege.people import Visit
from bench.siege.pictures import Gallery

FAMILIES = ("PP-OCR", "ddddocr beta", "ddddocr,", "tesseract")
LEAD = 100  # times as dear as the dearest of the others: the goal for A
PERSONS_KEPT_OUT_AT_MOST = 0.01
FILLERS_AT_MOST = 0.001
READ_AT_MOST = 0.35
REFUSED_MS = 1.0


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
    found: list[dict[str, Any]] = []

    def gate(name: str, holds: bool | None, value: str) -> None:
        found.append({"gate": name, "holds": holds, "value": value})

    mine = [system for system in said["systems"] if system["name"].startswith("Tribuna")]
    others = [cheapest(system) for system in said["systems"] if system not in mine and "attacks" in system]
    for system in mine:
        name = system["name"]
        if "not measured" in system:
            gate(name, None, system["not measured"])
            continue
        for attack, most in (("S2", 0.0), ("S8", 0.0), ("S0", FILLERS_AT_MOST), ("S1", FILLERS_AT_MOST)):
            done = next(value for key, value in system["attacks"].items() if key.startswith(attack))
            is_measured = "accepted" in done
            share = Share(done["accepted"], done["attempted"]) if is_measured else Share(0, 0)
            limit = f"{100 * most:g} %" if most else "0"
            holds = share.rate <= most if is_measured else None
            gate(f"{name}: {attack} accepted <= {limit}", holds, str(share))
        _human, kept_out, _desk = persons(system)
        gate(f"{name}: people kept out <= 1 %", _held(kept_out, PERSONS_KEPT_OUT_AT_MOST), f"{100 * kept_out:.1f} %")
        second = next((each for each in system["people"] if each["persona"] == "second visit"), None)
        if second:
            gate(f"{name}: second visit costs 0 seconds", second["taken"] and second["step"] == "none", second["step"])
        refused = system["costs"]["refused"]
        gate(f"{name}: refused request <= 1 ms of CPU", refused <= REFUSED_MS, f"{refused:.1f} ms")
        price = cheapest(system)
        if others:
            lead = price / max(others) if max(others) else math.nan
            gate(
                f"{name}: A >= {LEAD} times the best other",
                None if math.isnan(lead) else lead >= LEAD,
                f"{lead:.3g} times",
            )
    picture = said["pictures"].get("Tribuna", {})
    if "best" in picture:
        best = max(
            (Share(each["accepted"], each["attempted"]) for each in picture["best"].values()), key=lambda s: s.rate
        )
        gate("best untrained solver on our picture <= 35 %", best.rate <= READ_AT_MOST, str(best))
    return found


def _held(value: float, most: float) -> bool | None:
    return None if math.isnan(value) else value <= most


def as_markdown(said: dict[str, Any]) -> str:
    """Return all tables, the machine and the date."""
    facts = "; ".join(f"{name} {value}" for name, value in said["machine"].items())
    return "\n\n".join(
        [
            f"Measured at {said['at']} with `{said['command']}`. The machine: {facts}.",
            "### Gates",
            table(
                ["gate", "holds", "measured"],
                [[each["gate"], _word(each["holds"]), each["value"]] for each in said["gates"]],
            ),
            "### What recognisers read",
            _pictures(said["pictures"]),
            "### What speech recognition hears (S5)",
            _sounds(said["sounds"]),
            "### What one learns (S11)",
            _curves(said["trained"]),
            "### Accepted of attempted, by attacker",
            _attacks(said["systems"]),
            "### What it costs whom",
            _costs(said["systems"]),
            "### People",
            _people(said["systems"]),
        ]
    )


def _word(holds: bool | None) -> str:
    return {True: "yes", False: "**no**", None: "not measured"}[holds]


def _pictures(drawn: dict[str, Any]) -> str:
    rows = []
    for name, each in drawn.items():
        if "not measured" in each:
            rows.append([name, *["not measured"] * len(FAMILIES), each["not measured"], ""])
            continue
        cells = []
        for family in FAMILIES:
            best = each["best"].get(family)
            if best is None:
                cells.append("not installed")
                continue
            share = Share(best["accepted"], best["attempted"])
            cells.append(f"{100 * share.rate:.0f} % {share}, {best['solver'].partition(', ')[2]}, {best['cpu_ms']} ms")
        rows.append([name, *cells, f"{each['cpu_ms']} ms", f"{each['bytes']:,} (at most {each['largest']:,})"])
    head = ["generator", "PP-OCRv6 (rapidocr)", "ddddocr beta", "ddddocr", "tesseract", "CPU to draw", "bytes"]
    return table(head, rows)


def _sounds(heard: dict[str, Any]) -> str:
    if "heard" not in heard:
        return heard.get("not measured", "not measured")
    costs = "; ".join(f"{language}: {ms} ms, at most {size:,} bytes" for language, (ms, size) in heard["costs"].items())
    return (
        f"pocketsphinx, told that five English digits follow, heard {heard['heard']} of our sounds rightly, for "
        f"{heard['cpu_seconds']} s of CPU each. To make one: {costs}."
    )


def _curves(curves: dict[str, Any]) -> str:
    sizes = sorted({int(size) for each in curves.values() for size in each.get("curve", {})})
    head = ["generator", *(f"after {size:,} s of CPU" for size in sizes), "remarks"]
    rows = [
        [name, *(each.get("curve", {}).get(str(size), "–") for size in sizes), each.get("note", "")]
        for name, each in curves.items()
    ]
    return table(head, rows)


def _attacks(measured: list[dict[str, Any]]) -> str:
    names = list(dict.fromkeys(name for system in measured for name in system.get("attacks", {})))
    rows = []
    for system in measured:
        if "not measured" in system:
            rows.append([system["name"], *["not measured"] * len(names), system["not measured"]])
            continue
        cells, notes = [], []
        for name in names:
            done = system["attacks"][name]
            if "not measured" in done:
                cells.append("–")
                notes.append(f"{name[:3].strip()}: {done['not measured']}")
                continue
            cells.append(str(Share(done["accepted"], done["attempted"])))
            if done["note"]:
                notes.append(f"{name[:3].strip()}: {done['note']}")
        rows.append([system["name"], *cells, "; ".join(notes)])
    return table(["system", *names, "remarks"], rows)


def _costs(measured: list[dict[str, Any]]) -> str:
    head = ["system", "A: $ per 1,000 in, cheapest attacker", "CPU-s per success, S3 / S4", "H: seconds a person",
            "leverage A/H", "F", "D: desk s per 1,000", "challenge, ms", "wrong answer, ms", "refused, ms",
            "bogus proof, ms", "sound, ms", "bytes kept"]  # fmt: skip
    rows = []
    for system in measured:
        if "not measured" in system:
            rows.append([system["name"], *["not measured"] * (len(head) - 1)])
            continue
        price, costs = cheapest(system), system["costs"]
        human, kept_out, desk = persons(system)
        if math.isnan(human):  # nobody was sent there: what the step is said to take
            human = 0.0 if "ALTCHA" in system["name"] else PERSON_SECONDS["picture"]
        spent = [
            system["attacks"].get(name, {}).get("cpu_seconds_per_success")
            for name in ("S3 native solver", "S4 recogniser")
        ]
        rows.append([
            system["name"], dollars(price), " / ".join("–" if each is None else f"{each:.3g}" for each in spent),
            f"{human:.1f}", f"{price / human:.3g}" if human and math.isfinite(price) else "–",
            _percent(kept_out), "–" if math.isnan(desk) else f"{desk:.0f}",
            *(f"{costs[name]:.1f}" for name in ("challenge", "verification", "refused")),
            *("–" if costs[name] is None else f"{costs[name]:.1f}" for name in ("bogus", "sound")),
            f"{costs['stored']:.0f}",
        ])  # fmt: skip
    return table(head, rows)


def _percent(share: float) -> str:
    return "–" if math.isnan(share) else f"{100 * share:.1f} %"


def _people(measured: list[dict[str, Any]]) -> str:
    rows = [
        [
            system["name"],
            each["persona"],
            "yes" if each["taken"] else "**no**",
            each["step"],
            f"{each['seconds']:g}",
            each["note"],
        ]
        for system in measured
        for each in system.get("people", [])
    ]
    return table(["system", "person", "taken", "step", "seconds", "remarks"], rows)
