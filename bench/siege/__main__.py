"""Attack our form and three others, let people in, and say what came of it. docs/reference/siege.md explains each row."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

from bench import harness, machine
from bench.harness import ROOT, NotMeasured
from bench.processes import StartFailed, in_own_session
from bench.siege import attackers, costs, people, pictures, report, systems, trained
from bench.siege.attackers import Attack
from bench.siege.systems import Target

DOCUMENT = ROOT / "docs/reference/siege.md"
SEED = 20
FAILURES = (NotMeasured, StartFailed, OSError, ValueError, KeyError)
PICTURES = {False: 300, True: 40}
COUNTS = {False: 1_000, True: 60}  # of S0, S1, S2 in a row, S10
FEWER = {False: 60, True: 20}


def _attacks(quick: bool, galleries: dict[str, pictures.Gallery]) -> dict[str, Callable[[Target], Attack]]:
    many, few = COUNTS[quick], FEWER[quick]

    def read(target: Target) -> Attack:
        gallery = galleries.get(target.kind)
        if gallery is None:
            raise NotMeasured("shows no picture")
        solver = next(each.solver for each in gallery.readings if not each.solver.startswith("tesseract"))
        return attackers.recogniser(target, few, SEED, generator=gallery.generator, solver=solver)

    return {
        "S0 blind": lambda target: attackers.blind(target, many, SEED),
        "S1 form filler": lambda target: attackers.filler(target, many, SEED),
        "S2 replay": lambda target: attackers.replay(target, many, SEED, restart=target.restart),
        "S3 native solver": lambda target: attackers.native(target, few, SEED),
        "S4 recogniser": read,
        "S7 paid human": lambda target: attackers.paid(target, few, SEED),
        "S8 forger": lambda target: attackers.forger(target, 500, SEED),
        "S10 many networks": lambda target: attackers.crowd(target, many, SEED),
    }


def _attacked(target: Target, attacks: dict[str, Callable[[Target], Attack]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, attack in attacks.items():
        try:
            done = attack(target)
        except FAILURES as error:
            found[name] = {"not measured": str(error)[:200] or type(error).__name__}
        else:
            found[name] = report.as_json(done)
        print(f"{target.name}: {name}: {found[name]}", flush=True)
    return found


def _system(opened: AbstractContextManager[Target], name: str, options: Any, galleries: Any) -> dict[str, Any]:
    try:
        with opened as target:
            found = {"attacks": _attacked(target, _attacks(options.quick, galleries))}
            paid = costs.measured(target, FEWER[options.quick])
            found["costs"] = {key: getattr(paid, key) for key in paid.__dataclass_fields__}
            if target.kind == "ours":
                found["people"] = [report.visit_as_json(visit) for visit in people.visits(target)]
    except FAILURES as error:
        return {"name": name, "not measured": str(error)[:300]}
    return {"name": name, **found}


def _galleries(quick: bool) -> tuple[dict[str, pictures.Gallery], dict[str, Any]]:
    measured, said = {}, {}
    for kind, generator in zip(("ours", "lepture", "simple"), pictures.generators(), strict=True):
        try:
            measured[kind] = pictures.gallery(generator, PICTURES[quick])
            said[generator.name] = report.gallery_as_json(measured[kind])
        except FAILURES as error:
            said[generator.name] = {"not measured": str(error)[:200]}
        print(f"{generator.name}: {said[generator.name]}", flush=True)
    return measured, said


def main(words: Sequence[str] | None = None) -> int:
    """Besiege everything; return 0 when every gate holds for every setting of ours that there is."""
    options = harness.arguments(__doc__ or "").parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tribuna.site.settings")
    galleries, drawn = _galleries(options.quick)
    said: dict[str, Any] = {
        "benchmark": "siege",
        "at": datetime.now(tz=UTC).isoformat(timespec="seconds"),
        "command": f"./dev bench siege{' --quick' if options.quick else ''}",
        "machine": machine.describe(),
        "pictures": drawn,
        "trained": trained.curves(quick=options.quick),
        "systems": [
            *(_system(systems.ours(each), f"Tribuna, {each}", options, galleries) for each in systems.OURS),
            *(_system(systems.other(kind), name, options, galleries) for kind, name in systems.OTHERS.items()),
        ],
    }
    said["gates"] = report.gates(said)
    text = report.as_markdown(said)
    print(text)
    if options.json:
        options.json.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if options.docs:
        document = DOCUMENT.read_text(encoding="utf-8")
        DOCUMENT.write_text(harness.write_section(document, name="siege", text=text), encoding="utf-8")
    return 0 if all(gate["holds"] is not False for gate in said["gates"]) else 1


if __name__ == "__main__":
    sys.exit(in_own_session(main))
