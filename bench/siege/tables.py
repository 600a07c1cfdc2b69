"""What the siege says, in the tables of the reference."""

from __future__ import annotations

import math
from typing import Any

from bench.siege.figures import CPU_DOLLARS_PER_HOUR, PERSON_SECONDS, Share, dollars, table
from bench.siege.report import FAMILIES, SPAM, cheapest, dearest_of, persons, published, whole_prices

SILENT = {
    "django-simple-captcha 0.7": "no sound as installed: it needs the program flite",
    "ALTCHA 2.3.0, protocol v2, plain": "no sound",
}


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
            "### What is heard in the sounds (S5)",
            _sounds(said["sounds"]),
            "### What one learns (S11)",
            _curves(said["trained"]),
            "### Accepted of attempted, by attacker",
            _attacks(said["systems"]),
            "### What a thousand published pieces of spam cost",
            _whole(said),
            "### What it costs whom",
            _costs(said["systems"]),
            "### What a challenge and a refusal cost by themselves",
            _cheap(said["systems"]),
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
    rows = []
    for name, each in heard.get("speakers", {}).items():
        if "not measured" in each:
            rows.append([name, "", "not measured", "not measured", each["not measured"]])
            continue
        cells = []
        for way in ("pocketsphinx", "correlation"):
            share = Share(each[way]["accepted"], each[way]["attempted"])
            cells.append(f"{100 * share.rate:.0f} % {share}, {1000 * each[way]['cpu_seconds']:.0f} ms")
        rows.append([name, str(each["digits"]), *cells, f"{each['templates']} templates"])
    rows += [[name, "–", "–", "–", why] for name, why in SILENT.items()]
    costs = "; ".join(
        f"{language}: {ms} ms, at most {size:,} bytes" for language, (ms, size) in heard.get("costs", {}).items()
    )
    head = ["sounds", "digits", "pocketsphinx", "cross-correlation", "remarks"]
    return f"{table(head, rows)}\n\nTo make one of ours takes {costs or 'what was not measured'}."


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


def _whole(said: dict[str, Any]) -> str:
    names = ["S2 replay", "S3 native solver", "S4 recogniser", "S6 headless browser", "S7 paid human"]
    others = [each for each in said["systems"] if not each["name"].startswith("Tribuna")]
    rows = []
    for kind, words in SPAM.items():
        dearest = dearest_of(said, others, kind)
        for system in said["systems"]:
            share, prices = published(said, system["name"], kind), whole_prices(said, system, kind)
            if share is None or not prices:
                rows.append(
                    [words, system["name"], "not measured" if share is None else str(share), *["–"] * (len(names) + 2)]
                )
                continue
            least = "" if share.accepted else ">= "
            cells = [f"{least}{dollars(prices[name])}" if name in prices else "–" for name in names]
            least_price, by = min((price, name) for name, price in prices.items())
            spent = "–" if by.startswith("S7") else f"{least}{least_price / CPU_DOLLARS_PER_HOUR * 3600:.3g} s"
            lead = "–" if math.isnan(dearest) else f"{least}{least_price / dearest:.3g}"
            rows.append([words, system["name"], str(share), *cells, spent, lead])
    last = ["the cheapest's CPU-seconds", "cheapest, times the dearest of the others'"]
    return table(["spam", "system", "published of what passed the check", *names, *last], rows)


def _cheap(measured: list[dict[str, Any]]) -> str:
    rows = []
    for system in measured:
        if "cheap" not in system:
            continue
        cheap, flood = system["cheap"], system["flood"]
        issued, refused = cheap["issued"]["a_second"], cheap["refused"]
        slowest = max(refused, key=refused.__getitem__)
        rows.append([
            system["name"], f"{issued['picture']:,} / {issued['work']:,}", f"{cheap['issued']['grown_kib']:,}",
            f"{refused[slowest]:.3f} ms ({slowest})", f"{flood['challenges_a_second']:,} to {flood['clients']} clients",
            " / ".join(f"{each:g}" for each in flood["calm_ms"]), " / ".join(f"{each:g}" for each in flood["flood_ms"]),
            f"{flood['pool_bytes'] / 1024**2:.1f} of at most {cheap['pool_at_most'] / 1024**2:.0f}",
        ])  # fmt: skip
    head = ["system", "pictures / proofs of work a second of one CPU, out of the pool", "KiB grown meanwhile",
            "slowest refusal", "challenges with their pages a second, in a flood",
            "an article, ms (median / 95 %), in peace", "the same in the flood", "pool, MiB"]  # fmt: skip
    return table(head, rows)


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
